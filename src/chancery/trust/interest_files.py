"""A file of interest: every row is held against the books first, then all are posted or none."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import accounts, periods, posting
from chancery.ledger.accounts import AccountKind
from chancery.lib.comma_files import Row
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.trust import interest, jurisdiction, queries, settings
from chancery.trust.interest import Share
from chancery.trust.models import Movement, MovementKind, Reversal, TrustBankAccount, TrustLedger
from chancery.trust.movements import Said
from chancery.trust.rules import interest_rows
from chancery.trust.rules.interest_rows import InterestRow, Target
from chancery.trust.rules.past_rows import Finding, Locale
from chancery.trust.rules.policy_funds import Interest
from chancery.trust.rules.ruled import Ruled

_LEDGER_NOT_FOUND = "No ledger of this matter is open there. Open it first, or correct the number."


@dataclass(eq=False)
class InterestFileHasFindings(Refusal):
    """Some rows cannot be posted, so none is."""

    code: ClassVar[str] = "trust.interest_file_has_findings"

    rows: int

    def __str__(self) -> str:
        told = "One row" if self.rows == 1 else f"{self.rows} rows"
        return (
            f"{told} cannot be posted as written, so none is. Correct the file and send it again."
        )


@dataclass(eq=False)
class InterestFileIsEmpty(Refusal):
    """The file has a heading and no rows."""

    code: ClassVar[str] = "trust.interest_file_is_empty"

    def __str__(self) -> str:
        return "The file has no rows below its heading. Fill in the template and send it again."


@dataclass(frozen=True)
class JudgedRow:
    """One row of the file, where it goes, and everything that is wrong with it."""

    row: Row
    read: InterestRow | None
    account: TrustBankAccount | None
    ledger: TrustLedger | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Judged:
    """All rows of a file in its order."""

    rows: Sequence[JudgedRow]
    currency: str

    @property
    def faulty_count(self) -> int:
        """Return how many rows something is wrong with."""
        return sum(bool(row.findings) for row in self.rows)

    @property
    def lost_count(self) -> int:
        """Return how many rows cannot be read, or name nothing that is there."""
        return sum(one.account is None for one in self.rows)

    @property
    def net(self) -> Money:
        """Return what the bank paid by the rows that can be read."""
        return Money(sum(one.read.net_minor for one in self.rows if one.read), self.currency)


def judge(rows: Sequence[Row], *, by: Person, today: date) -> Judged:
    """Return what each row says, and everything that is wrong with it; nothing is posted.

    Refuses: NotAllowed, JurisdictionNotChosen, InterestFileIsEmpty.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    if not rows:
        raise InterestFileIsEmpty
    locale = Locale(by.firm.currency, today, month_first=by.firm.country == "US")
    read = {row.number: interest_rows.read(row, locale) for row in rows}
    legible = [one for one in read.values() if isinstance(one, InterestRow)]
    numbers = {row.cells.get("matter", "") for row in rows}
    books, again = _Books.of(legible, numbers), interest_rows.repeated(legible)
    judged = [_judged(row, read[row.number], books, again, locale.currency) for row in rows]
    return Judged(judged, locale.currency)


def post(
    *, rows: Sequence[Row], said: Said, by: Person, at: datetime, today: date, key: str
) -> list[Movement]:
    """Post the interest of every row on its own day, or none; the same key posts once.

    ``said`` tells the reason and the reference of all; its day is not used. Refuses: NotAllowed,
    JurisdictionNotChosen, InterestFileIsEmpty, InterestFileHasFindings, DetailsNotRight, AccountClosed,
    InterestIsNotTheClients, PeriodLocked, LedgerClosed, KeyNamesAnother.
    """
    jurisdiction.lock_firm(by.firm_id)
    judged = judge(rows, by=by, today=today)
    is_there = posting.journal_under(f"{MovementKind.INTEREST}:{key}:0:1") is not None
    faulty = judged.lost_count if is_there else judged.faulty_count
    if faulty:
        raise InterestFileHasFindings(faulty)
    made: list[Movement] = []
    for number, group in enumerate(_groups(judged)):
        one = Said(group.on, said.reason, said.reference)
        group_key = f"{key}:{number}"
        if group.held:
            made.append(
                interest.hold_for_others(
                    account=group.account,
                    amount=group.held,
                    said=one,
                    by=by,
                    at=at,
                    today=today,
                    key=group_key,
                )
            )
        else:
            made += interest.credit_clients(
                account=group.account,
                shares=group.shares,
                said=one,
                by=by,
                at=at,
                today=today,
                key=group_key,
            )
    return made


@dataclass(frozen=True)
class _Group:
    """What one deed posts: ledgers of one account and day, or the interest of one account."""

    account: TrustBankAccount
    on: date
    shares: list[Share]
    held: Money | None = None


def _groups(judged: Judged) -> list[_Group]:
    groups: list[_Group] = []
    of_ledgers: dict[tuple[object, date], _Group] = {}
    for one in judged.rows:
        assert one.read, "every row is read"
        assert one.account, "and its account found"
        money = [
            Money(minor, judged.currency)
            for minor in (one.read.gross_minor, one.read.tax_minor, one.read.fees_minor)
        ]
        if one.ledger is None:
            groups.append(_Group(one.account, one.read.on, [], money[0]))
            continue
        key = (one.account.id, one.read.on)
        if key not in of_ledgers:
            of_ledgers[key] = _Group(one.account, one.read.on, [])
            groups.append(of_ledgers[key])
        of_ledgers[key].shares.append(Share(one.ledger, *money))
    return groups


