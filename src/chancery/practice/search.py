"""Find contacts and matters by how their names and numbers begin.

A contact is found by the beginning of any word of its name; a matter by the beginning of its number,
of its reference, or of any word of its title. Case, accents and punctuation do not count. Matters go
down a ladder: while one active matter matches, only active ones are shown; else inactive, else closed.

The range over ``folded`` is what the index search_by_beginning answers under row security; LIKE would
not be let near the index there (decision 0008).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef

from chancery.practice.models import Contact, ContactRole, Matter, SearchEntry
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.models.matter import MatterStatus

LADDER = (MatterStatus.ACTIVE, MatterStatus.INACTIVE, MatterStatus.CLOSED)
OFFSET_MAX = 1000  # who pages further should say more of the name
QUESTION_MAX = 200  # no name is longer
_BATCH = 64
_AFTER_ALL_TEXT = "\U0010ffff"
_ONLY_RUNG = 0

Hit = TypeVar("Hit")


@dataclass(frozen=True)
class Some(Generic[Hit]):
    """Some of what was found, in the order of what matched, and whether there is more."""

    hits: tuple[Hit, ...]
    has_more: bool


@dataclass(frozen=True)
class ContactHit:
    """A contact that was found, with what tells it from others of its name."""

    id: UUID
    name: str
    kind: str
    roles: tuple[str, ...]
    matter_count: int


@dataclass(frozen=True)
class MatterHit:
    """A matter that was found."""

    number: str
    title: str
    reference: str
    status: MatterStatus
    client: str
    responsible: str


def fold(question: str) -> str:
    """Return the question as names are compared; empty when it holds no letter and no figure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT practice_fold(%s)", [question.replace("\0", "")[:QUESTION_MAX]])
        return str(cursor.fetchone()[0])


def contacts(folded: str, *, limit: int, offset: int = 0) -> Some[ContactHit]:
    """Return the firm's contacts that a folded question finds."""
    ids, has_more = _some("contact", _ONLY_RUNG, folded, limit=limit, offset=offset)
    roles = ContactRole.objects.filter(contact=OuterRef("pk")).values("role")
    found = Contact.objects.filter(id__in=ids)
    found = found.annotate(matter_count=Count("matters"), held=ArraySubquery(roles))
    by_id = {contact.id: contact for contact in found}
    hits = tuple(
        ContactHit(
            id=contact.id,
            name=contact.name,
            kind=contact.get_kind_display(),
            roles=tuple(sorted(RoleOfContact(role).label for role in contact.held)),
            matter_count=contact.matter_count,
        )
        for contact in (by_id[id_] for id_ in ids)
    )
    return Some(hits, has_more)


def matters(
    folded: str, *, limit: int, offset: int = 0, status: MatterStatus | None = None
) -> Some[MatterHit]:
    """Return the firm's matters that a folded question finds: of one status, or by the ladder."""
    ids, has_more = _down_the_ladder(folded, limit=limit, offset=offset, status=status)
    found = Matter.objects.filter(id__in=ids).select_related("client", "responsible")
    by_id = {matter.id: matter for matter in found}
    hits = tuple(
        MatterHit(
            number=matter.number,
            title=matter.title,
            reference=matter.reference,
            status=MatterStatus(matter.status),
            client=matter.client.name,
            responsible=matter.responsible.name,
        )
        for matter in (by_id[id_] for id_ in ids)
    )
    return Some(hits, has_more)


def _down_the_ladder(
    folded: str, *, limit: int, offset: int, status: MatterStatus | None
) -> tuple[list[UUID], bool]:
    rungs = [LADDER.index(status)] if status else range(len(LADDER))
    for rung in rungs:
        ids, has_more = _some("matter", rung, folded, limit=limit, offset=offset)
        if ids:
            return ids, has_more
        if offset and _some("matter", rung, folded, limit=1, offset=0)[0]:
            break
    return [], False


def _some(kind: str, rung: int, folded: str, *, limit: int, offset: int) -> tuple[list[UUID], bool]:
    """Return some records in the order of what matched, each once, and whether there is more."""
    offset = min(offset, OFFSET_MAX)
    found: dict[UUID, None] = {}
    for record_id in _matches(kind, rung, folded, at_once=max(_BATCH, offset + limit + 1)):
        found[record_id] = None
        if len(found) > offset + limit:
            break
    ids = list(found)[offset:]
    return ids[:limit], len(ids) > limit


def _matches(kind: str, rung: int, folded: str, *, at_once: int) -> Iterator[UUID]:
    """Yield every match in the index's own order, batch by batch; a record may come again."""
    if not folded:
        return
    entries = SearchEntry.objects.filter(
        kind=kind, ladder=rung, folded__gte=folded, folded__lt=folded + _AFTER_ALL_TEXT
    )
    record_ids = entries.order_by("folded", "record_id").values_list("record_id", flat=True)
    start = 0
    while batch := list(record_ids[start : start + at_once]):
        yield from batch
        if len(batch) < at_once:
            return
        start += at_once
