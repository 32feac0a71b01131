"""Search by beginnings: each rule from both sides, the ladder, and the index under row security."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import world
from chancery.lib import marks
from chancery.practice import search
from chancery.practice.models import Contact, Person
from chancery.practice.models.matter import MatterStatus
from world import Marlow, acting

pytestmark = pytest.mark.django_db

LIMIT = 20
ACTIVE, INACTIVE, CLOSED = MatterStatus.ACTIVE, MatterStatus.INACTIVE, MatterStatus.CLOSED


def contacts(by: Person, question: str) -> list[str]:
    with acting(by):
        found = search.contacts(search.fold(question), limit=LIMIT)
        return [hit.name for hit in found.hits]


def matters(by: Person, question: str, status: MatterStatus | None = None) -> list[str]:
    with acting(by):
        found = search.matters(search.fold(question), limit=LIMIT, status=status)
        return [hit.number for hit in found.hits]


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("Tina Marchetti", "tin"),
        ("Tina Marchetti", "TIN"),
        ("Tina Marchetti", "marc"),
        ("Tina Marchetti", "tina m"),
        ("Idris Café", "cafe"),
        ("Idris Cafe", "café"),
        ("O'Dowd Valuations", "odowd"),
        ("O'Dowd Valuations", "o\u2019dowd"),
        ("Smith-Jones", "jones"),
        ("Smith-Jones", "smith jones"),
        ("Quill & Ledger", "ledger"),
        ("Tina Marchetti", "tina "),
    ],
)
def test_a_contact_is_found_by_the_beginning_of_any_word(
    name: str, question: str, marlow: Marlow
) -> None:
    world.contact(marlow.alice, name)

    assert contacts(marlow.alice, question) == [name]


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("Martin Hale", "tin"),
        ("Tina Marchetti", "marchetti tina"),
        ("Tina Marchetti", "tinas"),
        ("O'Dowd Valuations", "dowd"),
        ("Tina Marchetti", "%"),
        ("Tina Marchetti", "_ina"),
        ("Tina Marchetti", ""),
        ("Tina Marchetti", " - "),
    ],
)
def test_a_contact_is_not_found_otherwise(name: str, question: str, marlow: Marlow) -> None:
    world.contact(marlow.alice, name)

    assert contacts(marlow.alice, question) == []


@pytest.mark.parametrize(
    "question", ["2026-0137", "2026", "2026-01", "HW/est", "hw", "estate", "whitcombe", "WHIT", "h"]
)
def test_a_matter_is_found_by_its_beginnings(question: str, marlow: Marlow) -> None:
    world.matter(marlow.alice, "Whitcombe, estate of H.", number="2026-0137", reference="HW/est-9")

    assert matters(marlow.alice, question) == ["2026-0137"]


@pytest.mark.parametrize("question", ["0137", "137", "est-9", "9", "combe", "026"])
def test_number_and_reference_are_not_found_from_within(question: str, marlow: Marlow) -> None:
    world.matter(marlow.alice, "Whitcombe", number="2026-0137", reference="HW/est-9")

    assert matters(marlow.alice, question) == []


def test_while_an_active_matter_matches_only_active_ones_show(marlow: Marlow) -> None:
    world.matter(marlow.alice, "Bank lease", number="1-A")
    world.matter(marlow.alice, "Bank loan", number="1-I", status=INACTIVE)
    world.matter(marlow.alice, "Bank sale", number="1-C", status=CLOSED)

    assert matters(marlow.alice, "bank") == ["1-A"]


def test_without_an_active_one_the_inactive_show_and_no_closed(marlow: Marlow) -> None:
    world.matter(marlow.alice, "Other", number="1-A")
    world.matter(marlow.alice, "Bank loan", number="1-I", status=INACTIVE)
    world.matter(marlow.alice, "Bank sale", number="1-C", status=CLOSED)

    assert matters(marlow.alice, "bank") == ["1-I"]


def test_only_closed_matters_show_when_nothing_else_matches(marlow: Marlow) -> None:
    world.matter(marlow.alice, "Other", number="1-A")
    world.matter(marlow.alice, "Bank sale", number="1-C", status=CLOSED)

    assert matters(marlow.alice, "bank") == ["1-C"]


def test_a_status_that_is_asked_for_goes_round_the_ladder(marlow: Marlow) -> None:
    world.matter(marlow.alice, "Bank lease", number="1-A")
    world.matter(marlow.alice, "Bank sale", number="1-C", status=CLOSED)

    assert matters(marlow.alice, "bank", CLOSED) == ["1-C"]
    assert matters(marlow.alice, "bank", INACTIVE) == []


def test_a_contact_is_found_whatever_its_matters_are(marlow: Marlow) -> None:
    client = world.contact(marlow.alice, "Bankstown Timber")
    world.matter(marlow.alice, "Lease", client=client, status=CLOSED)

    assert contacts(marlow.alice, "bankstown") == ["Bankstown Timber"]


def test_a_renamed_contact_is_found_by_its_new_name_only(marlow: Marlow) -> None:
    bank = world.contact(marlow.alice, "Old Mutual")
    with acting(marlow.alice):
        Contact.objects.filter(pk=bank.pk).update(name="Harbourside")

    assert contacts(marlow.alice, "harb") == ["Harbourside"]
    assert contacts(marlow.alice, "mutual") == []


def test_another_firm_finds_nothing(marlow: Marlow, charlie: Person) -> None:
    world.contact(marlow.alice, "Whitcombe Holdings")
    world.matter(marlow.alice, "Whitcombe", number="2026-0137")

    assert contacts(charlie, "whitcombe") == []
    assert matters(charlie, "2026") == []


def test_a_record_that_matches_twice_shows_once(marlow: Marlow) -> None:
    world.contact(marlow.alice, "Smith Smithson Smithers")

    assert contacts(marlow.alice, "smi") == ["Smith Smithson Smithers"]


def test_pages_do_not_overlap_and_say_whether_there_is_more(marlow: Marlow) -> None:
    for name in ("Ann", "Anna", "Annabel"):
        world.contact(marlow.alice, name)
    with acting(marlow.alice):
        first = search.contacts("ann", limit=2)
        second = search.contacts("ann", limit=2, offset=2)

    assert [hit.name for hit in (*first.hits, *second.hits)] == ["Ann", "Anna", "Annabel"]
    assert (first.has_more, second.has_more) == (True, False)


def test_a_page_past_the_active_matters_is_empty_and_not_of_the_next_rung(marlow: Marlow) -> None:
    world.matter(marlow.alice, "Bank lease", number="1-A")
    world.matter(marlow.alice, "Bank sale 1", number="1-C1", status=CLOSED)
    world.matter(marlow.alice, "Bank sale 2", number="1-C2", status=CLOSED)

    with acting(marlow.alice):
        assert search.matters("bank", limit=1, offset=1).hits == ()


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    words=st.text(
        st.characters(codec="utf-8", exclude_characters="\0", max_codepoint=0x24F), max_size=30
    )
)
def test_marks_fold_as_the_database_does(db: None, words: str) -> None:
    assert search.fold(words) == marks.fold(words)


def test_the_index_answers_the_search_under_row_security(marlow: Marlow) -> None:
    with acting(marlow.alice), connection.cursor() as cursor:
        cursor.execute("SELECT rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        for way in (
            "seqscan",
            "bitmapscan",
            "sort",
        ):  # the table is small here; elsewhere it is not
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(
            """EXPLAIN SELECT record_id FROM practice_searchentry
               WHERE kind = 'contact' AND ladder = 0 AND folded >= 'ba' AND folded < 'ba\U0010ffff'
               ORDER BY folded, record_id LIMIT 64"""
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "search_by_beginning" in plan
    assert "folded >= 'ba'" in condition
    assert "Sort" not in plan