@dataclass(frozen=True)
class _Books:
    """What the rows of a file are held against, gathered at once."""

    accounts: Mapping[str, TrustBankAccount]
    ledgers: Mapping[str, Sequence[TrustLedger]]
    closed: frozenset[UUID]
    locked: Mapping[UUID, date | None]
    taken: Mapping[UUID, frozenset[tuple[date, int]]]
    waiting: Mapping[UUID, UUID]
    interest: Ruled[Interest]

    @classmethod
    def of(cls, rows: Sequence[InterestRow], numbers: Collection[str]) -> "_Books":
        """Return what is known of the accounts and of the ledgers of matters with these numbers."""
        all_accounts = queries.bank_accounts()
        named = {one.name.casefold(): one for one in all_accounts}
        named |= {one.number_shown.casefold(): one for one in all_accounts if one.number_shown}
        found = TrustLedger.objects.select_related("account", "matter__client")
        ledgers = list(found.filter(matter__number__in=[one for one in numbers if one]))
        waiting = found.filter(kind=AccountKind.FOUNDATION_INTEREST, matter=None)
        by_matter: dict[str, list[TrustLedger]] = defaultdict(list)
        for ledger in ledgers:
            by_matter[ledger.matter.number if ledger.matter else ""].append(ledger)
        waits = dict(waiting.values_list("account_id", "id"))
        ids = [ledger.id for ledger in ledgers] + list(waits.values())
        return cls(
            accounts=named,
            ledgers=by_matter,
            closed=frozenset(accounts.closed_of(ids)),
            locked={one.id: periods.locked_through(one.id) for one in all_accounts},
            taken=_taken(ids, {row.on for row in rows}),
            waiting=waits,
            interest=settings.policy().funds.interest,
        )

    def end_of(self, named: str, matter: str) -> tuple[TrustBankAccount | None, TrustLedger | None]:
        """Return the account and the ledger that a row names; None where it names none that is there."""
        account = self.accounts.get(named.casefold())
        if not matter:
            return account, None
        fitting = [
            ledger
            for ledger in self.ledgers.get(matter, ())
            if not named or (account and ledger.account_id == account.id)
        ]
        ledger = fitting[0] if len(fitting) == 1 else None
        return (ledger.account if ledger else account), ledger

    def why_lost(self, named: str, matter: str) -> tuple[Finding, ...]:
        """Return why the account or ledger that a row names is not found, if it is not."""
        account, ledger = self.end_of(named, matter)
        if named and named.casefold() not in self.accounts:
            words = f"No account is called “{named}”, by its name or its number."
            return (Finding("no_such_account", words),)
        if not matter or (account and ledger):
            return ()
        if len(self.ledgers.get(matter, ())) > 1 and not named:
            words = f"{matter} has ledgers on several accounts. Name the account."
            return (Finding("several_accounts", words),)
        return (Finding("no_such_ledger", _LEDGER_NOT_FOUND),)

    def target(self, account: TrustBankAccount, ledger: TrustLedger | None) -> Target:
        """Return what a row is held against."""
        place, rule = self.interest.value, self.interest.rule
        is_theirs = interest.is_the_clients(account, place)
        ledger_id = ledger.id if ledger else self.waiting.get(account.id)
        return Target(
            currency=account.currency,
            locked_through=self.locked.get(account.id),
            is_closed=account.status != "open" or ledger_id in self.closed,
            not_theirs="" if is_theirs else rule,
            theirs=rule if is_theirs and place is not Interest.FAIR_SUM else "",
            taken=self.taken.get(ledger_id, frozenset()) if ledger_id else frozenset(),
        )


def _judged(
    row: Row,
    read: InterestRow | list[Finding],
    books: _Books,
    again: Mapping[int, Finding],
    currency: str,
) -> JudgedRow:
    if not isinstance(read, InterestRow):
        lost = books.why_lost(*interest_rows.ends_of(row))
        return JudgedRow(row, None, None, None, (*read, *lost))
    account, ledger = books.end_of(read.account, read.matter)
    if account is None or (read.matter and ledger is None):
        return JudgedRow(row, read, None, None, books.why_lost(read.account, read.matter))
    findings = interest_rows.judge(read, books.target(account, ledger), currency)
    if row.number in again:
        findings.append(again[row.number])
    return JudgedRow(row, read, account, ledger, tuple(findings))


def _taken(
    ledger_ids: Collection[UUID], days: Collection[date]
) -> Mapping[UUID, frozenset[tuple[date, int]]]:
    """Return the interest that stands on some ledgers on some days, by its gross figure."""
    undone = Reversal.objects.filter(document_kind="movement").values("document_id")
    stands = Movement.objects.filter(
        kind=MovementKind.INTEREST, ledger_id__in=ledger_ids, on__in=days
    ).exclude(pk__in=undone)
    found: dict[UUID, set[tuple[date, int]]] = defaultdict(set)
    for ledger_id, on, gross in stands.values_list("ledger_id", "on", "gross_minor"):
        if ledger_id:
            found[ledger_id].add((on, gross))
    return {ledger_id: frozenset(said) for ledger_id, said in found.items()}
