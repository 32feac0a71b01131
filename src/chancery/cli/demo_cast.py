"""Who and what the demo firm knows: invented, every one of them."""

from dataclasses import dataclass

from chancery.practice.contacts import ContactKind, RoleOfContact
from chancery.practice.matters import MatterStatus
from chancery.practice.people import Role

PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("Ada Finch", "ada@marlowfinch.example", Role.ADMINISTRATOR),
    ("Daniel Marlow", "daniel@marlowfinch.example", Role.LAWYER),
    ("Mei Lin", "mei@marlowfinch.example", Role.LAWYER),
    ("Priya Raman", "priya@marlowfinch.example", Role.BOOKKEEPER),
    ("Tom Okafor", "tom@marlowfinch.example", Role.REVIEWER),
    ("Ruth Adeyemi", "ruth@adeyemi.example", Role.EXAMINER),
)


@dataclass(frozen=True)
class DemoContact:
    """A person or company."""

    name: str
    kind: str = ContactKind.COMPANY
    roles: frozenset[str] = frozenset()
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class DemoMatter:
    """A matter, opened some days before the demo firm was made."""

    number: str
    title: str
    client: str
    type: str
    responsible: str
    days_ago: int
    reference: str = ""
    status: MatterStatus = MatterStatus.ACTIVE
    why: str = ""


def _person(given: str, family: str, *roles: str, phone: str = "") -> DemoContact:
    return DemoContact(
        name=f"{given} {family}",
        kind=ContactKind.PERSON,
        roles=frozenset(roles),
        given_name=given,
        family_name=family,
        email=f"{given}.{family}@post.example".lower(),
        phone=phone,
    )


def _company(name: str, *roles: str, phone: str = "") -> DemoContact:
    return DemoContact(name=name, roles=frozenset(roles), phone=phone)


_CLIENT, _OTHER = RoleOfContact.CLIENT, RoleOfContact.OTHER_SIDE
_SUPPLIER, _COUNSEL = RoleOfContact.SUPPLIER, RoleOfContact.COUNSEL
_AGENT, _COURT = RoleOfContact.AGENT, RoleOfContact.COURT

CONTACTS: tuple[DemoContact, ...] = (
    _person("Claire", "Bennett", _CLIENT, phone="0491 570 156"),
    _person("Julia", "Whitcombe", _CLIENT, phone="0491 570 157"),
    _person("Len", "Pask", _CLIENT),
    _person("Hanh", "Nguyen", _CLIENT),
    _person("Marcus", "Odell", _CLIENT),
    _person("Fiona", "Kerr", _CLIENT),
    _person("Samuel", "Reckitt", _CLIENT),
    _person("Aisha", "Rahman", _CLIENT),
    _person("Tobias", "Lindqvist", _CLIENT),
    _person("Grace", "Whitcombe", _OTHER),
    _person("Martin", "Hale", _COUNSEL),
    _person("Tina", "Marchetti", _OTHER),
    _company("Bankstown Timber Pty Ltd", _CLIENT, phone="02 5550 1120"),
    _company("Idris Café Pty Ltd", _CLIENT),
    _company("Ferry Road Developments Pty Ltd", _OTHER),
    _company("Southern Cross Joinery Pty Ltd", _CLIENT),
    _company("Meridian Settlements Pty Ltd", _AGENT, phone="02 5550 0199"),
    _company("Coastal Conveyancing", _AGENT, phone="02 5550 0187"),
    _company("Harbour Searches", _SUPPLIER),
    _company("Pelham Process Servers", _SUPPLIER),
    _company("Quill & Ledger Stationers", _SUPPLIER),
    _company("O'Dowd Valuations", _SUPPLIER),
    _company("Local Court Registry", _COURT),
    _company("Probate Registry", _COURT),
    _company("Northside Legal", _OTHER),
)

MATTERS: tuple[DemoMatter, ...] = (
    DemoMatter("2025-0310", "Pask, boundary", "Len Pask", "Litigation", "Daniel Marlow", 440),
    DemoMatter(
        "2026-0061",
        "Reckitt, probate",
        "Samuel Reckitt",
        "Probate and estates",
        "Mei Lin",
        260,
        status=MatterStatus.INACTIVE,
        why="Waits for the grant.",
    ),
    DemoMatter(
        "2026-0088",
        "Bankstown Timber, lease of Unit 4",
        "Bankstown Timber Pty Ltd",
        "Commercial",
        "Mei Lin",
        210,
        reference="BT/4",
    ),
    DemoMatter(
        "2026-0090",
        "Idris, lease",
        "Idris Café Pty Ltd",
        "Commercial",
        "Mei Lin",
        205,
        status=MatterStatus.CLOSED,
        why="The lease is signed and everything is accounted for.",
    ),
    DemoMatter("2026-0112", "Rahman, parenting", "Aisha Rahman", "Family law", "Daniel Marlow", 160),
    DemoMatter("2026-0119", "Odell, sale of 3 Quarry Street", "Marcus Odell", "Conveyance", "Mei Lin", 140),
    DemoMatter("2026-0129", "Kerr, purchase of 8 Bay Lane", "Fiona Kerr", "Conveyance", "Mei Lin", 120),
    DemoMatter(
        "2026-0137",
        "Whitcombe, estate of H.",
        "Julia Whitcombe",
        "Probate and estates",
        "Daniel Marlow",
        100,
        reference="HW/estate",
    ),
    DemoMatter(
        "2026-0140",
        "Southern Cross Joinery, debt",
        "Southern Cross Joinery Pty Ltd",
        "Litigation",
        "Daniel Marlow",
        90,
    ),
    DemoMatter(
        "2026-0142",
        "Bennett, sale of 14 Ferry Road",
        "Claire Bennett",
        "Conveyance",
        "Mei Lin",
        80,
        reference="FR/14",
    ),
    DemoMatter("2026-0146", "Lindqvist, will", "Tobias Lindqvist", "General", "Daniel Marlow", 60),
    DemoMatter("2026-0151", "Nguyen, purchase of 2 Mill Court", "Hanh Nguyen", "Conveyance", "Mei Lin", 40),
)  # fmt: skip
