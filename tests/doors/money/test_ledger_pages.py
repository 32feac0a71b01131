"""A matter's ledger: what may leave it and why, its lines, opening, closing, and taking documents back."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

import money
from chancery.lib import clock
from chancery.trust import protections
from chancery.trust.models import TrustLedger
from chancery.trust.rules.policy_clearing import Method
from chancery.web.matter_money import statement
from conftest import Browse
from money import Trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db


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


def address(ledger: TrustLedger) -> str:
    assert ledger.matter
    return f"/matters/{ledger.matter.number}/money/"


def text(client: Client, of: str) -> str:
    answer = client.get(of)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_available_shows_the_sum_that_leads_to_it(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    trust.receive(ledger, "100.00")
    trust.receive(ledger, "30.00", Method.CHEQUE)
    with acting(trust.maker):
        protections.protect(
            ledger=ledger,
            amount=trust.money("60.00"),
            reason="Stakeholder",
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key="p",
        )

    page = text(bob, address(ledger))

    for words in (
        "<dd>130.00</dd>",
        "<dd>100.00</dd>",
        "<dd>60.00</dd>",
        "<dd>40.00</dd>",
        "less 30.00 by cheque until",
        "cleared 100.00, less protected 60.00",
        "Stakeholder",
    ):
        assert words in page


def test_lines_lead_to_their_documents_and_what_was_taken_back_is_marked(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    receipt = trust.receive(ledger, "100.00")
    trust.reverse(receipt)

    page = text(bob, address(ledger))

    assert page.count(f'href="/money/receipts/{receipt.id}/"') == 2
    assert "Taken back" in page
    assert "Reversal of R-1" in page


def test_the_statement_goes_on_by_key_and_brings_its_balance_forward(
    trust: Trust, ledger: TrustLedger, bob: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement, "PER_PAGE", 2)
    for _ in range(3):
        trust.receive(ledger, "1.00")

    first = text(bob, address(ledger))
    assert "after=" in first
    key = first.split("after=")[1].split('"')[0]
    second = text(bob, f"{address(ledger)}?after={key}")

    assert (">R-2</a>" in first, ">R-3</a>" in first) == (True, False)
    assert (">R-2</a>" in second, ">R-3</a>" in second) == (False, True)
    assert "Brought forward" in second
    assert ">2.00</td>" in second


def test_days_narrow_the_statement_the_export_and_the_print(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    day = trust.today
    trust.wait(-5)
    trust.receive(ledger, "1.00")
    trust.wait(5)
    trust.receive(ledger, "2.00")
    query = f"?first_on={day}&last_on={day}"

    page = text(bob, address(ledger) + query)
    sheet = bob.get(f"{address(ledger)}{ledger.id}/export/{query}").content.decode()
    pdf = bob.get(f"{address(ledger)}{ledger.id}/pdf/{query}").content
    printed = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())

    for said in (page, sheet, printed):
        assert "R-2" in said
        assert "R-1" not in said
    assert "Opening balance" in printed


def test_a_ledger_is_opened_closed_and_opened_again(trust: Trust, bob: Client) -> None:
    bare = money.matter(trust.maker, "Will")
    of = f"/matters/{bare.number}/money/"
    assert "Open a ledger" in text(bob, of)

    opened = bob.post(f"{of}open/", {"account": str(trust.account.id)})
    assert opened.status_code == 302
    again = bob.post(f"{of}open/", {"account": str(trust.account.id)})
    assert again.status_code == 409
    assert "trust.ledger_is_there" in again.content.decode()

    ledger = opened["Location"].split("ledger=")[1]
    assert bob.post(f"{of}{ledger}/closing/", {"reason": ""}).status_code == 422
    bob.post(f"{of}{ledger}/closing/", {"reason": "Done"})
    assert "This ledger is closed" in text(bob, of)
    bob.post(f"{of}{ledger}/closing/", {"reason": "More came"})
    assert "This ledger is closed" not in text(bob, of)


def test_a_ledger_that_holds_money_is_not_closed(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    trust.receive(ledger, "0.01")

    answer = bob.post(f"{address(ledger)}{ledger.id}/closing/", {"reason": "Done"})

    assert answer.status_code == 409
    assert "ledger.holds_money" in answer.content.decode()


def test_another_matters_ledger_has_no_page_here(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    other = trust.ledger("Other")

    assert bob.get(f"{address(ledger)}{other.id}/pdf/").status_code == 404


def test_taking_back_says_its_effect_before_and_does_it_once(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    receipt = trust.receive(ledger, "100.00")
    of = f"/money/receipt/{receipt.id}/reversal/"
    page = text(bob, of)
    assert "−100.00" in page

    sent = {"kind": "reversal", "on": str(trust.today), "reason": "Twice"}
    assert bob.post(of, sent)["Location"] == f"/money/receipts/{receipt.id}/"
    assert trust.held(ledger) == "0.00"
    again = bob.post(of, sent)
    assert again.status_code == 409
    assert "trust.already_reversed" in again.content.decode()


def test_what_bounced_after_it_was_spent_says_the_shortage_and_the_rule(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    receipt = trust.receive(ledger, "100.00")
    trust.pay(ledger, "60.00")

    page = text(bob, f"/money/receipt/{receipt.id}/reversal/")

    assert "60.00 short" in page
    assert "so this is refused" in page
    answer = bob.post(
        f"/money/receipt/{receipt.id}/reversal/",
        {"kind": "reversal", "on": str(trust.today), "reason": "Mistake"},
    )
    assert answer.status_code == 409
    assert "trust.would_overdraw" in answer.content.decode()


def test_a_payment_is_taken_back_by_the_same_form(
    trust: Trust, ledger: TrustLedger, bob: Client
) -> None:
    trust.receive(ledger, "100.00")
    paid = trust.pay(ledger, "60.00")

    bob.post(
        f"/money/withdrawal/{paid.id}/reversal/",
        {"kind": "stop", "on": str(trust.today), "reason": "Lost in the post"},
    )

    assert trust.held(ledger) == "100.00"
