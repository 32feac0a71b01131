"""Ask for money to be received, paid out or moved; ask back, approve, reject. No money moves here.

A request counts its edits: an approval holds for the version it was given to, so that any edit after it
makes it void. ``withdrawals`` and ``transfers`` do what was approved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, people, permissions, versions
from chancery.practice.people import Person
from chancery.trust import client_ledgers
from chancery.trust.models import MoneyRequest as MoneyRequest
from chancery.trust.models import RequestStep, TrustLedger
from chancery.trust.models.requests import RequestKind as RequestKind
from chancery.trust.models.requests import RequestState as RequestState
from chancery.trust.payees import PayeeDetails
from chancery.trust.rules import withdrawals as rules
from chancery.trust.rules.withdrawals import Approval, Prepared

KIND = "request"
LONGEST = {"reason": 300, "payee": 200, "authority": 200}
OPEN_STATES = (RequestState.ASKED, RequestState.NEEDS_INFORMATION, RequestState.APPROVED)


@dataclass(eq=False)
class NoSuchRequest(Refusal):
    """This firm has no such request."""

    code: ClassVar[str] = "trust.no_such_request"

    def __str__(self) -> str:
        return "There is no such request. Go back to the list."


@dataclass(eq=False)
class RequestHasEnded(Refusal):
    """The request is done, rejected or withdrawn."""

    code: ClassVar[str] = "trust.request_has_ended"

    state: str

    def __str__(self) -> str:
        return f"This request is {self.state.lower()}. Ask anew if money is still to move."


@dataclass(frozen=True)
class RequestDetails:
    """What is asked for. ``ledger`` is where money comes in or goes out; ``target`` where a transfer goes.

    ``details`` holds what only its kind has, such as the facts of a bill, as JSON takes it.
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
        return {
            "kind": self.kind,
            "account_id": self.ledger.account_id,
            "ledger": self.ledger,
            "target": self.target,
            "amount_minor": self.amount.minor,
            "reason": tidy(self.reason),
            "method": self.method,
            "payee": tidy(self.payee),
            "payee_details": self.payee_details,
            "authority": tidy(self.authority),
            "details": dict(self.details),
            "assignee": self.assignee,
        }


def visible(request_id: UUID) -> MoneyRequest:
    """Return a request of this firm with everything that a page shows of it.

    Refuses: NoSuchRequest.
    """
    requests = MoneyRequest.objects.select_related(
        "account", "ledger__matter__client", "target__matter__client", "asked_by", "assignee"
    )
    found = requests.select_related("payee_details__contact").filter(pk=request_id).first()
    if found is None:
        raise NoSuchRequest
    return found


def ask(*, details: RequestDetails, by: Person, at: datetime, key: str) -> MoneyRequest:
    """Ask for money to move; the same key returns the same request.

    Refuses: NotAllowed, DetailsNotRight, AccountClosed.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    client_ledgers.require_open(details.ledger.account)
    refuse_any(problems(details))
    if known := MoneyRequest.objects.filter(key=key).first():
        return visible(known.id)
    request = MoneyRequest.objects.create(
        firm_id=by.firm_id, asked_by=by, asked_at=at, key=key, **details.columns()
    )
    _step(request, "asked", by, at)
    return visible(request.id)


def edit(
    *, request_id: UUID, details: RequestDetails, version: int, by: Person, at: datetime
) -> MoneyRequest:
    """Change what is asked for; every approval given before is void.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, ChangedMeanwhile, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    refuse_any(problems(details))
    with transaction.atomic():
        request = lock(request_id)
        versions.require(request, KIND, seen=version)
        before = _facts(request)
        for column, value in details.columns().items():
            setattr(request, column, value)
        request.version += 1
        request.state = RequestState.ASKED
        request.save(update_fields=[*details.columns(), "version", "state"])
        _step(request, "edited", by, at, changes=history.differences(before, _facts(request)))
    return visible(request_id)


