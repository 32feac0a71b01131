"""Ask for money to be received, paid out or moved; ask back, approve, reject. No money moves here.

A request counts its edits: an approval holds for the version it was given to, so that any edit after it
makes it void. ``withdrawals`` and ``transfers`` do what was approved.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import permissions, versions
from chancery.practice.people import Person
from chancery.trust import approvals, client_ledgers, request_steps
from chancery.trust.models import MoneyRequest as MoneyRequest
from chancery.trust.models import RequestStep
from chancery.trust.models.requests import RequestKind as RequestKind
from chancery.trust.models.requests import RequestState as RequestState
from chancery.trust.request_details import LONGEST, problems
from chancery.trust.request_details import RequestDetails as RequestDetails
from chancery.trust.request_steps import KIND as KIND
from chancery.trust.rules import withdrawals as rules

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


@dataclass(eq=False)
class NothingAsked(Refusal):
    """Only what was asked back is answered."""

    code: ClassVar[str] = "trust.nothing_asked_back"

    def __str__(self) -> str:
        return "Nobody asked anything back. Edit the request to change what it says."


@dataclass(eq=False)
class NotYourRequest(Refusal):
    """A request is taken back by who prepared it."""

    code: ClassVar[str] = "trust.not_your_request"

    asked_by: str

    def __str__(self) -> str:
        return f"{self.asked_by} asked for this. Let them take it back, or an approver reject it."


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
    first = {"asked_by": by, "asked_at": at, **details.columns()}
    request, is_new = MoneyRequest.objects.get_or_create(
        firm_id=by.firm_id, key=key, defaults=first
    )
    if is_new:
        request_steps.take(request, "asked", by, at)
        _settle(request, by)
    return visible(request.id)


def edit(
    *, request_id: UUID, details: RequestDetails, version: int, by: Person, at: datetime
) -> MoneyRequest:
    """Change what is asked for; every approval given before is void.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, ChangedMeanwhile, DetailsNotRight, AccountClosed.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    client_ledgers.require_open(details.ledger.account)
    refuse_any(problems(details))
    with transaction.atomic():
        request = lock(request_id)
        versions.require(request, KIND, seen=version)
        assert request.kind == details.kind, "an edit changes what is asked for, not of which kind"
        if approvals.behind(request, by).given:
            permissions.require(by, permissions.Act.EDIT_APPROVED)
        before = request_steps.facts(request)
        for column, value in details.columns().items():
            setattr(request, column, value)
        request.version += 1
        request.state = RequestState.ASKED
        request.save(update_fields=[*details.columns(), "version", "state"])
        request_steps.take(
            request, "edited", by, at, changes=request_steps.differences(before, request)
        )
        _settle(request, by)
    return visible(request_id)


def ask_back(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Say what is missing before the request can be approved.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    return _turn(request_id, RequestState.NEEDS_INFORMATION, "asked back", _words(words), by, at)


def answer(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Answer what was asked back.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, NothingAsked, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    words = _words(words)
    with transaction.atomic():
        request = lock(request_id)
        if request.state != RequestState.NEEDS_INFORMATION:
            raise NothingAsked
        request_steps.take(request, "answered", by, at, words=words)
        _settle(request, by)
    return visible(request_id)


def approve(*, request_id: UUID, version: int, by: Person, at: datetime) -> MoneyRequest:
    """Approve a request as it stands; never what one asked for or edited.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, OwnApproval, ApprovedAsItWas, AlreadyApproved.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    with transaction.atomic():
        request = lock(request_id)
        made, given = approvals.prepared(request), approvals.given(request)
        rules.may_approve(made, given, str(by.id), version)
        request_steps.take(request, "approved", by, at)
        _settle(request, by)
    return visible(request_id)


def reject(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Say no, and why; whoever still wants the money moved asks anew.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.APPROVE_MONEY)
    return _turn(request_id, RequestState.REJECTED, "rejected", _words(words), by, at)


def withdraw(*, request_id: UUID, words: str, by: Person, at: datetime) -> MoneyRequest:
    """Take back what one asked for or edited.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, NotYourRequest, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.ASK_FOR_MONEY)
    found = visible(request_id)
    if str(by.id) not in approvals.prepared(found).hands:
        raise NotYourRequest(found.asked_by.name)
    return _turn(request_id, RequestState.WITHDRAWN, "taken back", _words(words), by, at)


def steps_of(request: MoneyRequest) -> list[RequestStep]:
    """Return every step on a request in its order, with who took it."""
    return list(request.steps.select_related("by").order_by("at", "id"))


def finish(request: MoneyRequest, *, by: Person, at: datetime, words: str = "") -> None:
    """Mark a locked request done, in the transaction of what it asked for."""
    request.state = RequestState.DONE
    request.save(update_fields=["state"])
    request_steps.take(request, "done", by, at, words=words)


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


def _turn(
    request_id: UUID, state: RequestState, act: str, words: str, by: Person, at: datetime
) -> MoneyRequest:
    with transaction.atomic():
        request = lock(request_id)
        request.state = state
        request.save(update_fields=["state"])
        request_steps.take(request, act, by, at, words=words)
    return visible(request_id)


def _settle(request: MoneyRequest, by: Person) -> None:
    """Let a request wait for approval, or stand approved once as many are behind it as must."""
    waits = approvals.behind(request, by).missing
    request.state = RequestState.ASKED if waits else RequestState.APPROVED
    request.save(update_fields=["state"])


def _words(words: str) -> str:
    words = tidy(words)
    problem = Problem("words", "Say it in a few words, at most 300 characters.")
    refuse_any([] if 0 < len(words) <= LONGEST["reason"] else [problem])
    return words
