"""What is entered about a contact: as one frozen value, with everything wrong about it found at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from chancery.lib.problems import Problem, tidy
from chancery.practice import identifiers
from chancery.practice.models import Contact, ContactAddress
from chancery.practice.models.contact import ContactKind, RoleOfContact

STREET, POSTAL = "street", "postal"
PARTS_OF_ADDRESS = {"lines": 200, "city": 100, "region": 60, "postcode": 16, "country": 60}
_LIMITS = {"name": 200, "given_name": 100, "family_name": 100, "email": 254, "phone": 40}


@dataclass(frozen=True)
class Address:
    """Where a contact is found or written to."""

    lines: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, part) for part in PARTS_OF_ADDRESS)

    def __str__(self) -> str:
        return ", ".join(filter(None, (getattr(self, part) for part in PARTS_OF_ADDRESS)))

    def tidied(self) -> "Address":
        """Return the address with single spaces."""
        return Address(*(tidy(getattr(self, part)) for part in PARTS_OF_ADDRESS))


@dataclass(frozen=True)
class ContactDetails:
    """A contact as entered. A person's full name is made from the given and the family name."""

    kind: str = ContactKind.COMPANY
    name: str = ""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""
    roles: frozenset[str] = frozenset()
    addresses: Mapping[str, Address] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, contact: Contact) -> "ContactDetails":
        """Return a contact as it stands."""
        return cls(
            kind=contact.kind,
            name=contact.name,
            given_name=contact.given_name,
            family_name=contact.family_name,
            email=contact.email,
            phone=contact.phone,
            roles=frozenset(held.role for held in contact.roles.all()),
            addresses={row.kind: _address(row) for row in contact.addresses.all()},
            identifiers={row.kind: row.value for row in contact.identifiers.all()},
        )

    def tidied(self) -> "ContactDetails":
        """Return the details in normal form: single spaces, no empty parts, numbers bare."""
        is_person = self.kind == ContactKind.PERSON
        given = tidy(self.given_name) if is_person else ""
        family = tidy(self.family_name) if is_person else ""
        numbers = {kind: identifiers.normal(tidy(n)) for kind, n in self.identifiers.items()}
        places = {kind: address.tidied() for kind, address in self.addresses.items()}
        return replace(
            self,
            name=f"{given} {family}".strip() if is_person else tidy(self.name),
            given_name=given,
            family_name=family,
            email=tidy(self.email).lower(),
            phone=tidy(self.phone),
            addresses={kind: address for kind, address in places.items() if address},
            identifiers={kind: number for kind, number in numbers.items() if number},
        )

    def problems(self) -> list[Problem]:
        """Return everything that keeps these details, in normal form, from being kept."""
        found = [*self._name_problems(), *self._length_problems()]
        if self.email and not _is_email(self.email):
            found.append(Problem("email", "Enter an e-mail address like name@example.com."))
        if self.phone and not any(mark.isdecimal() for mark in self.phone):
            found.append(Problem("phone", "Enter the digits of the phone number."))
        found += [
            Problem(kind, f"This number cannot be right. One looks like {asked.example}.")
            for kind, number in self.identifiers.items()
            for asked in [identifiers.kind(kind)]
            if not identifiers.is_right(kind, number)
        ]
        found += [
            Problem(f"{kind}_lines", "Enter the street or box of this address.")
            for kind, address in self.addresses.items()
            if not address.lines
        ]
        return found

    def facts(self) -> dict[str, object]:
        """Return each fact under its name on the screen, for the history."""
        return {
            "Kind": ContactKind(self.kind).label,
            "Name": self.name,
            "Given name": self.given_name,
            "Family name": self.family_name,
            "E-mail": self.email,
            "Phone": self.phone,
            "Contact types": sorted(RoleOfContact(role).label for role in self.roles),
            "Street address": str(self.addresses.get(STREET, "")),
            "Postal address": str(self.addresses.get(POSTAL, "")),
            **{
                asked.label: asked.shown(self.identifiers.get(asked.code, ""))
                for asked in identifiers.every_kind()
            },
        }

    def _name_problems(self) -> list[Problem]:
        if self.name:
            return []
        if self.kind == ContactKind.PERSON:
            return [Problem("family_name", "Enter a family name or a given name.")]
        return [Problem("name", "Enter the company's name.")]

    def _length_problems(self) -> list[Problem]:
        return [
            Problem(part, f"Use at most {limit} characters; this has {len(getattr(self, part))}.")
            for part, limit in _LIMITS.items()
            if len(getattr(self, part)) > limit
        ] + [
            Problem(f"{kind}_{part}", f"Use at most {limit} characters.")
            for kind, address in self.addresses.items()
            for part, limit in PARTS_OF_ADDRESS.items()
            if len(getattr(address, part)) > limit
        ]


def _address(row: ContactAddress) -> Address:
    return Address(*(getattr(row, part) for part in PARTS_OF_ADDRESS))


def _is_email(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True
