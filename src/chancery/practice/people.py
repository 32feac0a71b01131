"""The people of a firm: who may sign in, as what, and who has left."""

from uuid import UUID

from chancery.practice.models import Person, User


def places_of(user: User) -> list[Person]:
    """Return where this user works now, the earliest first; needs only the user to be set."""
    places = Person.objects.filter(user_id=user.id, left_at__isnull=True)
    return list(places.order_by("joined_at", "id"))


def with_firm(person_id: UUID) -> Person:
    """Return a person of this firm with the firm at hand."""
    return Person.objects.select_related("firm", "user").get(pk=person_id)
