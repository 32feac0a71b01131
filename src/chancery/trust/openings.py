"""Finish the opening balances of a trust account once they agree to the cent, and undo them as a whole.

Each ledger gets one journal of the kind "opening", dated the opening's day: the bank's account holds what
the ledgers hold, which is the statement and what was outstanding. The outstanding items are kept for the
first reconciliation. The firm's own money is entered as it was found, also where the place lets none stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import periods, pools
from chancery.ledger.accounts import AccountKind
from chancery.ledger.faults import KeyNamesAnother, PeriodLocked
from chancery.ledger.posting import Draft, Line
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import (
    client_ledgers,
    jurisdiction,
    many_ledgers,
    opening_drafts,
    opening_parts,
    units,
)
from chancery.trust.models import (
    MovementKind,
    Opening,
    OpeningItem,
    OpeningLedger,
    OpeningState,
    TrustBankAccount,
)
from chancery.trust.opening_drafts import KIND, OpeningIsFinished
from chancery.trust.rules.openings import OpeningDoesNotAgree
from chancery.trust.units import Entry, Unit


@dataclass(eq=False)
class AccountHasMoved(Refusal):
    """Something stands on the account; opening balances come before everything else."""

    code: ClassVar[str] = "trust.account_has_moved"

    account: str

    def __str__(self) -> str:
        return (
            f"Entries stand on “{self.account}” already, and opening balances come before all others."
            " Undo the import that made them, or enter what is missing as single entries."
        )


@dataclass(eq=False)
class NothingOpens(Refusal):
    """No ledger holds anything, so there is nothing to post."""

    code: ClassVar[str] = "trust.nothing_opens"

    def __str__(self) -> str:
        return "No ledger holds anything yet. Enter at least one, or leave the account without an opening."


def finish(
    *, account: TrustBankAccount, by: Person, at: datetime, today: date, key: str
) -> Opening:
    """Post the opening of an account in one call; its missing ledgers are opened.

    The same key returns the opening that it finished. Refuses: NotAllowed, NoOpening, OpeningIsFinished,
    OpeningDoesNotAgree, NothingOpens, AccountClosed, AccountHasMoved, PeriodLocked, LedgerClosed, and why
    a matter may hold no money.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    client_ledgers.require_open(account)
    jurisdiction.lock_firm(by.firm_id)
    if there := Opening.objects.filter(key=key).first():
        return _same(there, account)
    opening = opening_drafts.draft(account, by=by)
    opening_drafts.proof_of(opening).require()
    entries = _entries(opening, by=by, at=at)
    if not entries:
        raise NothingOpens
    pools.hold(account.id)
    if pools.others(account.id, unit=_unit(opening)):
        raise AccountHasMoved(account.name)
    units.post(account, MovementKind.OPENING, entries, by=by, at=at, today=today)
    opening.state, opening.key = OpeningState.FINISHED, key
    opening.finished_by, opening.finished_at = by, at
    opening.save(update_fields=["state", "key", "finished_by", "finished_at"])
    _record(opening, "Finished", by, at, _told(opening, entries))
    return opening


def hindrances(opening: Opening) -> list[Refusal]:
    """Return everything for which finishing an opening would be refused now; nothing is changed."""
    if opening.state != OpeningState.DRAFT:
        return [OpeningIsFinished(opening.on)]
    account, proof = opening.account, opening_drafts.proof_of(opening)
    numbers = {line.matter.number for line in opening_parts.ledgers_of(opening)}
    known = many_ledgers.known(account, numbers)
    locked = periods.locked_through(account.id)
    refused: list[tuple[bool, Refusal]] = [
        (account.status != "open", client_ledgers.AccountClosed(account.name)),
        (not proof.agrees, OpeningDoesNotAgree(proof.book, proof.owed)),
        (not proof.owed.minor, NothingOpens()),
        (bool(pools.others(account.id, unit=_unit(opening))), AccountHasMoved(account.name)),
    ]
    if locked and opening.on <= locked:
        refused.append((True, PeriodLocked(locked)))
    matters = many_ledgers.why_not(account, known, of_the_past=False)
    return [*(why for stands, why in refused if stands), *matters.values()]


def undo(*, account: TrustBankAccount, reason: str, by: Person, at: datetime) -> Opening:
    """Take the whole opening back by linked reversals, while nothing else stands on the account.

    Ledgers that it opened stay, empty. Refuses: NotAllowed, DetailsNotRight, NoOpening, OthersArePosted,
    PeriodLocked.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    held = Opening.objects.select_for_update(no_key=True, of=("self",)).select_related("account")
    opening = held.filter(account=account, state=OpeningState.FINISHED).first()
    if opening is None:
        raise opening_drafts.NoOpening
    journals = [*opening.ledgers.values_list("id", flat=True)]
    if opening.own_minor:
        journals.append(opening.id)
    unit = Unit(_unit(opening))
    kept = units.undo(account, journals, unit=unit, reason=reason, by=by, at=at)
    opening.state, opening.undone_reason = OpeningState.UNDONE, kept
    opening.undone_by, opening.undone_at = by, at
    opening.save(update_fields=["state", "undone_reason", "undone_by", "undone_at"])
    _record(opening, "Undone", by, at, {"Why": ("", kept)})
    return opening


def begin_again(*, account: TrustBankAccount, by: Person, at: datetime) -> Opening:
    """Begin a new draft from the opening that was undone last, so that only what was wrong is changed.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    jurisdiction.lock_firm(by.firm_id)
    if there := opening_drafts.standing(account):
        raise OpeningIsFinished(there.on)
    old = next(iter(opening_drafts.undone(account)), None)
    if old is None:
        raise opening_drafts.NoOpening
    new = Opening.objects.create(
        firm_id=old.firm_id,
        account=account,
        on=old.on,
        bank_minor=old.bank_minor,
        own_minor=old.own_minor,
        started_by=by,
        started_at=at,
    )
    _copy_parts(old, new)
    _record(new, "Began again from what was undone", by, at, {})
    return new


def outstanding(account: TrustBankAccount) -> list[OpeningItem]:
    """Return what was outstanding when the account opened, for its first reconciliation."""
    opening = opening_drafts.standing(account)
    if opening is None or opening.state != OpeningState.FINISHED:
        return []
    return opening_parts.items_of(opening)


def _same(there: Opening, account: TrustBankAccount) -> Opening:
    if there.account_id != account.id:
        raise KeyNamesAnother(there.key)
    return there


def _unit(opening: Opening) -> str:
    return f"opening:{opening.id}"


def _entries(opening: Opening, *, by: Person, at: datetime) -> list[Entry]:
    lines = opening_parts.ledgers_of(opening)
    known = many_ledgers.known(opening.account, {line.matter.number for line in lines})
    for refusal in many_ledgers.why_not(opening.account, known, of_the_past=False).values():
        raise refusal
    client_ledgers.ensure_pool(opening.account, at=at)
    missing = [line.matter for line in lines if line.matter_id not in known.ledgers]
    opened = many_ledgers.open_all(account=opening.account, matters=missing, by=by, at=at)
    ledgers = {**known.ledgers, **opened}
    entries = [_of_ledger(opening, line, ledgers[line.matter_id].id) for line in lines]
    if opening.own_minor:
        own = client_ledgers.of_account(
            account=opening.account, kind=AccountKind.OWN_FUNDS, by=by, at=at
        )
        entries.append(_entry(opening, opening.id, own.id, opening.own_minor))
    return entries


def _of_ledger(opening: Opening, line: OpeningLedger, ledger_id: UUID) -> Entry:
    return _entry(opening, line.id, ledger_id, line.amount_minor)


def _entry(opening: Opening, journal_id: UUID, ledger_id: UUID, minor: int) -> Entry:
    draft = Draft(
        kind=MovementKind.OPENING,
        on=opening.on,
        narrative=f"Opening balance as at {opening.on:%-d %b %Y}",
        key=f"{_unit(opening)}:{journal_id}",
        lines=(Line(opening.account_id, "D", minor), Line(ledger_id, "C", minor)),
        id=journal_id,
    )
    return Entry(draft, ledger_id, minor)


def _copy_parts(old: Opening, new: Opening) -> None:
    OpeningLedger.objects.bulk_create(
        OpeningLedger(
            firm_id=new.firm_id,
            opening=new,
            matter_id=line.matter_id,
            amount_minor=line.amount_minor,
            last_moved_on=line.last_moved_on,
        )
        for line in old.ledgers.all()
    )
    OpeningItem.objects.bulk_create(
        OpeningItem(
            firm_id=new.firm_id,
            opening=new,
            kind=item.kind,
            on=item.on,
            number=item.number,
            payee=item.payee,
            amount_minor=item.amount_minor,
        )
        for item in old.items.all()
    )


def _told(opening: Opening, entries: Sequence[Entry]) -> history.Changes:
    total = Money(sum(entry.amount_minor for entry in entries), opening.account.currency)
    return {
        "As at": ("", f"{opening.on:%-d %b %Y}"),
        "Ledgers": ("", str(len(entries))),
        "Held": ("", str(total)),
    }


def _record(opening: Opening, act: str, by: Person, at: datetime, changes: history.Changes) -> None:
    history.record(
        of=(KIND, opening.account_id),
        firm_id=opening.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )
