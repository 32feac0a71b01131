"""The list of contacts: what it may be narrowed to, in the order of names."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from chancery.practice import folding
from chancery.practice.models import Contact, Person

ORDER = ("folded", "id")


@dataclass(frozen=True)
class ContactFilter:
    """What is asked for; an empty part asks nothing. ``text`` begins a word of the name, or the e-mail."""

    kind: str = ""
    role: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.role or self.text.strip())


def found(person: Person, asked: ContactFilter) -> QuerySet[Contact]:
    """Return the contacts of the person's firm that fit, by name; names alike stand by their ids."""
    contacts = Contact.objects.filter(firm_id=person.firm_id).prefetch_related("roles")
    if asked.kind:
        contacts = contacts.filter(kind=asked.kind)
    if asked.role:
        contacts = contacts.filter(roles__role=asked.role)
    if asked.text.strip():
        named = Q(pk__in=folding.beginning("contact", asked.text))
        contacts = contacts.filter(named | Q(email__startswith=asked.text.strip().lower()))
    return contacts.order_by(*ORDER)
