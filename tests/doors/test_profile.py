"""Everyone sets how the screen looks for them, and nothing else of themselves."""

import pytest

from chancery.practice.models import Person
from conftest import Browse
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["alice", "bob", "erin"])
def test_everyone_chooses_their_own_look(who: str, marlow: Marlow, browse: Browse) -> None:
    client = browse(getattr(marlow, who))

    answer = client.post("/profile/", {"theme": "dark"})

    page = client.get(answer["Location"]).content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-letter-keys="off"' in page
    assert "Saved" in page


def test_one_persons_look_is_not_anothers(marlow: Marlow, browse: Browse) -> None:
    browse(marlow.alice).post("/profile/", {"theme": "dark"})

    page = browse(marlow.bob).get("/profile/").content.decode()

    assert "data-theme" not in page
    assert 'data-letter-keys="on"' in page


def test_a_look_that_does_not_exist_is_refused(marlow: Marlow, browse: Browse) -> None:
    answer = browse(marlow.alice).post("/profile/", {"theme": "pink"})

    assert answer.status_code == 422
    assert "One thing needs your attention" in answer.content.decode()
    with acting(marlow.alice):
        assert Person.objects.get(pk=marlow.alice.pk).theme == "system"


def test_nobody_changes_their_own_roles_here(marlow: Marlow, browse: Browse) -> None:
    browse(marlow.bob).post("/profile/", {"theme": "light", "roles": "administrator", "name": "X"})

    with acting(marlow.bob):
        bob = Person.objects.get(pk=marlow.bob.pk)
    assert (bob.name, bob.roles) == ("Bob Finch", ["bookkeeper"])


def test_the_profile_shows_who_one_is(marlow: Marlow, browse: Browse) -> None:
    page = browse(marlow.erin).get("/profile/").content.decode()

    assert "erin@examiners.example" in page
    assert "Examiner, read only" in page
    assert "/sign-in/password/" in page
