"""People and companies that the firm deals with: enter, change, delete."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from chancery.lib.problems import refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice import constraints, history, look_alikes, versions
from chancery.practice.contact_details import ContactDetails
from chancery.practice.look_alikes import LookAlike
from chancery.practice.models import (
    Contact as Contact,
)
from chancery.practice.models import (
    ContactAddress,
    ContactIdentifier,
    ContactRole,
    Matter,
    Person,
)
from chancery.practice.models.contact import ContactKind as ContactKind
from chancery.practice.models.contact import RoleOfContact as RoleOfContact
from chancery.practice.permissions import Act, require

KIND = "contact"
RENAMED = "Renamed"
PLACEHOLDER_BANK_NAME = "Enter Your Bank Name"
_NAMED_AT_MOST = 3
_STAYS_A_BANK = (
    "trust_account_bank_is_a_bank"  # refused by a trigger of the area that keeps the money
)


@dataclass(eq=False)
class LooksAlike(Refusal):
    """The firm may have this contact already."""

    code = "practice.contact_looks_alike"

    found: list[LookAlike]

    def __str__(self) -> str:
        first = self.found[0]
        return f"{first.contact.name} {first.reason}. Open that contact, or save anyway."


@dataclass(eq=False)
class ContactInUse(Refusal):
    """Other records name this contact, so it stays."""

    code = "practice.contact_in_use"

    name: str
    uses: list[str]
    count: int

    def __str__(self) -> str:
        more = f" and {self.count - len(self.uses)} more" if self.count > len(self.uses) else ""
        named = ", ".join(self.uses)
        return f"{self.name} is named by {named}{more}. Name another contact there first."


@dataclass(eq=False)
class ClientHasMatters(Refusal):
    """A client of matters cannot stop being a client."""

    code = "practice.client_has_matters"

    name: str

    def __str__(self) -> str:
        return f"{self.name} is the client of a matter. Keep Client ticked, or change the matter."


@dataclass(eq=False)
class BankHoldsTrustMoney(Refusal):
    """The bank of a trust account cannot stop being a bank."""

    code = "practice.bank_holds_trust_money"

    name: str

    def __str__(self) -> str:
        return (
            f"{self.name} is the bank of a trust account. "
            "Keep Bank ticked, or choose another bank for that account first."
        )


def visible_to(person: Person, contact_id: UUID) -> Contact:
    """Return a contact of the person's firm; raises ``Contact.DoesNotExist`` for any other."""
    return Contact.objects.get(firm_id=person.firm_id, pk=contact_id)


def add(
    *, details: ContactDetails, by: Person, at: datetime, even_if_alike: bool = False
) -> Contact:
    """Enter a new contact.

    Refuses: NotAllowed, DetailsNotRight, LooksAlike (unless told to go on).
    """
    require(by, Act.EDIT_CONTACTS)
    details = details.tidied()
    refuse_any(details.problems())
    if not even_if_alike:
        _refuse_look_alikes(details, besides=None)
    with transaction.atomic():
        contact = Contact.objects.create(firm_id=by.firm_id, created_at=at, **_columns(details))
        _write_parts(contact, details)
        _record(contact, "Made", by=by, at=at)
    return contact


def change(
    *,
    contact: Contact,
    details: ContactDetails,
    version: int,
    by: Person,
    at: datetime,
    even_if_alike: bool = False,
) -> Contact:
    """Change a contact that was opened for editing at ``version``; the old words stay in its history.

    Refuses: NotAllowed, DetailsNotRight, ChangedMeanwhile, ClientHasMatters, BankHoldsTrustMoney,
    LooksAlike.
    """
    require(by, Act.EDIT_CONTACTS)
    details = details.tidied()
    refuse_any(details.problems())
    with transaction.atomic():
        kept = _lock(contact)
        versions.require(kept, KIND, seen=version)
        before = ContactDetails.of(kept)
        if before == details:
            return kept
        _refuse_losing_client(kept, details)
        if not even_if_alike and _is_known_by_other(before, details):
            _refuse_look_alikes(details, besides=kept.id)
        _overwrite(kept, details)
        act = RENAMED if before.name != details.name else "Changed"
        changes = history.differences(before.facts(), details.facts())
        _record(kept, act, by=by, at=at, changes=changes)
    return kept


