"""Matters: list, read by number, open, change; and the types that they are sorted by."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from chancery.api import idempotency
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Day, FilterText, Named, Version
from chancery.api.tokens import Bearer
from chancery.lib.problems import Problem, refuse_any
from chancery.practice import contacts, matter_list, matter_types, matters, people
from chancery.practice.api_tokens import Scope
from chancery.practice.contacts import Contact
from chancery.practice.matter_list import MatterFilter
from chancery.practice.matter_types import MatterType
from chancery.practice.matters import Matter, MatterDetails, MatterStatus
from chancery.practice.people import Person

router = Router(tags=["matters"])
Title = Annotated[str, Field(max_length=200)]
Number = Annotated[str, Field(max_length=30)]
Reference = Annotated[str, Field(max_length=60)]
NumberInPath = Annotated[str, Field(max_length=30, pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")]
_OF_STATUS = frozenset({"version", "status", "why"})


class MatterIn(Asked):
    """A matter to open. Without a number it gets the next free one of its year."""

    title: Title
    client_id: UUID
    type_id: UUID
    responsible_id: Annotated[
        UUID | None, Field(description="A person of the firm; the token's own where none is sent")
    ] = None
    opened_on: Annotated[Day | None, Field(description="The firm's today where none is sent")] = (
        None
    )
    number: Number = ""
    reference: Reference = ""


class MatterPatch(Asked):
    """What to change: a field that is left out stays. ``status`` goes with ``why``, in a request of its own."""

    version: Version
    title: Title = ""
    client_id: UUID | None = None
    type_id: UUID | None = None
    responsible_id: UUID | None = None
    opened_on: Day | None = None
    number: Number = ""
    reference: Reference = ""
    status: MatterStatus | None = None
    why: Annotated[str, Field(max_length=200)] = ""


class MatterOut(BaseModel):
    """A matter as it stands."""

    id: UUID
    number: str
    title: str
    reference: str
    client: Named
    type: Named
    responsible: Named
    status: MatterStatus
    opened_on: date
    version: int
    created_at: datetime


class MatterTypesOut(BaseModel):
    """The kinds of work that the firm sorts its matters by, all of them, by name."""

    items: list[Named]


class MatterQuery(PageQuery):
    """What the list is narrowed to."""

    status: MatterStatus | None = None
    type_id: UUID | None = None
    responsible_id: UUID | None = None
    client_id: UUID | None = None
    text: Annotated[
        FilterText,
        Field(
            description="Begins a word of the title or the client's name, the number or reference"
        ),
    ] = ""


@router.get(
    "/matter-types",
    auth=Bearer(Scope.MATTERS_READ),
    response=MatterTypesOut,
    summary="List the types of matters",
)
def list_matter_types(request: ApiRequest) -> MatterTypesOut:
    """Answer with every type; a firm has at most a hundred."""
    return MatterTypesOut(items=[_named(one) for one in matters.types_of(request.person)])


@router.get(
    "/matters",
    auth=Bearer(Scope.MATTERS_READ),
    response=Page[MatterOut],
    summary="List the matters",
)
def list_matters(request: ApiRequest, asked: Query[MatterQuery]) -> Page[MatterOut]:
    """Answer with the matters that fit, a page at a time, the earliest opened here first."""
    narrowed = MatterFilter(
        status=asked.status or "",
        type=asked.type_id,
        responsible=asked.responsible_id,
        client=asked.client_id,
        text=asked.text,
    )
    return page_of(request, matter_list.found(request.person, narrowed), asked, _shown)


@router.post(
    "/matters",
    auth=Bearer(Scope.MATTERS_WRITE),
    response={201: MatterOut},
    summary="Open a matter",
)
@idempotency.optional
def open_matter(
    request: ApiRequest, payload: MatterIn, response: HttpResponse
) -> Status[MatterOut]:
    """Open a matter; its client becomes a client among the contacts."""
    named = _named_records(request, payload)
    details = MatterDetails(
        title=payload.title,
        number=payload.number,
        reference=payload.reference,
        opened_on=payload.opened_on or today(request),
        **{"responsible": request.person, **named},
    )
    made = matters.open(details=details, by=request.person, at=request.at)
    response["Location"] = f"{request.path}/{made.number}"
    return Status(201, _shown(made))


@router.get(
    "/matters/{number}",
    auth=Bearer(Scope.MATTERS_READ),
    response=MatterOut,
    summary="Read a matter",
)
def read_matter(request: ApiRequest, number: NumberInPath) -> MatterOut:
    """Answer with the matter of this number."""
    return _shown(_matter_of(request, number))


@router.patch(
    "/matters/{number}",
    auth=Bearer(Scope.MATTERS_WRITE),
    response=MatterOut,
    summary="Change a matter, or its status",
)
def change_matter(request: ApiRequest, number: NumberInPath, payload: MatterPatch) -> MatterOut:
    """Change what is sent; or, with ``status`` and ``why``, where the matter stands."""
    found = _matter_of(request, number)
    _refuse_mixed(payload)
    if payload.status:
        kept = matters.set_status(
            matter=found,
            status=payload.status,
            why=payload.why,
            version=payload.version,
            by=request.person,
            at=request.at,
        )
    else:
        kept = matters.change(
            matter=found,
            details=_changed(request, MatterDetails.of(found), payload),
            version=payload.version,
            by=request.person,
            at=request.at,
        )
    return _shown(kept)


def _matter_of(request: ApiRequest, number: str) -> Matter:
    try:
        return matters.visible_to(request.person, number)
    except Matter.DoesNotExist as missing:
        raise Http404("No such matter.") from missing


def _refuse_mixed(payload: MatterPatch) -> None:
    """Refuse a change of status among other changes: each is an act of its own in the history."""
    sent = payload.model_fields_set
    if sent.isdisjoint({"status", "why"}):
        return
    found = [
        Problem(field, "Change the status in a request of its own.")
        for field in sorted(sent - _OF_STATUS)
    ]
    if not payload.status:
        found.append(Problem("status", "Send the status that the reason is for."))
    refuse_any(found)


def _changed(request: ApiRequest, before: MatterDetails, payload: MatterPatch) -> MatterDetails:
    """Return the details with what was sent in place of what stood there. Refuses: DetailsNotRight."""
    plain = ("title", "number", "reference", "opened_on")
    sent = {field: getattr(payload, field) for field in plain if field in payload.model_fields_set}
    if sent.get("opened_on", before.opened_on) is None:
        del sent["opened_on"]
    return MatterDetails(**{**vars(before), **sent, **_named_records(request, payload)})


def _named_records(request: ApiRequest, payload: MatterIn | MatterPatch) -> dict[str, Any]:
    """Return the records that the request names; all that are not there are said at once."""
    wanted = {
        "client": (payload.client_id, contacts.visible_to, Contact.DoesNotExist),
        "type": (payload.type_id, matter_types.visible_to, MatterType.DoesNotExist),
        "responsible": (payload.responsible_id, people.visible_to, Person.DoesNotExist),
    }
    found: dict[str, Any] = {}
    missing = []
    for name, (record_id, visible_to, is_missing) in wanted.items():
        if record_id is None:
            continue
        try:
            found[name] = visible_to(request.person, record_id)
        except is_missing:
            missing.append(Problem(f"{name}_id", "The firm has no such record. Send another id."))
    refuse_any(missing)
    return found


def _named(record: Contact | MatterType | Person) -> Named:
    return Named(id=str(record.id), name=record.name)


def _shown(matter: Matter) -> MatterOut:
    return MatterOut(
        id=matter.id,
        number=matter.number,
        title=matter.title,
        reference=matter.reference,
        client=_named(matter.client),
        type=_named(matter.type),
        responsible=_named(matter.responsible),
        status=MatterStatus(matter.status),
        opened_on=matter.opened_on,
        version=matter.version,
        created_at=matter.created_at,
    )
