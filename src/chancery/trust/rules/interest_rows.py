"""What one row of a file of interest says, and what is wrong with it, held against the books.

A row names a ledger by its matter, or an account whose interest is not the clients'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chancery.lib.comma_files import Row, Table
from chancery.lib.money import Money, NotAnAmount
from chancery.trust.rules import past_rows
from chancery.trust.rules.past_rows import Finding, Locale

TABLE = Table(
    columns=("day", "account", "matter", "gross", "tax", "fees"),
    needed=("day", "gross"),
    rows_at_most=1_000,
    bytes_at_most=1_000_000,
)


@dataclass(frozen=True)
class InterestRow:
    """One row as read; an empty ``matter`` means the interest of the account as a whole."""

    number: int
    on: date
    account: str
    matter: str
    gross_minor: int
    tax_minor: int
    fees_minor: int

    @property
    def net_minor(self) -> int:
        """Return what the bank paid."""
        return self.gross_minor - self.tax_minor - self.fees_minor


@dataclass(frozen=True)
class Target:
    """A ledger that a row may credit, or an account as a whole, and what stops an entry there.

    ``not_theirs`` is the rule by which interest there is not the clients', ``theirs`` the one by which
    it is; ``taken`` holds the days and gross figures that stand already.
    """

    currency: str
    locked_through: date | None
    is_closed: bool = False
    not_theirs: str = ""
    theirs: str = ""
    taken: frozenset[tuple[date, int]] = frozenset()


def read(row: Row, locale: Locale) -> InterestRow | list[Finding]:
    """Return what a row says, or everything that keeps it from being read."""
    cells = row.cells
    on = past_rows.day(cells.get("day", ""), locale)
    gross = past_rows.amount(cells.get("gross", ""), locale.currency)
    tax, fees = (_kept(cells.get(name, ""), locale.currency) for name in ("tax", "fees"))
    findings = [one for one in (on, gross, tax, fees) if isinstance(one, Finding)]
    if not row.is_whole:
        findings.insert(0, _UNEVEN)
    account, matter = ends_of(row)
    if not account and not matter:
        findings.append(_NOBODY)
    if (
        findings
        or isinstance(on, Finding)
        or isinstance(gross, Finding)
        or isinstance(tax, Finding)
        or isinstance(fees, Finding)
    ):
        return findings
    return InterestRow(row.number, on, account, matter, gross, tax, fees)


def ends_of(row: Row) -> tuple[str, str]:
    """Return the account and the matter that a row names, also where nothing else of it can be read."""
    return row.cells.get("account", ""), row.cells.get("matter", "")


def judge(row: InterestRow, target: Target, currency: str) -> list[Finding]:
    """Return everything that is wrong with a row whose ledger or account is found."""
    checks = (
        (target.currency != currency, _other_currency(target.currency)),
        (target.is_closed, _CLOSED),
        (_is_locked(row, target), _locked(target.locked_through)),
        (row.net_minor <= 0, _NOTHING_LEFT),
        (bool(row.matter) and bool(target.not_theirs), _not_theirs(target.not_theirs)),
        (not row.matter and bool(target.theirs), _theirs(target.theirs)),
        (not row.matter and bool(row.tax_minor or row.fees_minor), _NET_ONLY),
        ((row.on, row.gross_minor) in target.taken, _TAKEN),
    )
    return [finding for is_wrong, finding in checks if is_wrong]


def repeated(rows: Sequence[InterestRow]) -> Mapping[int, Finding]:
    """Return, by its number, each row that says what an earlier one of the file says."""
    seen: dict[tuple[object, ...], int] = {}
    found = {}
    for row in rows:
        said = (row.on, row.account.casefold(), row.matter.casefold(), row.gross_minor)
        if said in seen:
            words = f"It says the same as row {seen[said]}. Leave one of them out."
            found[row.number] = Finding("repeated", words)
        seen.setdefault(said, row.number)
    return found


def _kept(typed: str, currency: str) -> int | Finding:
    if not typed:
        return 0
    try:
        return Money.parse(typed, currency).minor
    except NotAnAmount as refusal:
        return Finding("bad_amount", str(refusal))


def _is_locked(row: InterestRow, target: Target) -> bool:
    return target.locked_through is not None and row.on <= target.locked_through


def _locked(through: date | None) -> Finding:
    words = f"The account is locked through {through:%-d %b %Y}." if through else ""
    return Finding("locked", f"{words} Date the row later.")


def _other_currency(currency: str) -> Finding:
    return Finding("other_currency", f"This account is kept in {currency}. Record it by hand.")


def _not_theirs(rule: str) -> Finding:
    words = "Interest on this account is not the clients' here: name the account and no matter."
    return Finding("not_the_clients", f"{words} {rule}".rstrip())


def _theirs(rule: str) -> Finding:
    words = "Interest on this account is the clients' here: name the matter of each ledger."
    return Finding("the_clients", f"{words} {rule}".rstrip())


_UNEVEN = Finding("cells_do_not_fit", "The row has more or fewer cells than the heading.")
_NOBODY = Finding("no_ledger", "Name the matter, or the account where it is not the clients'.")
_CLOSED = Finding("closed", "The ledger or account is closed. Open it again, or leave the row out.")
_NOTHING_LEFT = Finding("nothing_left", "Tax and fees are less than the interest, which is gross.")
_NET_ONLY = Finding(
    "net_only", "Enter as gross what the bank paid for the account; leave tax and fees empty."
)
_TAKEN = Finding(
    "recorded_already", "Interest of this figure is recorded for this day. Leave the row out."
)
