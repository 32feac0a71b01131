"""Money moves between two ledgers by a written authority, and both are shown before and after."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from chancery.trust.models import Transfer, TrustLedger
from chancery.trust.requests import RequestKind
from chancery.web.shell import times
from doors.money import moving
from doors.money.conftest import Pages, count
from money import Trust

pytestmark = pytest.mark.django_db


def test_a_transfer_is_made_after_both_ledgers_were_shown(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    other = trust.ledger("Lease")
    request = trust.approve(
        trust.ask(ledger, "300.00", kind=RequestKind.TRANSFER, target=other, authority="Letter")
    )
    make = f"/requests/{request.id}/transfer/"
    page = bob.text(make)
    for words in ("700.00", "300.00", "Letter", "Enter your password"):
        assert words in page, words
    sent: dict[str, Any] = {"on": times.day(trust.today), "version": "1"}
    assert "trust.step_up_needed" in bob.send(make, 409, **sent)
    assert bob.send(make, 422, **{**sent, "on": "never"})
    bob.sign_in_again()

    page = bob.text(bob.send(make, **sent))

    for words in ("T-1", "Lease", "Letter"):
        assert words in page, words
    assert [trust.held(ledger), trust.held(other)] == ["700.00", "300.00"]
    assert bob.send(make, **sent) == f"/requests/{request.id}/"
    assert count(trust, Transfer) == 1


def test_transfers_are_listed_and_printed(bob: Pages, trust: Trust, ledger: TrustLedger) -> None:
    assert "Nothing was moved yet" in bob.text("/transfers/")
    made = moving.transfer(trust, ledger, trust.ledger("Lease"), "300.00")

    assert "Letter of 1 Sep 2026" in bob.text("/transfers/?text=T-")
    assert "None fits" in bob.text("/transfers/?text=zzz")
    assert "T-1" in bob.client.get("/transfers/export/?format=csv").content.decode()
    answer = bob.client.get(f"/transfers/{made.id}/journal/")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for words in ("T-1", "1,000.00", "700.00", "Letter of 1 Sep 2026", "Lease"):
        assert words in text, words
