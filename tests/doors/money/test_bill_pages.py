"""Our bill paid from client money: the form asks what the place asks, and says from when it may be."""

from datetime import timedelta
from typing import Any

import pytest

from chancery.trust.models import TrustLedger
from chancery.web.shell import times
from doors.money.conftest import Pages
from money import Trust

pytestmark = pytest.mark.django_db


def typed(trust: Trust, **others: object) -> dict[str, Any]:
    return {
        "amount": "250.00",
        "reason": "Our costs",
        "method": "electronic",
        "assignee": "",
        "bill": "B-0893",
        "owed": "2,640.00",
        "delivered_on": times.day(trust.today),
        "delivered_by": "e-mail",
        "mentions_withdrawal": "on",
        **others,
    }


def ask(ledger: TrustLedger, route: str = "bill") -> str:
    return f"/requests/ask/bill/?ledger={ledger.id}&route={route}"


@pytest.mark.parametrize(
    ("route", "asked", "not_asked"),
    [
        (
            "bill",
            ["bill", "owed", "delivered_on", "mentions_withdrawal", "objected_on"],
            ["authority"],
        ),
        ("authority", ["authority", "authority_on"], ["bill", "noticed_on", "is_spoken"]),
        ("reimbursement", ["paid_for_client_on"], ["bill", "authority", "invoice"]),
        ("commercial_or_government", ["client_kind"], ["bill", "authority"]),
    ],
)
def test_the_form_asks_what_the_ground_needs(
    bob: Pages, ledger: TrustLedger, route: str, asked: list[str], not_asked: list[str]
) -> None:
    page = bob.text(ask(ledger, route))

    for name in asked:
        assert f'name="{name}"' in page, name
    for name in not_asked:
        assert f'name="{name}"' not in page, name


def test_the_page_says_from_which_day_the_money_may_be_taken(
    bob: Pages, lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    address = bob.send(ask(ledger), **typed(trust))

    page = bob.text(address)
    for words in ("May be taken", "if nobody objects", "B-0893", "Not yet to be taken", "r 42"):
        assert words in page, words
    lena.send(f"{address}turn/", act="approve", version="1")
    bob.sign_in_again()
    refused = bob.send(f"{address}release/", 409, on=times.day(trust.today), version="1")
    assert "costs" in refused
    assert "The rule" in refused


def test_a_delivered_bill_is_paid_after_the_wait(
    bob: Pages, lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    long_ago = times.day(trust.today - timedelta(days=30))
    address = bob.send(ask(ledger), **typed(trust, delivered_on=long_ago))
    lena.send(f"{address}turn/", act="approve", version="1")
    bob.sign_in_again()

    paid = bob.send(f"{address}release/", on=times.day(trust.today), version="1")

    page = bob.text(paid)
    for words in ("Payment of our bill W-1", "Marlow &amp; Finch Lawyers", "B-0893", "2,640.00"):
        assert words in page, words


def test_the_form_shows_the_request_again_as_it_was(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    address = bob.send(ask(ledger), **typed(trust))

    page = bob.text(f"{address}edit/")

    for words in ('value="B-0893"', 'value="2,640.00"', 'value="e-mail"', "checked"):
        assert words in page, words
    assert "If nobody objects" in page
