"""Open the accounts of the ledger, close them, and open them again. Accounts are never deleted."""

from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from chancery.ledger import faults
from chancery.ledger.models import DEBIT_KINDS, Account, Balance, Closing
from chancery.ledger.models import AccountKind as AccountKind
from chancery.lib import ids


def open_pool(*, bank_id: UUID, firm_id: UUID, currency: str, at: datetime) -> Account:
    """Open the account that stands for a bank account; it is the pool of the ledgers in it."""
    return Account.objects.create(
        id=bank_id,
        firm_id=firm_id,
        kind=AccountKind.TRUST_BANK,
        side="D",
        floored=False,
        currency=currency,
        pool_id=bank_id,
        opened_at=at,
    )


def ensure_pool(*, bank_id: UUID, firm_id: UUID, currency: str, at: datetime) -> None:
    """Open a bank account's pool unless it is open; the caller keeps others from doing the same."""
    if not Account.objects.filter(pk=bank_id).exists():
        open_pool(bank_id=bank_id, firm_id=firm_id, currency=currency, at=at)


def open_in(
    *, pool_id: UUID, kind: AccountKind, at: datetime, account_id: UUID | None = None
) -> UUID:
    """Open a ledger in a pool; return its id, which is the one asked for if one was."""
    assert kind != AccountKind.TRUST_BANK, "a bank account opens a pool of its own"
    pool = Account.objects.get(pk=pool_id)
    account = Account.objects.create(
        id=account_id or ids.new(),
        firm_id=pool.firm_id,
        kind=kind,
        side="D" if kind in DEBIT_KINDS else "C",
        floored=True,
        currency=pool.currency,
        pool_id=pool_id,
        opened_at=at,
    )
    return account.id


def close(*, account_id: UUID, reason: str, by: UUID, at: datetime) -> None:
    """Let an account take nothing more.

    Refuses: LedgerHoldsMoney, StandsSoAlready.
    """
    _turn(account_id, is_closed=True, reason=reason, by=by, at=at)


def reopen(*, account_id: UUID, reason: str, by: UUID, at: datetime) -> None:
    """Let a closed account take entries again.

    Refuses: StandsSoAlready.
    """
    _turn(account_id, is_closed=False, reason=reason, by=by, at=at)


def holding() -> QuerySet[Balance, UUID]:
    """Return the ids of the accounts that hold money now, to narrow a list by."""
    return Balance.objects.filter(held_minor__gt=0).values_list("account_id", flat=True)


def closed() -> QuerySet[Balance, UUID]:
    """Return the ids of the accounts that are closed, to narrow a list by."""
    return Balance.objects.filter(is_closed=True).values_list("account_id", flat=True)


def idle(since: date) -> QuerySet[Balance, UUID]:
    """Return the ids of the accounts that hold money and last moved on a day or earlier."""
    return holding().filter(last_moved_on__lte=since)


def last_movement(account: str) -> Subquery:
    """Return the day of the last movement, to sort a list by; ``account`` names the column with the id."""
    moved = Balance.objects.filter(account_id=OuterRef(account))
    return Subquery(moved.values("last_moved_on")[:1])


def _turn(account_id: UUID, *, is_closed: bool, reason: str, by: UUID, at: datetime) -> None:
    account = Account.objects.get(pk=account_id)
    try:
        with transaction.atomic():
            Closing.objects.create(
                firm_id=account.firm_id,
                account_id=account_id,
                turn=0,  # the database gives the turn
                is_closed=is_closed,
                reason=reason,
                actor_id=by,
                recorded_at=at,
            )
    except DatabaseError as error:
        if refusal := faults.refusal_of(error):
            raise refusal from error
        raise
