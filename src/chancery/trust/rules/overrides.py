"""What a firm may set more strictly for itself than its place asks, and never less."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import JsonValue

from chancery.lib.refusals import Refusal
from chancery.trust.rules import (
    policy_care,
    policy_clearing,
    policy_costs,
    policy_funds,
    policy_ledger,
    policy_payments,
    policy_receipts,
)
from chancery.trust.rules.packs import Pack
from chancery.trust.rules.policy_coverage import every_setting
from chancery.trust.rules.ruled import Reading, Setting, say

Kind = Literal[
    "span",
    "deficiency",
    "holds",
    "amount",
    "cap",
    "months",
    "years",
    "people",
    "choice",
    "choices",
    "bearer",
    "yes_no",
]
"""The form of a value: ``{n, unit}``; ``{correct: {n, unit}, report: {n, unit}}``; ``{method: {n,
unit}}``; ``{amount}``; ``{max}`` or false; ``{dormant_months}``; ``{n}``; ``{people, over, alone}``;
one word; a list of words; ``{paid_by}``; true or false. Amounts are whole units of the currency."""


@dataclass(frozen=True)
class Overridable:
    """A setting that a firm may tighten: the form its value takes and the words on the screen."""

    path: str
    kind: Kind
    title: str
    hint: str


@dataclass(eq=False)
class UnknownSetting(Refusal):
    """A firm cannot set this, or not in this form."""

    code: ClassVar[str] = "trust.unknown_setting"

    path: str
    hint: str = ""

    def __str__(self) -> str:
        if self.hint:
            return f"{self.hint} What was given for “{self.path}” cannot be read."
        return f"A firm cannot set “{self.path}”; choose a setting from the list."


@dataclass(eq=False)
class NotStricter(Refusal):
    """A firm's own setting would ask less than its place does."""

    code: ClassVar[str] = "trust.not_stricter"

    title: str
    place_value: str
    firm_value: str
    rule: str

    def __str__(self) -> str:
        return (
            f"“{self.firm_value}” asks less than the place's “{self.place_value}” ({self.title})."
            " Set the same or something stricter."
        )


_DAYS = "Give a number of days and their kind; a longer wait is stricter."
_SOONER = "Give a number of days and their kind; fewer days are stricter."
_WHOLE = "Give a whole amount; a lower one is stricter."

OVERRIDABLE = {
    each.path: each
    for each in (
        Overridable(
            policy_ledger.OVERDRAW.path,
            "choice",
            policy_ledger.OVERDRAW.title,
            "Give “block”: the entry is refused and not recorded.",
        ),
        Overridable(policy_ledger.POSTING.path, "span", policy_ledger.POSTING.title, _SOONER),
        Overridable(
            policy_clearing.HOLD.path,
            "holds",
            policy_clearing.HOLD.title,
            "Give for each kind of payment a number of days and their kind; longer is stricter.",
        ),
        Overridable(
            policy_receipts.ISSUE.path,
            "choice",
            policy_receipts.ISSUE.title,
            "Give “every_receipt”: all money received has its receipt.",
        ),
        Overridable(policy_receipts.BANKING.path, "span", policy_receipts.BANKING.title, _SOONER),
        Overridable(
            policy_receipts.CASH_LIMIT.path, "amount", policy_receipts.CASH_LIMIT.title, _WHOLE
        ),
        Overridable(
            policy_receipts.CASH_REPORT.path, "amount", policy_receipts.CASH_REPORT.title, _WHOLE
        ),
        Overridable(
            policy_payments.METHODS.path,
            "choices",
            policy_payments.METHODS.title,
            "Give the ways of payment that the firm still allows; fewer are stricter.",
        ),
        Overridable(
            policy_payments.RELEASE.path,
            "people",
            policy_payments.RELEASE.title,
            "Give how many people stand behind a payment, and above what amount.",
        ),
        Overridable(policy_costs.WAITING.path, "span", policy_costs.WAITING.title, _DAYS),
        Overridable(
            policy_costs.MENTION.path,
            "yes_no",
            policy_costs.MENTION.title,
            "Give yes: every bill says that money will be withdrawn.",
        ),
        Overridable(policy_funds.OWN_FUNDS.path, "cap", policy_funds.OWN_FUNDS.title, _WHOLE),
        Overridable(
            policy_funds.CHARGES.path,
            "bearer",
            policy_funds.CHARGES.title,
            "Give “office”: the office account bears the bank's charges.",
        ),
        Overridable(
            policy_care.DORMANCY.path,
            "months",
            policy_care.DORMANCY.title,
            "Give a number of months; fewer are stricter.",
        ),
        Overridable(
            policy_care.DEFICIENCY.path,
            "deficiency",
            policy_care.DEFICIENCY.title,
            "Give the days to make it good and the days to report it; fewer are stricter.",
        ),
        Overridable(
            policy_care.RETENTION.path,
            "years",
            policy_care.RETENTION.title,
            "Give a number of years; more are stricter.",
        ),
    )
}
"""What a firm may tighten, by the path of the setting."""


def check(pack: Pack, path: str, value: JsonValue) -> None:
    """Let a firm set a value of its own only if it is at least as strict as its place's.

    Refuses: UnknownSetting, NotStricter.
    """
    if path not in OVERRIDABLE:
        raise UnknownSetting(path)
    setting = next(each for each in every_setting() if each.path == path)
    own = setting.read(value)
    if own is None:
        raise UnknownSetting(path, OVERRIDABLE[path].hint)
    _refuse_less(Reading(pack), setting, own)


def _refuse_less(reading: Reading, setting: Setting[object], own: object) -> None:
    place = reading.place(setting)
    if not setting.is_as_strict(own, place.value):
        raise NotStricter(setting.title, place.in_words, say(own), place.rule)