def ask_back(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Say what is missing before the request can be approved.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    return _turn(request_id, RequestState.NEEDS_INFORMATION, "asked back", _words(words), by, at)


def answer(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Answer what was asked back.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    return _turn(request_id, RequestState.ASKED, "answered", _words(words), by, at)


def approve(*, request_id: UUID, version: int, by: Person, at: datetime) -> MoneyRequest:
    """Approve a request as it stands; never one's own.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, OwnApproval, ApprovedAsItWas, AlreadyApproved.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    with transaction.atomic():
        request = lock(request_id)
        rules.may_approve(prepared(request), approvals(request), str(by.id), version)
        request.state = RequestState.APPROVED
        request.save(update_fields=["state"])
        _step(request, "approved", by, at)
    return visible(request_id)


def reject(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Say no, and why; whoever still wants the money moved asks anew.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    return _turn(request_id, RequestState.REJECTED, "rejected", _words(words), by, at)


def withdraw(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Take back what one asked for.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    return _turn(request_id, RequestState.WITHDRAWN, "taken back", _words(words), by, at)


def finish(request: MoneyRequest, *, by: Person, at: datetime) -> None:
    """Mark a locked request done, in the transaction of what it asked for."""
    request.state = RequestState.DONE
    request.save(update_fields=["state"])
    _step(request, "done", by, at)


def lock(request_id: UUID) -> MoneyRequest:
    """Hold a request that has not ended until commit.

    Refuses: NoSuchRequest, RequestHasEnded.
    """
    held = MoneyRequest.objects.select_for_update(no_key=True).filter(pk=request_id).first()
    if held is None:
        raise NoSuchRequest
    if held.state not in OPEN_STATES:
        raise RequestHasEnded(held.get_state_display())
    return held


def prepared(request: MoneyRequest) -> Prepared:
    """Return who prepared a request, and its version, as approvals are judged by."""
    amount = Money(request.amount_minor, request.account.currency)
    may_sign = permissions.allows(request.asked_by, permissions.Act.APPROVE_MONEY)
    preparers = [step.by_id for step in request.steps.order_by("at", "id") if step.act == "edited"]
    preparer = str(preparers[-1] if preparers else request.asked_by_id)
    return Prepared(preparer, amount, request.version, may_sign)


def approvals(request: MoneyRequest) -> list[Approval]:
    """Return every approval that was ever given, with the version it was given to."""
    given = RequestStep.objects.filter(request=request, act="approved")
    return [Approval(str(step.by_id), step.version) for step in given]


def people_who_may_approve(by: Person) -> int:
    """Return how many people of the firm may approve now."""
    working = people.who_work(by)
    return sum(permissions.allows(one, permissions.Act.APPROVE_MONEY) for one in working)


def problems(details: RequestDetails) -> list[Problem]:
    """Return everything that is wrong with what is asked for."""
    found = []
    if details.amount.minor <= 0:
        found.append(Problem("amount", "Enter an amount above nought."))
    if not tidy(details.reason):
        found.append(Problem("reason", "Enter for what the money moves."))
    if details.kind is RequestKind.WITHDRAWAL and not tidy(details.payee):
        found.append(Problem("payee", "Enter who is paid."))
    if details.kind is RequestKind.TRANSFER:
        found += _transfer_problems(details)
    return found + [
        Problem(part, f"Use at most {most} characters.")
        for part, most in LONGEST.items()
        if len(getattr(details, part)) > most
    ]


def _transfer_problems(details: RequestDetails) -> list[Problem]:
    if details.target is None:
        return [Problem("target", "Choose the ledger that the money goes to.")]
    if details.target == details.ledger:
        return [Problem("target", "Choose another ledger than the one it comes from.")]
    if details.target.account_id != details.ledger.account_id:
        return [Problem("target", "Choose a ledger of the same trust account.")]
    return []


def _turn(
    request_id: UUID, state: RequestState, act: str, words: str, by: Person, at: datetime
) -> MoneyRequest:
    with transaction.atomic():
        request = lock(request_id)
        request.state = state
        request.save(update_fields=["state"])
        _step(request, act, by, at, words=words)
    return visible(request_id)


def _words(words: str) -> str:
    words = tidy(words)
    problem = Problem("words", "Say it in a few words, at most 300 characters.")
    refuse_any([] if 0 < len(words) <= LONGEST["reason"] else [problem])
    return words


def _step(
    request: MoneyRequest,
    act: str,
    by: Person,
    at: datetime,
    *,
    words: str = "",
    changes: history.Changes | None = None,
) -> None:
    RequestStep.objects.create(
        firm_id=by.firm_id,
        request=request,
        act=act,
        version=request.version,
        words=words,
        by=by,
        at=at,
    )
    told = (changes or {}) | ({"Words": ("", words)} if words else {})
    history.record(
        of=(KIND, request.id),
        firm_id=by.firm_id,
        act=act.capitalize(),
        by=by,
        at=at,
        changes=told,
    )


def _facts(request: MoneyRequest) -> dict[str, object]:
    """Return a request as its history tells it."""
    details = request.payee_details
    return {
        "Amount": str(Money(request.amount_minor, request.account.currency)),
        "Reason": request.reason,
        "Paid by": request.method,
        "Payee": request.payee,
        "Bank details": details.number_shown if details else "",
        "Authority": request.authority,
    }
