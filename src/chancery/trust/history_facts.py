"""Gather, set by set, what an imported history is held against, and judge all its rows at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.ledger import accounts, balances, periods
from chancery.ledger.accounts import AccountKind
from chancery.lib.comma_files import Row
from chancery.practice.people import Person
from chancery.trust import many_ledgers, opening_drafts, settings
from chancery.trust.many_ledgers import Known
from chancery.trust.models import (
    HistoryRow,
    ImportState,
    OpeningState,
    TrustBankAccount,
    TrustLedger,
)
from chancery.trust.rules import clearing, history_books, history_rows
from chancery.trust.rules.history_books import Books, Day, Findings, Name
from chancery.trust.rules.history_rows import OWN, PastRow
from chancery.trust.rules.policy_clearing import Method


@dataclass(frozen=True)
class Judged:
    """The rows that can be read, everything that is wrong, and what is known of their matters."""

    rows: Sequence[PastRow]
    findings: Findings
    known: Known
    clears_on: Mapping[int, date]


def judge(account: TrustBankAccount, rows: Iterable[Row], *, by: Person, today: date) -> Judged:
    """Read each row and hold all of them against the books; the number of questions is fixed."""
    locale = opening_drafts.locale_of(account, by, today)
    past: list[PastRow] = []
    unread: list[Row] = []
    named: set[tuple[str, str]] = set()
    findings: Findings = {}
    for row in rows:
        read, wrong = history_rows.read(row, locale)
        if wrong:
            findings[row.number] = wrong
        named.add(history_rows.ends_of(row))
        if read:
            past.append(read)
        else:
            unread.append(row)
    known = many_ledgers.known(account, {number for ends in named for number in ends if number})
    clears_on = _clearing(past)
    books = _books(account, past, known, clears_on)
    for number, wrong in history_books.judge(past, books).items():
        findings.setdefault(number, []).extend(wrong)
    for row in unread:
        wrong = history_books.matters(history_rows.ends_of(row), books)
        findings.setdefault(row.number, []).extend(wrong)
    return Judged(past, findings, known, clears_on)


def own_ledger(account: TrustBankAccount) -> TrustLedger | None:
    """Return the ledger of the firm's own money on an account, if it has one."""
    own = TrustLedger.objects.filter(account=account, kind=AccountKind.OWN_FUNDS, matter=None)
    return own.first()


def _books(
    account: TrustBankAccount,
    rows: Sequence[PastRow],
    known: Known,
    clears_on: Mapping[int, date],
) -> Books:
    refused = many_ledgers.why_not(account, known, of_the_past=True)
    opening = opening_drafts.standing(account)
    is_open = opening is not None and opening.state == OpeningState.FINISHED
    names = {ledger.id: matter for matter, ledger in _ledgers(account, known).items()}
    closed = accounts.closed_of(list(names))
    return Books(
        currency=account.currency,
        matters=frozenset(known.matters),
        why_not={number: str(refusal) for number, refusal in refused.items()},
        closed=frozenset(names[ledger] for ledger in closed),
        locked_through=periods.locked_through(account.id),
        opened_on=opening.on if opening and is_open else None,
        taken=_taken(account),
        days=_days(names, rows),
        clears_on=clears_on,
    )


def _ledgers(account: TrustBankAccount, known: Known) -> dict[str, TrustLedger]:
    """Return the ledgers that there are already, by how a row names them."""
    numbers = {matter.id: number for number, matter in known.matters.items()}
    found = {numbers[matter_id]: ledger for matter_id, ledger in known.ledgers.items()}
    own = own_ledger(account)
    return {**found, OWN: own} if own else found


def _days(names: Mapping[UUID, str], rows: Sequence[PastRow]) -> dict[str, tuple[Day, ...]]:
    if not rows or not names:
        return {}
    days: dict[str, list[Day]] = {}
    moved = balances.days_of([*names], since=min(row.on for row in rows))
    for each in moved:
        day = Day(each.day, each.held_minor, each.available_minor)
        days.setdefault(names[each.account_id], []).append(day)
    return {name: tuple(days) for name, days in days.items()}


def _clearing(rows: Sequence[PastRow]) -> dict[int, date]:
    """Return when money received counts as cleared, for the rows that name how it came in."""
    policy = settings.policy()
    known: dict[tuple[Method, date], date] = {}
    found = {}
    for row in rows:
        if row.method and row.kind.brings:
            pair = (row.method, row.on)
            if pair not in known:
                known[pair] = max(clearing.clears_on(policy, *pair), row.on)
            found[row.number] = known[pair]
    return found


def _taken(account: TrustBankAccount) -> frozenset[Name]:
    rows = HistoryRow.objects.filter(batch__account=account, batch__state=ImportState.POSTED)
    named = rows.exclude(reference="").values_list("kind", "reference", "matter")
    return frozenset(
        (history_rows.plain_kind(kind), reference, matter)
        for kind, reference, matter in named.iterator(chunk_size=10_000)
    )
