"""Whether a receipt shows all that its place asks, and what its document must bear."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.problems import Problem
from chancery.lib.refusals import Refusal
from chancery.trust.rules import calendars
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_receipts import Issue, ReceiptField


@dataclass(frozen=True)
class ReceiptFacts:
    """What is known of money received; empty words and None are what is not known."""

    amount: Money
    number: str = ""
    made_out_on: date | None = None
    received_on: date | None = None
    form_of_money: str = ""
    received_from: str = ""
    client_name: str = ""
    matter_description: str = ""
    matter_reference: str = ""
    reason: str = ""
    practice_name: str = ""
    made_out_by: str = ""


@dataclass(eq=False)
class CashOverLimit(Refusal):
    """More cash was brought than the place lets a firm take for one client."""

    code: ClassVar[str] = "trust.cash_over_limit"

    limit: Money
    rule: str

    def __str__(self) -> str:
        return f"Cash of {self.limit} or more is not taken here. Ask for another form of payment."


_NAMES = {
    ReceiptField.DATE_MADE_OUT: ("made_out_on", "Enter the day on which the receipt is made out."),
    ReceiptField.DATE_RECEIVED_IF_DIFFERENT: (
        "received_on",
        "Enter the day on which the money came in.",
    ),
    ReceiptField.RECEIPT_NUMBER: ("number", "A receipt has a number."),
    ReceiptField.FORM_OF_MONEY: ("form_of_money", "Choose how the money came in."),
    ReceiptField.RECEIVED_FROM: ("received_from", "Enter from whom the money came."),
    ReceiptField.CLIENT_NAME: ("client_name", "Choose the client for whom the money is held."),
    ReceiptField.MATTER_DESCRIPTION: ("matter_description", "The matter needs a description."),
    ReceiptField.MATTER_REFERENCE: ("matter_reference", "Choose the matter."),
    ReceiptField.REASON: ("reason", "Enter for what the money was received."),
    ReceiptField.PRACTICE_NAME: ("practice_name", "The receipt bears the firm's name."),
    ReceiptField.MADE_OUT_BY: ("made_out_by", "The receipt says who made it out."),
}


def missing(policy: Policy, facts: ReceiptFacts) -> list[Problem]:
    """Return every field that the place asks for and that is not known, in the order of a form.

    Rule: policy.receipts.content.
    """
    asked = policy.receipts.content.value.fields
    found = [Problem(*_NAMES[field]) for field in ReceiptField if _lacks(field, facts, asked)]
    if facts.amount.minor <= 0:
        found.insert(0, Problem("amount", "Enter an amount above nought."))
    return found


def literals(policy: Policy, *, is_controlled: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return the wordings that a receipt bears, one of each; controlled money has its own heading.

    Rule: policy.receipts.content and policy.receipts.controlled_series.
    """
    series = policy.receipts.controlled_series.value
    if is_controlled and series.literal:
        return ((series.literal,),)
    return policy.receipts.content.value.literals


def shows(policy: Policy) -> tuple[ReceiptField, ...]:
    """Return what a receipt's document shows, in the order of a form."""
    asked = policy.receipts.content.value.fields
    return tuple(field for field in ReceiptField if field in asked)


def is_made_out(policy: Policy, *, is_cash: bool, is_asked_for: bool) -> bool:
    """Tell whether a receipt has to be made out for money that came in.

    Rule: policy.receipts.issue.
    """
    return policy.receipts.issue.value is Issue.EVERY_RECEIPT or is_cash or is_asked_for


def bank_by(policy: Policy, received_on: date) -> date | None:
    """Return the last day for banking; None where it is as soon as practicable, with no number.

    Rule: policy.receipts.banking.
    """
    within = policy.receipts.banking.value.within
    return calendars.add(received_on, within, policy.pack) if within else None


def allow_cash(policy: Policy, amount: Money, already: Money) -> None:
    """Let cash be taken only below the limit, counted over all cash for the same client's matter.

    Rule: policy.receipts.cash_limit. Refuses: CashOverLimit.
    """
    limit = policy.receipts.cash_limit
    if limit.value.whole is not None and amount + already >= policy.money(limit.value.whole):
        raise CashOverLimit(policy.money(limit.value.whole), limit.rule)


def is_cash_reported(policy: Policy, amount: Money) -> bool:
    """Tell whether an amount of cash is as much as is reported. Rule: policy.receipts.cash_report."""
    threshold = policy.receipts.cash_report.value.whole
    return threshold is not None and amount >= policy.money(threshold)


def _lacks(field: ReceiptField, facts: ReceiptFacts, asked: frozenset[ReceiptField]) -> bool:
    """Tell whether a field is asked for and empty; amounts are always known."""
    return field in asked and field in _NAMES and not getattr(facts, _NAMES[field][0])
