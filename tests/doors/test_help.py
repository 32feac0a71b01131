"""Guides are in the product, in the firm's words; answers stay in the firm and reach its administrator."""

import pytest
from django.urls import resolve, reverse

from chancery.practice.models import HelpAnswer, Person
from chancery.reports.gathered.place_words import NEUTRAL
from chancery.web.help import guides
from conftest import Browse
from doors.routes import ROUTES
from world import Marlow, acting

pytestmark = pytest.mark.django_db

GUIDE = "trust-account"


def test_the_list_shows_every_guide(marlow: Marlow, browse: Browse) -> None:
    page = browse(marlow.bob).get(reverse("help")).content.decode()

    assert all(reverse("help_guide", args=[slug]) in page for slug in guides.every())


@pytest.mark.parametrize("slug", list(guides.every()))
def test_every_guide_reads_without_a_gap_and_leads_only_to_what_exists(slug: str) -> None:
    shown = guides.show(guides.every()[slug], NEUTRAL)

    assert "{{" not in shown.title + shown.summary + shown.html
    assert "  " not in shown.title + shown.summary
    assert {guide.slug for guide in guides.related_to(guides.every()[slug])} <= set(guides.every())
    for address in (part.split('"')[0] for part in shown.html.split('href="')[1:]):
        assert resolve(address), address


@pytest.mark.parametrize("slug", list(guides.every()))
def test_a_guide_names_only_pages_that_exist(slug: str) -> None:
    assert set(guides.every()[slug].pages) <= set(ROUTES)


def test_a_guide_that_does_not_exist_is_not_found(marlow: Marlow, browse: Browse) -> None:
    assert browse(marlow.bob).get("/help/magic/").status_code == 404
    assert browse(marlow.bob).post("/help/magic/answers/", {"helpful": "yes"}).status_code == 404


def test_yes_is_kept_and_thanked_for(marlow: Marlow, browse: Browse) -> None:
    answer = browse(marlow.bob).post(
        reverse("help_answer", args=[GUIDE]), {"helpful": "yes"}, follow=True
    )

    assert "Your answer is kept" in answer.content.decode()
    with acting(marlow.bob):
        kept = HelpAnswer.objects.get()
    assert (kept.guide, kept.was_helpful, kept.person_id) == (GUIDE, True, marlow.bob.id)


def test_no_asks_for_a_reason_and_keeps_it(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.bob)
    asked = client.get(reverse("help_guide", args=[GUIDE]) + "?helpful=no").content.decode()

    client.post(
        reverse("help_answer", args=[GUIDE]),
        {"helpful": "no", "reason": "  Where is <b>the plus</b>?  "},
    )

    assert "What was missing or wrong" in asked
    seen = browse(marlow.alice).get(reverse("help_answers")).content.decode()
    assert "Where is &lt;b&gt;the plus&lt;/b&gt;?" in seen
    assert "Bob Finch" in seen


def test_only_an_administrator_reads_the_answers(marlow: Marlow, browse: Browse) -> None:
    assert browse(marlow.bob).get(reverse("help_answers")).status_code == 403
    assert browse(marlow.erin).get(reverse("help_answers")).status_code == 403


def test_another_firm_reads_none_of_the_answers(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    browse(marlow.bob).post(
        reverse("help_answer", args=[GUIDE]), {"helpful": "no", "reason": "Secret of Marlow"}
    )

    seen = browse(charlie).get(reverse("help_answers")).content.decode()

    assert "Secret of Marlow" not in seen
    assert "No answers yet" in seen


def test_a_page_with_a_guide_offers_it_beside_its_title(marlow: Marlow, browse: Browse) -> None:
    page = browse(marlow.bob).get("/contacts/").content.decode()

    assert f'href="{reverse("help_guide", args=["name-your-bank"])}"' in page
