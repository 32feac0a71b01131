"""A contact that may be there already is pointed out; a different one is not."""

from dataclasses import replace

import pytest

import world
from chancery.lib import ids
from chancery.practice import contacts, look_alikes
from chancery.practice.contact_details import ContactDetails
from chancery.practice.models.contact import ContactKind
from postgres import Connection
from world import LATER, Marlow

pytestmark = pytest.mark.django_db

HARBOUR = ContactDetails(
    name="Harbourside Bank Ltd",
    email="desk@harbourside.example",
    identifiers={"abn": "51824753556"},
)
JOSE = ContactDetails(kind=ContactKind.PERSON, given_name="José", family_name="O'Brien")


@pytest.fixture
def marlow() -> Marlow:
    marlow = world.marlow()
    with world.acting(marlow.bob):
        for details in (HARBOUR, JOSE):
            contacts.add(details=details, by=marlow.bob, at=LATER)
    return marlow


def reasons(**entered: object) -> list[tuple[str, str]]:
    found = look_alikes.find(**entered)  # type: ignore[arg-type]  # each test names what it enters
    return [(alike.contact.name, alike.reason) for alike in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("harbourside bank", [("Harbourside Bank Ltd", "has the same name")]),
        ("The Harbourside Bank Pty Limited", [("Harbourside Bank Ltd", "has the same name")]),
        ("Harbourside Bank Sydney", [("Harbourside Bank Ltd", "has a similar name")]),
        ("OBrien, Jose", [("José O'Brien", "has the same name")]),
        ("Harbour View Bank", []),
        ("Pty Ltd", []),
        ("", []),
        ("!", []),
    ],
)
def test_a_name_is_compared_word_by_word(
    marlow: Marlow, name: str, expected: list[tuple[str, str]]
) -> None:
    with world.acting(marlow.bob):
        assert expected == reasons(name=name)


def test_the_same_number_or_address_is_the_surest_sign(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        assert reasons(name="Other", email=" Desk@Harbourside.example ") == [
            ("Harbourside Bank Ltd", "has the same e-mail address")
        ]
        assert reasons(name="Harbourside Bank", numbers={"abn": "51 824 753 556"}) == [
            ("Harbourside Bank Ltd", "has the same number")
        ]


def test_another_firms_contact_is_never_pointed_out(marlow: Marlow) -> None:
    with world.acting(world.charlie()):
        assert reasons(name="Harbourside Bank Ltd", email="desk@harbourside.example") == []


def test_a_look_alike_is_refused_until_someone_says_it_is_another(marlow: Marlow) -> None:
    again = replace(HARBOUR, email="", identifiers={})

    with world.acting(marlow.bob):
        with pytest.raises(contacts.LooksAlike) as refused:
            contacts.add(details=again, by=marlow.bob, at=LATER)
        made = contacts.add(details=again, by=marlow.bob, at=LATER, even_if_alike=True)

        assert "Harbourside Bank Ltd has the same name" in str(refused.value)
        assert made.name == "Harbourside Bank Ltd"


def test_a_contact_is_no_look_alike_of_itself(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        bank = look_alikes.find(name="Harbourside Bank")[0].contact
        renamed = replace(HARBOUR, name="Harbourside Bank")

        changed = contacts.change(contact=bank, details=renamed, version=1, by=marlow.bob, at=LATER)

        assert changed.name == "Harbourside Bank"


def test_the_index_answers_for_each_word_under_row_security(as_owner: Connection) -> None:
    """Row security binds the owner too, who may count the rows for the planner; nothing is committed."""
    firm_id = ids.new()
    as_owner.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(firm_id)])
    as_owner.execute(
        """INSERT INTO practice_firm (id, name, currency, country, time_zone, created_at)
           VALUES (%s, 'Large', 'AUD', 'AU', 'Australia/Sydney', now())""",
        [firm_id],
    )
    as_owner.execute(
        """INSERT INTO practice_searchentry (id, firm_id, kind, record_id, ladder, folded)
           SELECT gen_random_uuid(), %s, 'contact', gen_random_uuid(), 0, 'client ' || n
           FROM generate_series(1, 3000) AS n""",
        [firm_id],
    )
    as_owner.execute("ANALYZE practice_searchentry")

    figures = {"words": ["bank"], "ends": ["bank!"], "fewest": 1, "most": 5}
    plan = [row[0] for row in as_owner.execute(f"EXPLAIN {look_alikes._CANDIDATES}", figures)]
    as_owner.rollback()

    condition = next(line for line in plan if "Index Cond" in line)
    assert "folded >= asked.word" in condition
    assert "folded < asked.beyond" in condition
