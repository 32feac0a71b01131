"""What is asked for before money moves, and what is wrong with it as it was entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chancery.lib.money import Money
from chancery.lib.problems import Problem, tidy
from chancery.practice.people import Person
from chancery.trust.models import TrustLedger
from chancery.trust.models.requests import RequestKind as RequestKind
from chancery.trust.payees import PayeeDetails
from chancery.trust.rules.policy_payments import PaymentMethod

LONGEST = {"reason": 300, "payee": 200, "authority": 200}
TO_CLIENT = "to_client"
"""The name under which a request's ``details`` say that the payee is the matter's own client."""
REISSUE = "reissue"
"""The name under which ``details`` say which withdrawal, whose cheque was taken back, is paid anew."""
_PAYS_OUT = (RequestKind.WITHDRAWAL, RequestKind.BILL)


@dataclass(frozen=True)
class RequestDetails:
    """What is asked for. ``ledger`` is where money comes in or goes out; ``target`` where a transfer goes.

    ``details`` holds what only its kind has, such as the facts of a bill, as JSON takes it. Where bank
    details are given the payee is the contact whose they are; our own bill is paid to nobody but us.
    """

    kind: RequestKind
    ledger: TrustLedger
    amount: Money
    reason: str
    method: str = ""
    payee: str = ""
    payee_details: PayeeDetails | None = None
    target: TrustLedger | None = None
    authority: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    assignee: Person | None = None

    def columns(self) -> dict[str, object]:
        """Return the columns of the request's row."""
        to_us = self.kind is RequestKind.BILL
        paid_to = None if to_us else self.payee_details
        return {
            "kind": self.kind,
            "account_id": self.ledger.account_id,
            "ledger": self.ledger,
            "target": self.target,
            "amount_minor": self.amount.minor,
            "reason": tidy(self.reason),
            "method": self.method,
            "payee": "" if to_us else self.named_payee,
            "payee_details": paid_to,
            "authority": tidy(self.authority),
            "details": dict(self.details),
            "assignee": self.assignee,
        }

    @property
    def named_payee(self) -> str:
        """Return who is paid: the contact whose bank details are given, else the name that was typed."""
        return self.payee_details.contact.name if self.payee_details else tidy(self.payee)


def problems(details: RequestDetails) -> list[Problem]:
    """Return everything that is wrong with what is asked for."""
    found = []
    if details.amount.minor <= 0:
        found.append(Problem("amount", "Enter an amount above nought."))
    if not tidy(details.reason):
        found.append(Problem("reason", "Enter for what the money moves."))
    if details.kind in _PAYS_OUT and details.method not in set(PaymentMethod):
        found.append(Problem("method", "Choose how the money is paid."))
    if details.kind is RequestKind.WITHDRAWAL:
        found += _payee_problems(details)
    if details.kind is RequestKind.TRANSFER:
        found += _transfer_problems(details)
    return found + [
        Problem(part, f"Use at most {most} characters.")
        for part, most in LONGEST.items()
        if len(getattr(details, part)) > most
    ]


def _payee_problems(details: RequestDetails) -> list[Problem]:
    if not details.named_payee:
        return [Problem("payee", "Enter who is paid.")]
    if details.details.get(TO_CLIENT) and not is_client(
        details.ledger, details.named_payee, details.payee_details
    ):
        return [Problem("payee", "Money paid back goes to the client of the matter, nobody else.")]
    return []


def is_client(ledger: TrustLedger, payee: str, details: PayeeDetails | None) -> bool:
    """Tell whether a payee is the client of the ledger's matter, by bank details where there are any."""
    if ledger.matter is None:
        return False
    if details is not None:
        return details.contact_id == ledger.matter.client_id
    return payee == ledger.matter.client.name


def _transfer_problems(details: RequestDetails) -> list[Problem]:
    if details.target is None:
        return [Problem("target", "Choose the ledger that the money goes to.")]
    if details.target == details.ledger:
        return [Problem("target", "Choose another ledger than the one it comes from.")]
    if details.target.account_id != details.ledger.account_id:
        return [Problem("target", "Choose a ledger of the same trust account.")]
    return []
