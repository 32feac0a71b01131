"""Firms with trust accounts and client ledgers, and receipts into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from chancery.ledger import accounts, posting
from chancery.ledger.accounts import AccountKind
from chancery.ledger.models import Account
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.tenancy.scope import firm_scope
from world import another

AT = datetime(2026, 3, 1, tzinfo=UTC)
FIRST_DAY = date(2025, 3, 1)
DAYS = 250


@dataclass(frozen=True)
class Pool:
    """One trust account and the ledgers whose money lies in it."""

    firm_id: UUID
    bank: UUID
    ledgers: tuple[UUID, ...]

    def draft(self, ledger: UUID, on: date = FIRST_DAY, minor: int = 100) -> Draft:
        """Return a receipt to be."""
        lines = (Line(self.bank, "D", minor), Line(ledger, "C", minor))
        return Draft("receipt", on, "From Ann", str(ids.new()), lines)


def day(number: int) -> date:
    """Return a day of the year that receipts are spread over."""
    return FIRST_DAY + timedelta(days=number)


def found(name: str) -> UUID:
    """Found a firm and return its id."""
    return another(name).firm_id


def open_pool(firm_id: UUID, ledgers: int) -> Pool:
    """Open a trust account with so many client ledgers."""
    with firm_scope(firm_id):
        bank = accounts.open_pool(bank_id=ids.new(), firm_id=firm_id, currency="AUD", at=AT)
        opened = Account.objects.bulk_create(
            Account(
                firm_id=firm_id,
                kind=AccountKind.CLIENT,
                side="C",
                floored=True,
                currency="AUD",
                pool_id=bank.id,
                opened_at=AT,
            )
            for _ in range(ledgers)
        )
    return Pool(firm_id, bank.id, tuple(account.id for account in opened))


def receipts(pool: Pool, count: int) -> list[Draft]:
    """Return receipts to be, over all ledgers and the days of a year."""
    chance = Random(count)  # noqa: S311 - amounts, not secrets
    return [
        pool.draft(
            pool.ledgers[number % len(pool.ledgers)],
            FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
            chance.randint(1, 100_000),
        )
        for number in range(count)
    ]


def post(pool: Pool, drafts: Sequence[Draft]) -> None:
    """Post in one call and one transaction of the firm, as a deed does."""
    with firm_scope(pool.firm_id):
        posting.post(drafts, by=pool.firm_id, at=AT)


def post_within(pool: Pool) -> None:
    """Post one receipt of the last day in the transaction that is open."""
    posting.post([pool.draft(pool.ledgers[0], day(DAYS))], by=pool.firm_id, at=AT)
