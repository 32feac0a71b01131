"""The list of requests: what it may be narrowed to, and what waits for one person to act."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from chancery.practice.people import Person
from chancery.practice.permissions import Act, allows
from chancery.trust.models import MoneyRequest, RequestStep
from chancery.trust.models.requests import RequestKind, RequestState

ORDER = ("-asked_at", "-id")


@dataclass(frozen=True)
class RequestFilter:
    """What is asked for; an empty part asks nothing. ``waiting_for`` is who has to act next."""

    kind: str = ""
    state: str = ""
    account: UUID | None = None
    asked_by: UUID | None = None
    waiting_for: Person | None = None

    def __bool__(self) -> bool:
        return bool(self.kind or self.state or self.account or self.asked_by)


def found(asked: RequestFilter) -> QuerySet[MoneyRequest]:
    """Return the firm's requests that fit, the latest first, with all that a list shows of them."""
    requests = MoneyRequest.objects.select_related(
        "account",
        "ledger__matter__client",
        "target__matter__client",
        "asked_by",
        "payee_details__check_made",
    )
    exact = {
        "kind": asked.kind,
        "state": asked.state,
        "account_id": asked.account,
        "asked_by_id": asked.asked_by,
    }
    requests = requests.filter(**{column: value for column, value in exact.items() if value})
    if asked.waiting_for:
        requests = requests.filter(_waits_for(asked.waiting_for))
    return requests.order_by(*ORDER)


def count_waiting(person: Person) -> int:
    """Return how many requests wait for this person to act."""
    return MoneyRequest.objects.filter(_waits_for(person)).count()


def _waits_for(person: Person) -> Q:
    """Return what waits for a person: to approve, to answer, to let money move or take it in."""
    waits = Q(state=RequestState.NEEDS_INFORMATION, asked_by=person)
    if allows(person, Act.APPROVE_MONEY):
        free = Q(assignee=None) | Q(assignee=person)
        waits |= Q(state=RequestState.ASKED) & free & Q(~Exists(_hands_of(person)))
    if allows(person, Act.RELEASE_MONEY):
        waits |= Q(state=RequestState.APPROVED) & ~Q(kind=RequestKind.RECEIPT)
    if allows(person, Act.TAKE_RECEIPTS):
        waits |= Q(state=RequestState.APPROVED, kind=RequestKind.RECEIPT)
    return waits


def _hands_of(person: Person) -> QuerySet[RequestStep]:
    """Return the steps by which a person prepared a request, or approved it as it stands."""
    steps = RequestStep.objects.filter(request_id=OuterRef("pk"), by=person)
    prepared = Q(act__in=("asked", "edited"))
    return steps.filter(prepared | Q(act="approved", version=F("request__version")))
