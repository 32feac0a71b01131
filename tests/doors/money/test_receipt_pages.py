"""The pages of receipts: taken, refused with what was typed kept, listed, printed, cleared early."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

import money
from chancery.ledger import periods
from chancery.lib import clock
from chancery.trust.models import Receipt, TrustLedger
from chancery.trust.rules.policy_clearing import Method
from chancery.web.shell import times
from conftest import Browse
from money import Trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db
ADD = "/money/receipts/add/"


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    trust = money.open_trust(marlow)
    trust.today = clock.today("Australia/Sydney")
    return trust


@pytest.fixture
def ledger(trust: Trust) -> TrustLedger:
    return trust.ledger("Bennett sale")


@pytest.fixture
def bob(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.bob)


def typed(trust: Trust, ledger: TrustLedger, **others: object) -> dict[str, object]:
    return {
        "key": "0192f3c4-7a10-7d3e-8a44-1b2c3d4e5f60",
        "count": "1",
        "account": str(trust.account.id),
        "received_on": times.day(trust.today),
        "ledger_1": str(ledger.id),
        "amount_1": "1,250.00",
        "method": "cheque",
        "received_from": "Claire Bennett",
        "reason": "On account of costs",
        "bank": "NAB",
        **others,
    }


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_receipt_is_posted_once_however_often_it_is_sent(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    first, second = (bob.post(ADD, typed(trust, ledger)) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert trust.held(ledger) == "1,250.00"
    page = text(bob, first["Location"])
    for words in ("Receipt R-1", "Claire Bennett", "NAB", "1,250.00", "Clears", "Posted"):
        assert words in page


def test_a_receipt_is_split_over_several_matters(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    lease = trust.ledger("Lease of Unit 4")
    more = bob.post(ADD, typed(trust, ledger, act="more")).content.decode()
    assert 'name="amount_2"' in more

    parts = {"count": "3", "matter_text_2": "lease", "amount_2": "50.00"}
    bob.post(ADD, typed(trust, ledger, **parts))

    assert (trust.held(ledger), trust.held(lease)) == ("1,250.00", "50.00")


def test_what_only_shows_posts_nothing_and_keeps_what_was_typed(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    page = bob.post(ADD, typed(trust, ledger, act="look")).content.decode()

    assert trust.held(ledger) == "0.00"
    assert 'value="Claire Bennett"' in page
    assert "Held after, AUD" in page
    assert page.index('value="look"') < page.index("Post receipt")


def test_the_effect_says_from_which_day_the_money_may_leave(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    trust.receive(ledger, "10.00")

    waits = bob.post("/money/receipts/effect/", typed(trust, ledger)).content.decode()
    at_once = bob.post(
        "/money/receipts/effect/", typed(trust, ledger, method="electronic")
    ).content.decode()

    for words in ("10.00", "1,250.00", "1,260.00", "Clears"):
        assert words in waits
    assert "Cleared at once" in at_once


def test_bad_input_is_said_by_its_field(trust: Trust, ledger: TrustLedger, bob: Client) -> None:
    bad = typed(trust, ledger, ledger_1="", amount_1="0.00", received_on="31 Feb 2026", method="")

    answer = bob.post(ADD, bad)

    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Choose the matter among those found",
        "Enter an amount above nought.",
        "Enter a day such as 5 Mar 2026",
        "Choose the form of money",
        'value="Claire Bennett"',
    ):
        assert words in page


def test_a_day_to_come_is_said_beside_the_day(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    tomorrow = times.day(trust.today + timedelta(1))

    answer = bob.post(ADD, typed(trust, ledger, received_on=tomorrow))

    assert answer.status_code == 422
    assert "Money is received today or earlier." in answer.content.decode()


def test_a_locked_period_is_a_refusal_over_the_kept_form(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    with acting(trust.maker):
        periods.lock(
            pool_id=trust.account.id,
            through=trust.today,
            reason="Closed",
            by=trust.maker.id,
            at=trust.at,
        )

    answer = bob.post(ADD, typed(trust, ledger))

    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Not posted", "ledger.period_locked", "Did money move?", 'value="1,250.00"'):
        assert words in page
    assert trust.held(ledger) == "0.00"


def test_whoever_may_not_take_receipts_reads_who_may(
    trust: Trust, marlow: Marlow, browse: Browse
) -> None:
    assert browse(marlow.erin).get(ADD).status_code == 403


def test_the_ledgers_that_fit_are_offered_and_what_has_none_leads_to_opening_one(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    bare = money.matter(trust.maker, "Bennett will")

    page = text(
        bob, f"/money/receipts/ledgers/?line=1&account={trust.account.id}&matter_text_1=benn"
    )

    assert f'name="ledger_1" value="{ledger.id}"' in page
    assert f"/matters/{bare.number}/money/open/?account={trust.account.id}" in page


def test_the_list_is_narrowed_and_marks_what_was_taken_back(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    trust.receive(ledger, "10.00", received_from="Ada Bell")
    trust.reverse(trust.receive(ledger, "20.00", Method.CHEQUE))

    assert "Reversed" in text(bob, "/money/receipts/")
    for query, seen in (
        ("text=ada", ["R-1"]),
        ("text=R-2", ["R-2"]),
        ("method=cheque", ["R-2"]),
        (f"first_on={trust.today + timedelta(1)}", []),
        (f"last_on={trust.today}&account={trust.account.id}", ["R-1", "R-2"]),
    ):
        page = text(bob, f"/money/receipts/?{query}")
        assert [number for number in ("R-1", "R-2") if f">{number}</a>" in page] == seen
    assert "No receipt fits" in text(bob, "/money/receipts/?text=zzz")


def test_the_list_is_taken_out(trust: Trust, ledger: TrustLedger, bob: Client) -> None:
    trust.receive(ledger, "1,010.50")

    answer = bob.get("/money/receipts/export/?format=csv")

    assert '"R-1"' in answer.content.decode()
    assert "1010.5" in answer.content.decode()


def test_the_official_receipt_has_the_words_of_the_place_and_its_cancellation(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    receipt = trust.receive(ledger, "10.00")
    trust.reverse(receipt)

    answer = bob.get(f"/money/receipts/{receipt.id}/pdf/")

    assert answer["Content-Type"] == "application/pdf"
    said = " ".join(PdfReader(BytesIO(answer.content)).pages[0].extract_text().split())
    for words in ("R-1", "Ann Client", "trust money", "Entered by mistake"):
        assert words in said


def test_evidence_is_given_and_a_second_person_confirms(
    trust: Trust, ledger: TrustLedger, bob: Client, browse: Browse
) -> None:
    receipt = trust.receive(ledger, "10.00", Method.CHEQUE)
    address = f"/money/receipts/{receipt.id}/"
    assert bob.post(f"{address}clearance/", {"words": ""}).status_code == 422
    bob.post(f"{address}clearance/", {"words": "Seen as final", "bank_reference": "CBA 1"})
    assert "a second person confirms" in text(bob, address)
    assert bob.post(f"{address}clearance/answer/", {"answer": "confirm"}).status_code == 403

    lena = browse(trust.checker)
    assert "Seen as final" in text(lena, address)
    lena.post(f"{address}clearance/answer/", {"answer": "confirm"})

    assert trust.available(ledger) == "10.00"
    assert "confirmed by Lena Wu" in text(bob, address)


def test_money_is_not_taken_before_an_account_is_set_up(marlow: Marlow, browse: Browse) -> None:
    bob = browse(marlow.bob)

    assert "is open" in text(bob, ADD)
    assert "is set up" in text(bob, "/money/receipts/")
    assert not Receipt.objects.exists()