def give_role(*, contact: Contact, role: RoleOfContact, why: str, by: Person, at: datetime) -> None:
    """Make a contact also a client, a bank or another of the types, as a consequence of another deed.

    Nothing happens to one that is it already. The caller has checked the permission of its own deed.
    """
    with transaction.atomic():
        kept = _lock(contact)
        before = ContactDetails.of(kept)
        if role in before.roles:
            return
        ContactRole.objects.create(firm_id=kept.firm_id, contact=kept, role=role)
        _count_change(kept)
        types = sorted(RoleOfContact(held).label for held in before.roles)
        changes = {"Contact types": (", ".join(types), ", ".join(sorted([*types, role.label])))}
        _record(kept, why, by=by, at=at, changes=changes)


def delete(*, contact: Contact, version: int, by: Person, at: datetime) -> None:
    """Delete a contact that no other record names; its history stays.

    Refuses: NotAllowed, ChangedMeanwhile, ContactInUse.
    """
    require(by, Act.EDIT_CONTACTS)
    with transaction.atomic():
        kept = _lock(contact)
        versions.require(kept, KIND, seen=version)
        facts = ContactDetails.of(kept).facts()
        nothing: dict[str, object] = dict.fromkeys(facts, "")
        _record(kept, "Deleted", by=by, at=at, changes=history.differences(facts, nothing))
        try:
            kept.delete()
        except ProtectedError as protected:
            raise _in_use(kept, protected.protected_objects) from protected


def uses_of(contact: Contact) -> ContactInUse | None:
    """Return what keeps this contact from being deleted, if anything does."""
    try:
        Collector(using=DEFAULT_DB_ALIAS, origin=contact).collect([contact])
    except ProtectedError as protected:
        return _in_use(contact, protected.protected_objects)
    return None


def _lock(contact: Contact) -> Contact:
    return Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)


def _columns(details: ContactDetails) -> dict[str, str]:
    columns = ("kind", "name", "given_name", "family_name", "email", "phone")
    return {column: getattr(details, column) for column in columns}


def _overwrite(contact: Contact, details: ContactDetails) -> None:
    for column, words in _columns(details).items():
        setattr(contact, column, words)
    contact.version += 1
    contact.save(update_fields=[*_columns(details), "version"])
    _let_go_of_roles(contact, details)
    for parts in (contact.addresses, contact.identifiers):
        parts.all().delete()
    _write_parts(contact, details)


def _let_go_of_roles(contact: Contact, details: ContactDetails) -> None:
    try:
        with transaction.atomic():
            contact.roles.exclude(role__in=details.roles).delete()
    except IntegrityError as error:
        if constraints.broken_by(error) == _STAYS_A_BANK:
            raise BankHoldsTrustMoney(contact.name) from error
        raise


def _write_parts(contact: Contact, details: ContactDetails) -> None:
    mine = {"firm_id": contact.firm_id, "contact": contact}
    ContactRole.objects.bulk_create(
        [ContactRole(**mine, role=role) for role in sorted(details.roles)],
        ignore_conflicts=True,  # one that it holds already stays as it is
    )
    ContactAddress.objects.bulk_create(
        [
            ContactAddress(**mine, kind=kind, **vars(address))
            for kind, address in details.addresses.items()
        ]
    )
    ContactIdentifier.objects.bulk_create(
        [
            ContactIdentifier(**mine, kind=kind, value=number)
            for kind, number in details.identifiers.items()
        ]
    )


def _count_change(contact: Contact) -> None:
    contact.version += 1
    contact.save(update_fields=["version"])


def _record(
    contact: Contact,
    act: str,
    *,
    by: Person,
    at: datetime,
    changes: history.Changes | None = None,
) -> None:
    history.record(
        of=(KIND, contact.id), firm_id=contact.firm_id, act=act, by=by, at=at, changes=changes
    )


def _is_known_by_other(before: ContactDetails, after: ContactDetails) -> bool:
    return (before.name, before.email, before.identifiers) != (
        after.name,
        after.email,
        after.identifiers,
    )


def _refuse_look_alikes(details: ContactDetails, *, besides: UUID | None) -> None:
    found = look_alikes.find(
        name=details.name, email=details.email, numbers=details.identifiers, besides=besides
    )
    if found:
        raise LooksAlike(found)


def _refuse_losing_client(contact: Contact, details: ContactDetails) -> None:
    is_client = contact.roles.filter(role=RoleOfContact.CLIENT).exists()
    if not is_client or RoleOfContact.CLIENT in details.roles:
        return
    if Matter.objects.filter(client=contact).exists():
        raise ClientHasMatters(contact.name)


def _in_use(contact: Contact, named_by: Collection[object]) -> ContactInUse:
    words = sorted(f"{_kind_of(record)} {record}" for record in named_by)
    return ContactInUse(contact.name, words[:_NAMED_AT_MOST], len(words))


def _kind_of(record: object) -> str:
    meta = getattr(record, "_meta", None)
    return str(meta.verbose_name) if meta else ""
