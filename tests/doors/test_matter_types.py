"""Admin > Firm > Types of matters."""

import pytest
from django.test import Client
from django.urls import reverse

import world
from chancery.practice import matters
from chancery.practice.matter_types import MatterType
from conftest import Browse
from world import Marlow

pytestmark = pytest.mark.django_db

TYPES = "/admin/firm/matter-types/"


@pytest.fixture
def alice(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.alice)


@pytest.fixture
def general(marlow: Marlow) -> MatterType:
    with world.acting(marlow.alice):
        return next(one for one in matters.types_of(marlow.alice) if one.name == "General")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_an_added_type_is_offered_for_matters(alice: Client) -> None:
    assert f'href="{TYPES}"' in text(alice, "/admin/firm/")

    answer = alice.post(TYPES, {"name": "Wills & trusts"})

    assert answer["Location"] == TYPES
    assert "Wills &amp; trusts" in text(alice, TYPES)
    assert "Wills &amp; trusts" in text(alice, reverse("matter_add"))


def test_a_renamed_type_says_what_it_was_called(alice: Client, general: MatterType) -> None:
    address = f"{TYPES}{general.id}/"

    answer = alice.post(address, {"name": "Other work", "seen": "General"})

    assert answer["Location"] == TYPES
    assert "General → Other work" in text(alice, address)
    stale = alice.post(address, {"name": "Third", "seen": "General"})
    assert stale.status_code == 409
    assert "practice.matter_type_renamed_meanwhile" in stale.content.decode()


def test_what_cannot_be_is_said_beside_the_field(alice: Client, general: MatterType) -> None:
    for address in (TYPES, f"{TYPES}{general.id}/"):
        taken = alice.post(address, {"name": "CONVEYANCE", "seen": "General"})
        missing = alice.post(address, {"name": " ", "seen": "General"})

        assert (taken.status_code, missing.status_code) == (422, 422)
        assert "Conveyance is there already" in taken.content.decode()
        assert "Enter the name" in missing.content.decode()


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_who_may_not_reads_only(
    who: str, marlow: Marlow, general: MatterType, browse: Browse
) -> None:
    client = browse(getattr(marlow, who))

    for address in (TYPES, f"{TYPES}{general.id}/"):
        page = text(client, address)
        assert "General" in page
        assert 'name="name"' not in page
        assert client.post(address, {"name": "Mine", "seen": "General"}).status_code == 403
