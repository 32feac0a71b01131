"""What the frame around a page needs to know."""

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the signed-in person and firm, for the bar and the navigation."""
    person = getattr(request, "person", None)
    return {"person": person, "firm": person.firm if person else None}
