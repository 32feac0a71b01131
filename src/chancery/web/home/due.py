"""What the firm has to do by a day: statutory deposits, and shortages to restore and to report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chancery.lib.money import Money, total
from chancery.trust import account_ledgers, jurisdiction, settings, shortfalls, statutory_deposits
from chancery.trust.register_lists import RegisterFilter
from chancery.trust.rules import deficiency_deadlines, statutory_deposit
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_deposit import DepositKind
from chancery.web.home.tile import Tile
from chancery.web.shell import times
from chancery.web.shell.places import address

_NOT_POOLED = ("controlled", "statutory")
_LOOKED_AT = 200  # open cases; a firm with more has other troubles than a tile


@dataclass(frozen=True)
class Due:
    """Something to do: in words, and by which day; None is as soon as practicable."""

    words: str
    by: date | None
    url: str

    def __str__(self) -> str:
        return (
            f"{self.words}, {f'by {times.day(self.by)}' if self.by else 'as soon as practicable'}"
        )


def tiles(on: date) -> tuple[Tile, ...]:
    """Return the tile of open shortages and that of what is due; none before a place is chosen."""
    if jurisdiction.of_firm() is None:
        return ()
    policy = settings.policy()
    cases: list[Any] = list(shortfalls.found(RegisterFilter(state="open"))[:_LOOKED_AT])
    due = [*_deposits(policy, on), *_reports(policy, cases)]
    return (_shortages(cases), _what_is_due(due, on))


def _shortages(cases: Sequence[Any]) -> Tile:
    url = f"{address('law_register', 'shortages')}?state=open"
    if not cases:
        return Tile("Open shortages", "none", "Every case is closed", url)
    missing = [Money(one.missing_minor, shortfalls.currency_of(one)) for one in cases]
    currencies = sorted({one.currency for one in missing})
    sums = [total((one for one in missing if one.currency == each), each) for each in currencies]
    still = ", ".join(str(one) for one in sums if one.minor)
    note = f"{still} still missing" if still else "Restored or put right; close the cases"
    return Tile("Open shortages", str(len(cases)), note, url, tone="bad" if still else "warn")


def _what_is_due(due: Sequence[Due], on: date) -> Tile:
    if not due:
        return Tile("What is due", "nothing", "No deposit, no report", tone="ok")
    first = min(due, key=lambda one: (one.by or on, one.words))
    more = f", and {len(due) - 1} more" if len(due) > 1 else ""
    is_late = any(one.by and one.by < on for one in due)
    return Tile(
        "What is due",
        str(len(due)),
        f"{'Late: ' if is_late else ''}{first}{more}",
        first.url,
        tone="bad" if is_late else "warn",
    )


def _reports(policy: Policy, cases: Sequence[Any]) -> list[Due]:
    return [
        Due(
            "A shortage to report",
            deficiency_deadlines.of(policy, case.found_on).report_by,
            address("shortage", case.id),
        )
        for case in cases
        if case.notified_on is None
    ]


def _deposits(policy: Policy, on: date) -> list[Due]:
    """Return what is still to be deposited for the last quarter; half-years are told by the regulator."""
    if policy.deposit.kind.value is not DepositKind.QUARTERLY:
        return []
    last = statutory_deposit.periods(policy, on, 1)[0].last
    pooled = [one for one in account_ledgers.open_accounts() if one.kind not in _NOT_POOLED]
    found = []
    for account in pooled:
        asked = statutory_deposits.asked(account=account, quarter_end=last, today=on)
        missing = asked.amount - asked.on_deposit
        if asked.is_final and missing.minor > 0:
            words = f"Statutory deposit of {missing}"
            found.append(Due(words, asked.due.due_by, address("deposit_due")))
    return found
