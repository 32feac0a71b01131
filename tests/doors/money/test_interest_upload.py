"""A file of interest at the pages: every row judged and shown first, then all posted or none."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chancery.trust import period_locks
from chancery.trust.models import Movement, TrustLedger
from conftest import Browse
from doors.money.conftest import Pages, count
from money import Trust, firm_in, open_trust
from world import acting

pytestmark = pytest.mark.django_db
PAGE = "/money/registers/interest/upload/"
HEAD = "day,account,matter,gross,tax,fees\n"


@pytest.fixture
def kauri() -> Trust:
    return open_trust(firm_in("nz"), "nz")


@pytest.fixture
def bob(kauri: Trust, browse: Browse) -> Pages:
    return Pages(browse(kauri.maker))


def number(ledger: TrustLedger) -> str:
    assert ledger.matter
    return ledger.matter.number


def read(pages: Pages, text: str, status: int = 200) -> str:
    sent = SimpleUploadedFile("june.csv", text.encode(), content_type="text/csv")
    return pages.send(PAGE, status, act="read", file=sent)


def hidden(page: str) -> dict[str, Any]:
    """Return what the preview's button sends."""
    found = {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(rows|key)" value="([^"]*)"', page)
    }
    assert set(found) == {"rows", "key"}
    return {**found, "act": "post", "reason": "Interest of June", "reference": "S-6"}


def test_what_was_read_is_shown_and_then_posted_once(kauri: Trust, bob: Pages) -> None:
    one, other = kauri.ledger("Sale"), kauri.ledger("Lease")
    day, before = kauri.today, kauri.today - timedelta(days=31)
    rows = f"{day},,{number(one)},10.00,3.30,0.10\n\n{before},,{number(other)},4.00,,\n"

    page = read(bob, HEAD + rows)
    assert "Ready to post" in page
    assert count(kauri, Movement) == 0
    first = bob.send(PAGE, **hidden(page))
    again = bob.send(PAGE, **hidden(page))

    assert first == again == "/money/registers/interest/"
    assert (kauri.held(one), kauri.held(other)) == ("6.60", "4.00")
    with acting(kauri.maker):
        days = Movement.objects.order_by("on").values_list("on", flat=True)
        assert list(days) == [before, day]


def test_each_bad_row_is_said_and_nothing_is_posted(kauri: Trust, bob: Pages) -> None:
    ledger = kauri.ledger("Sale")
    good = f"{kauri.today},,{number(ledger)},10.00,,"
    rows = (
        good,
        good,
        f"31/31/2026,,{number(ledger)},1.00,,",
        f"{kauri.today},,9999-0001,1.00,,",
        f"{kauri.today},Nowhere,,1.00,,",
        f"{kauri.today},{kauri.account.name},,1.00,,",
        f"{kauri.today},,{number(ledger)},1.00,0.50,0.50",
        f"{kauri.today},,,1.00,,",
        f"{kauri.today},,{number(ledger)},much,,",
        f"{kauri.today},,{number(ledger)}",
        "never,,9999-0002,1.00,,",
    )

    page = read(bob, HEAD + "\n".join(rows))

    assert "10 rows to correct" in page
    for said in (
        "It says the same as row 2",
        "is no day",
        "No ledger of this matter is open there",
        "No account is called “Nowhere”",
        "is the clients&#x27; here",
        "Tax and fees are less than the interest",
        "Name the matter, or the account",
        "The row has more or fewer cells",
    ):
        assert said in page, said
    assert page.count("No ledger of this matter is open there") == 2
    assert "1 other row can be posted as written" in page
    refused = bob.send(PAGE, 409, **hidden(page))
    assert "trust.interest_file_has_findings" in refused
    assert count(kauri, Movement) == 0


def test_the_same_interest_is_not_recorded_twice(kauri: Trust, bob: Pages) -> None:
    ledger = kauri.ledger("Sale")
    text = f"{HEAD}{kauri.today},,{number(ledger)},10.00,,\n"
    bob.send(PAGE, **hidden(read(bob, text)))

    page = read(bob, text)

    assert "is recorded for this day" in page
    bob.send(PAGE, 409, **hidden(page))
    assert kauri.held(ledger) == "10.00"


def test_interest_that_was_taken_back_may_be_recorded_again(kauri: Trust, bob: Pages) -> None:
    ledger = kauri.ledger("Sale")
    text = f"{HEAD}{kauri.today},,{number(ledger)},10.00,,\n"
    bob.send(PAGE, **hidden(read(bob, text)))
    with acting(kauri.maker):
        wrong = Movement.objects.get()
    kauri.reverse(wrong)

    bob.send(PAGE, **hidden(read(bob, text)))

    assert kauri.held(ledger) == "10.00"


def test_interest_of_a_foundation_is_held_and_never_a_clients(browse: Browse) -> None:
    trust = open_trust(firm_in("ca_on"), "ca_on")
    ledger, pages = trust.ledger("Sale"), Pages(browse(trust.maker))
    name = trust.account.name

    theirs = read(pages, f"{HEAD}{trust.today},,{number(ledger)},1.00,,\n")
    kept = read(pages, f"{HEAD}{trust.today},{name},,1.00,0.10,\n")
    page = read(pages, f"{HEAD}{trust.today},{name},,7.00,,\n")
    pages.send(PAGE, **hidden(page))

    assert "is not the clients&#x27; here" in theirs
    assert "leave tax and fees empty" in kept
    with acting(trust.maker):
        assert [one.ledger.kind for one in Movement.objects.all() if one.ledger] == [
            "foundation_interest"
        ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("day,gross,colour\n", "file.columns_missing"),
        (HEAD, "trust.interest_file_is_empty"),
        (HEAD + "\0", "file.not_readable"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, code: str, bob: Pages) -> None:
    assert code in read(bob, text, 409)


def test_a_row_that_was_changed_on_the_way_back_is_judged_again(kauri: Trust, bob: Pages) -> None:
    sent = hidden(read(bob, f"{HEAD}{kauri.today},,{number(kauri.ledger())},10.00,,\n"))

    bob.send(PAGE, 409, **sent | {"rows": sent["rows"].replace("10.00", "-10.00")})
    bob.send(PAGE, 409, **sent | {"rows": ""})
    bob.send(PAGE, 422, **sent | {"reason": ""})

    assert count(kauri, Movement) == 0


def test_a_locked_day_is_said(kauri: Trust, bob: Pages) -> None:
    ledger = kauri.ledger()
    with acting(kauri.owner):
        period_locks.lock(
            account_id=kauri.account.id,
            through=kauri.today - timedelta(days=1),
            reason="Reconciled",
            by=kauri.owner,
            at=kauri.at,
            today=kauri.today,
        )

    page = read(bob, f"{HEAD}{kauri.today - timedelta(days=1)},,{number(ledger)},1.00,,\n")

    assert "is locked through" in page
