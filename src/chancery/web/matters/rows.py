"""Matters as pages show them: frozen, with every word ready."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.practice.matters import Matter


@dataclass(frozen=True)
class MatterRow:
    """A matter as a line of a list, and as its own page begins."""

    number: str
    title: str
    reference: str
    client_id: UUID
    client: str
    type: str
    responsible: str
    status: str
    status_label: str
    opened_on: date


def row_of(matter: Matter) -> MatterRow:
    """Return a matter for the page; its client, type and responsible are at hand."""
    return MatterRow(
        number=matter.number,
        title=matter.title,
        reference=matter.reference,
        client_id=matter.client_id,
        client=matter.client.name,
        type=matter.type.name,
        responsible=matter.responsible.name,
        status=matter.status,
        status_label=matter.get_status_display(),
        opened_on=matter.opened_on,
    )
