"""Documents as PDF: shown by the browser, to print or to keep."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse

from chancery.lib import clock, ids
from chancery.practice.people import Person
from chancery.reports.imprint import Imprint, paper_of


def answer(name: str, content: bytes) -> HttpResponse:
    """Answer with a PDF under a name."""
    made = HttpResponse(content, content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return made


def imprint_of(request: HttpRequest, *, at: datetime | None = None) -> Imprint:
    """Return whose document it is, made now in the firm's zone by whoever asks for it."""
    person: Person = request.person  # type: ignore[attr-defined]  # a signed-in person's request
    made_at = (at or clock.now()).astimezone(ZoneInfo(person.firm.time_zone))
    return Imprint(
        practice=person.firm.name,
        run=str(ids.new()),
        made_at=made_at,
        made_by=person.name,
        paper=paper_of(person.firm.country),
    )
