"""Why costs may not be taken from client money yet, each with what to do next."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal


@dataclass(eq=False)
class GroundNotKnown(Refusal):
    """The place does not let costs be taken on this ground."""

    code: ClassVar[str] = "trust.costs_ground_not_known"

    ground: str
    known: str
    rule: str

    def __str__(self) -> str:
        return f"Costs are not taken here on the ground “{self.ground}”; known here: {self.known}."


@dataclass(eq=False)
class BillNotDelivered(Refusal):
    """The bill has not been given to the client, or only later than the withdrawal."""

    code: ClassVar[str] = "trust.bill_not_delivered"

    bill: str
    rule: str

    def __str__(self) -> str:
        return f"Bill {self.bill} was not delivered by that day. Deliver it and record the day."


@dataclass(eq=False)
class BillDoesNotMentionWithdrawal(Refusal):
    """The bill does not say that money will be withdrawn to pay it."""

    code: ClassVar[str] = "trust.bill_does_not_mention_withdrawal"

    bill: str
    rule: str

    def __str__(self) -> str:
        return (
            f"Bill {self.bill} does not say that it will be paid from client money."
            " Give a bill that says so, or record another ground."
        )


@dataclass(eq=False)
class WaitingPeriodRuns(Refusal):
    """The time for an objection to the bill has not run out."""

    code: ClassVar[str] = "trust.waiting_period_runs"

    bill: str
    first_allowed_on: date
    rule: str

    def __str__(self) -> str:
        return (
            f"The client may still object to bill {self.bill};"
            f" costs may be taken from {self.first_allowed_on.isoformat()}."
        )


@dataclass(eq=False)
class BillObjected(Refusal):
    """The client objected to the bill in time, and the objection stands."""

    code: ClassVar[str] = "trust.bill_objected"

    bill: str
    objected_on: date
    lapses_on: date | None
    rule: str

    def __str__(self) -> str:
        until = (
            f" It counts no longer from {self.lapses_on.isoformat()} if no review is applied for."
            if self.lapses_on
            else " Settle it with the client first, or record the client's authority."
        )
        return f"The client objected to bill {self.bill} on {self.objected_on.isoformat()}.{until}"


@dataclass(eq=False)
class CostsExceedBill(Refusal):
    """More would be taken than is owed on the bill."""

    code: ClassVar[str] = "trust.costs_exceed_bill"

    bill: str
    owed: Money
    asked: Money
    rule: str

    def __str__(self) -> str:
        return f"{self.owed} is owed on bill {self.bill}; {self.asked} was asked for."


@dataclass(eq=False)
class AuthorityMissing(Refusal):
    """No authority of the client is recorded for that day."""

    code: ClassVar[str] = "trust.authority_missing"

    rule: str

    def __str__(self) -> str:
        return "The client's authority is not recorded by that day. Record what it is and its day."


@dataclass(eq=False)
class AuthorityNotConfirmed(Refusal):
    """Spoken instructions were not put in writing in time."""

    code: ClassVar[str] = "trust.authority_not_confirmed"

    confirm_by: date
    rule: str

    def __str__(self) -> str:
        return (
            f"The client's spoken instructions had to be confirmed in writing by"
            f" {self.confirm_by.isoformat()}. Confirm them, or get them in writing."
        )


@dataclass(eq=False)
class NoticeMissing(Refusal):
    """Neither a request for payment nor a notice was given before the withdrawal."""

    code: ClassVar[str] = "trust.notice_missing"

    rule: str

    def __str__(self) -> str:
        return (
            "Give the client a request for payment or a written notice first, and record its day."
        )


@dataclass(eq=False)
class InvoiceMissing(Refusal):
    """No invoice was issued by the day of the withdrawal."""

    code: ClassVar[str] = "trust.invoice_missing"

    rule: str

    def __str__(self) -> str:
        return "No invoice is recorded by that day. Issue it first, and record its number and day."


@dataclass(eq=False)
class NotPaidForClient(Refusal):
    """Nothing shows that the firm paid this for the client already."""

    code: ClassVar[str] = "trust.not_paid_for_client"

    rule: str

    def __str__(self) -> str:
        return "Record first what the firm paid for the client, and on which day."


@dataclass(eq=False)
class NotACommercialClient(Refusal):
    """The ground is for commercial and government clients only."""

    code: ClassVar[str] = "trust.not_a_commercial_client"

    rule: str

    def __str__(self) -> str:
        return "The client is no commercial or government client; take the costs on another ground."


@dataclass(eq=False)
class NotEarned(Refusal):
    """The fee is not earned, or the expense not incurred, by that day."""

    code: ClassVar[str] = "trust.not_earned"

    rule: str

    def __str__(self) -> str:
        return "Fees are taken as they are earned only. Record by what day this was earned."
