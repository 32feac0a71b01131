"""The list of matters: what it may be narrowed to, the latest number first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from chancery.practice import folding
from chancery.practice.models import Matter, Person

ORDER = ("-number",)


@dataclass(frozen=True)
class MatterFilter:
    """What is asked for; an empty part asks nothing.

    ``text`` begins a word of the title, the number, the reference, or a word of the client's name.
    """

    status: str = ""
    type: UUID | None = None
    responsible: UUID | None = None
    client: UUID | None = None
    text: str = ""

    def __bool__(self) -> bool:
        narrowed = self.status or self.type or self.responsible or self.client
        return bool(narrowed or self.text.strip())


def found(person: Person, asked: MatterFilter) -> QuerySet[Matter]:
    """Return the matters of the person's firm that fit, by number, the latest first."""
    matters = Matter.objects.filter(firm_id=person.firm_id)
    matters = matters.select_related("client", "type", "responsible")
    if asked.status:
        matters = matters.filter(status=asked.status)
    exact = {
        "type_id": asked.type,
        "responsible_id": asked.responsible,
        "client_id": asked.client,
    }
    matters = matters.filter(**{column: value for column, value in exact.items() if value})
    if asked.text.strip():
        of_matter = Q(pk__in=folding.beginning("matter", asked.text))
        of_client = Q(client_id__in=folding.beginning("contact", asked.text))
        matters = matters.filter(of_matter | of_client)
    return matters.order_by(*ORDER)
