"""What the database refuses about money, as refusals: the last line, when a deed did not see it coming."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import DatabaseError

from chancery.lib.refusals import Refusal


@dataclass(eq=False)
class LedgerBelowZero(Refusal):
    """On some day the ledger would hold less than nothing, or spend what is not available."""

    code: ClassVar[str] = "ledger.below_zero"

    def __str__(self) -> str:
        return (
            "On the day of this entry or on a later one, the ledger would hold too little, or money"
            " that is not cleared or is protected would be spent. Look at its days, then enter less."
        )


@dataclass(eq=False)
class LedgerClosed(Refusal):
    """The ledger is closed; nothing more is entered in it."""

    code: ClassVar[str] = "ledger.closed"

    def __str__(self) -> str:
        return "The ledger is closed. Open it again first, or choose another."


@dataclass(eq=False)
class LedgerHoldsMoney(Refusal):
    """A ledger is closed only when it holds nothing."""

    code: ClassVar[str] = "ledger.holds_money"

    def __str__(self) -> str:
        return "The ledger still holds money. Pay it out or transfer it, then close the ledger."


@dataclass(eq=False)
class PeriodLocked(Refusal):
    """The period is closed by its reconciliation; nothing may be dated in it."""

    code: ClassVar[str] = "ledger.period_locked"

    locked_through: date

    def __str__(self) -> str:
        return (
            f"The account's period is locked through {self.locked_through:%-d %b %Y}. Date the entry"
            " later; a mistake in a locked period is reversed today."
        )


@dataclass(eq=False)
class KeyNamesAnother(Refusal):
    """The key of this request was used before, for something else."""

    code: ClassVar[str] = "ledger.key_names_another"

    key: str

    def __str__(self) -> str:
        return "This was recorded before with other content. Begin again from a fresh form."


@dataclass(eq=False)
class ReversedAlready(Refusal):
    """A journal is reversed once."""

    code: ClassVar[str] = "ledger.reversed_already"

    def __str__(self) -> str:
        return "This was reversed already. Look at its history; nothing is left to reverse."


@dataclass(eq=False)
class StandsSoAlready(Refusal):
    """The ledger is closed, or open, already."""

    code: ClassVar[str] = "ledger.stands_so_already"

    def __str__(self) -> str:
        return "The ledger stands so already. Reload the page."


_BELOW_ZERO = {
    "client_ledger_is_never_below_zero",
    "only_available_money_is_spent",
    "available_money_is_held",
    "ledger_balance_is_never_below_zero",
}
_ONCE = {"ledger_journal_is_reversed_once": ReversedAlready}


def refusal_of(error: DatabaseError) -> Refusal | None:
    """Return the refusal that a database error stands for; None when it is none of ours."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return None
    if diagnosis.constraint_name in _BELOW_ZERO:
        return LedgerBelowZero()
    if diagnosis.constraint_name == "closed_ledger_holds_nothing":
        return LedgerHoldsMoney()
    if diagnosis.constraint_name == "ledger_key_names_one_journal":
        return KeyNamesAnother("")
    if diagnosis.constraint_name in _ONCE:
        return _ONCE[diagnosis.constraint_name]()
    return _by_state(diagnosis.sqlstate, diagnosis.message_detail or "")


def _by_state(state: str | None, detail: str) -> Refusal | None:
    match state:
        case "CH010":
            return LedgerClosed()
        case "CH011":
            return PeriodLocked(date.fromisoformat(detail))
        case "CH012":
            return KeyNamesAnother(detail)
        case "CH015":
            return StandsSoAlready()
    return None
