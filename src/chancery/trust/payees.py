"""Where money may be paid to: a contact's bank details in every version, and the call that checked them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import firms, history, permissions
from chancery.practice.contacts import Contact
from chancery.practice.people import Person
from chancery.trust import settings
from chancery.trust.models import PayeeCheck as PayeeCheck
from chancery.trust.models import PayeeDetails as PayeeDetails

KIND = "payee"
_OTHERS_SHOWN = 20
_LIMITS = {"called_number": 40, "number_source": 200, "spoke_with": 120}


@dataclass(eq=False)
class PayeeNotVerified(Refusal):
    """Nobody has heard these bank details from the payee's own mouth."""

    code: ClassVar[str] = "trust.payee_not_verified"

    payee: str
    number: str

    def __str__(self) -> str:
        return (
            f"The bank details {self.number} of {self.payee} are not verified. Let someone other than"
            " who entered them call back on a number found elsewhere, and record the call."
        )


@dataclass(eq=False)
class PayeeDetailsChanged(Refusal):
    """The payee has other bank details by now than those that the request names."""

    code: ClassVar[str] = "trust.payee_details_changed"

    payee: str
    old: str
    new: str

    def __str__(self) -> str:
        return (
            f"The bank details of {self.payee} were changed from {self.old} to {self.new} after this was"
            " asked for. Find out who changed them; then edit the request to use those that are right."
        )


@dataclass(eq=False)
class OwnCheck(Refusal):
    """Whoever entered bank details does not check them."""

    code: ClassVar[str] = "trust.own_payee_check"

    def __str__(self) -> str:
        return "You entered these bank details; somebody else has to call back."


@dataclass(eq=False)
class CheckedAlready(Refusal):
    """These bank details were checked."""

    code: ClassVar[str] = "trust.payee_checked_already"

    def __str__(self) -> str:
        return "These bank details were checked already. Only changed details are checked again."


@dataclass(eq=False)
class NoSuchPayee(Refusal):
    """This firm has no such bank details."""

    code: ClassVar[str] = "trust.no_such_payee"

    def __str__(self) -> str:
        return "There are no such bank details. Go back to the contact."


@dataclass(frozen=True)
class CallBack:
    """A call to the payee: which number, where it was found, who answered."""

    called_number: str
    number_source: str
    spoke_with: str


def visible(details_id: UUID) -> PayeeDetails:
    """Return one version of a contact's bank details.

    Refuses: NoSuchPayee.
    """
    found = _details().filter(pk=details_id).first()
    if found is None:
        raise NoSuchPayee
    return found


def latest(contact_id: UUID) -> PayeeDetails | None:
    """Return a contact's bank details as they now stand."""
    return _details().filter(contact_id=contact_id).order_by("-turn").first()


def is_verified(details: PayeeDetails) -> bool:
    """Return whether a call back checked these very details."""
    return PayeeCheck.objects.filter(details=details).exists()


def check_of(details: PayeeDetails) -> PayeeCheck | None:
    """Return the call that checked these very details, if there was one."""
    return PayeeCheck.objects.select_related("by").filter(details=details).first()


def enter(
    *, contact: Contact, account_name: str, number: Mapping[str, str], by: Person, at: datetime
) -> PayeeDetails:
    """Enter a contact's bank details, or other ones: they are unverified until someone calls back.

    Refuses: NotAllowed, JurisdictionNotChosen, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    read = settings.policy().pack.read_bank_number(number)
    name = tidy(account_name)
    problems = [Problem(f"number_{part}", " ".join(words)) for part, words in read.findings.items()]
    if not 0 < len(name) <= 150:  # noqa: PLR2004 - the column's length
        problems.append(
            Problem("account_name", "Enter the name of the account, as its bank has it.")
        )
    refuse_any(problems)
    firms.lock(by.firm_id)
    before = latest(contact.id)
    details = PayeeDetails.objects.create(
        firm_id=by.firm_id,
        contact=contact,
        turn=before.turn + 1 if before else 1,
        account_name=name,
        number=dict(read.parts),
        number_shown=read.shown,
        entered_by=by,
        entered_at=at,
    )
    changes = {
        "Account name": (before.account_name if before else "", name),
        "Account number": (before.number_shown if before else "", read.shown),
    }
    _record(details, "Entered bank details", by, at, changes)
    return details


def check(*, details: PayeeDetails, call: CallBack, by: Person, at: datetime) -> PayeeCheck:
    """Record the call that confirmed bank details, made by somebody other than who entered them.

    Refuses: NotAllowed, OwnCheck, CheckedAlready, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.CHECK_PAYEES)
    if details.entered_by_id == by.id:
        raise OwnCheck
    if is_verified(details):
        raise CheckedAlready
    words = {part: tidy(getattr(call, part)) for part in _LIMITS}
    refuse_any(
        [
            Problem(part, f"Enter this, in at most {most} characters.")
            for part, most in _LIMITS.items()
            if not 0 < len(words[part]) <= most
        ]
    )
    made = PayeeCheck.objects.create(firm_id=by.firm_id, details=details, by=by, at=at, **words)
    changes = {"Called": ("", words["called_number"]), "Found": ("", words["number_source"])}
    _record(details, "Called back", by, at, changes | {"Spoke with": ("", words["spoke_with"])})
    return made


def require_verified(details: PayeeDetails) -> None:
    """Let money go only where a call back confirmed the details.

    Refuses: PayeeNotVerified.
    """
    if not is_verified(details):
        raise PayeeNotVerified(details.account_name, details.number_shown)


def require_latest(details: PayeeDetails) -> None:
    """Let money go only to bank details that nobody has changed since.

    Refuses: PayeeDetailsChanged.
    """
    newest = latest(details.contact_id)
    if newest is not None and newest.id != details.id:
        raise PayeeDetailsChanged(details.contact.name, details.number_shown, newest.number_shown)


def versions_of(contact_id: UUID) -> list[PayeeDetails]:
    """Return a contact's bank details in every version with its check, the newest first."""
    versions = _details().select_related("check_made__by").filter(contact_id=contact_id)
    return list(versions.order_by("-turn"))


def others_with(details: PayeeDetails) -> list[PayeeDetails]:
    """Return other contacts' present details that name the same account; one account, two payees."""
    same = _details().filter(number=details.number).exclude(contact_id=details.contact_id)
    newest = [each for each in same.order_by("contact__name", "id") if _is_latest(each)]
    return newest[:_OTHERS_SHOWN]


def _is_latest(details: PayeeDetails) -> bool:
    later = PayeeDetails.objects.filter(contact_id=details.contact_id, turn__gt=details.turn)
    return not later.exists()


def _details() -> QuerySet[PayeeDetails]:
    return PayeeDetails.objects.select_related("contact", "entered_by")


def _record(
    details: PayeeDetails, act: str, by: Person, at: datetime, changes: history.Changes
) -> None:
    history.record(
        of=("contact", details.contact_id),
        firm_id=details.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )
