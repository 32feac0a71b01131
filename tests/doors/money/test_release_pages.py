"""Money leaves at the end of an informed stop, by somebody who has just entered their password."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from chancery.trust.models import TrustLedger, Withdrawal
from chancery.web.shell import times
from doors.money import moving
from doors.money.conftest import Pages, count
from money import Trust
from world import Marlow

pytestmark = pytest.mark.django_db


def how(trust: Trust, **others: object) -> dict[str, Any]:
    return {
        "on": times.day(trust.today),
        "version": "1",
        "number": "71",
        "practice_name": "on",
        **others,
    }


@pytest.fixture
def approved(trust: Trust, ledger: TrustLedger) -> str:
    return f"/requests/{trust.approve(trust.ask(ledger, '250.00')).id}/"


def test_the_stop_says_what_leaves_and_asks_for_the_password(
    bob: Pages, trust: Trust, approved: str
) -> None:
    page = bob.text(f"{approved}release/")

    for words in (
        "Release $250.00 to Revenue NSW",
        "Revenue NSW",
        "Sale of 14 Ferry Road",
        "1 of 1",
        "750.00",
        'name="number" value="1"',
        "It bears the name of the firm",
        f"/sign-in/again/?next={approved.replace('/', '%2F')}release%2F",
    ):
        assert words in page, words
    assert "Release this payment" not in page
    refused = bob.send(f"{approved}release/", 409, **how(trust))
    assert "trust.step_up_needed" in refused
    assert count(trust, Withdrawal) == 0


def test_the_password_leads_back_and_the_money_leaves_once(
    bob: Pages, trust: Trust, ledger: TrustLedger, approved: str
) -> None:
    wrong = bob.send(f"/sign-in/again/?next={approved}release/", 200, password="not this one")
    assert "This is not your password" in wrong
    back = bob.send(f"/sign-in/again/?next={approved}release/", password="harbour-quill-lantern-9")
    assert back == f"{approved}release/"
    assert "Release this payment" in bob.text(back)

    paid = bob.send(back, **how(trust))

    page = bob.text(paid)
    for words in ("Withdrawal W-1", 'Cheque <span class="num">71</span>', "Password entered at"):
        assert words in page, words
    assert trust.held(ledger) == "750.00"
    assert bob.send(back, **how(trust)) == approved
    assert count(trust, Withdrawal) == 1


def test_a_password_entered_long_ago_lets_nothing_leave(
    bob: Pages, trust: Trust, approved: str
) -> None:
    bob.sign_in_again()
    session = bob.client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 10 * 60 + 1
    session.save()

    assert "trust.step_up_needed" in bob.send(f"{approved}release/", 409, **how(trust))


def test_what_is_wrong_with_a_cheque_stops_it(bob: Pages, trust: Trust, approved: str) -> None:
    bob.sign_in_again()

    said = bob.send(f"{approved}release/", 422, **how(trust, practice_name=""))
    assert "A cheque bears the firm" in said
    assert 'value="71"' in said
    late = how(trust, on=times.day(trust.today + timedelta(days=1)))
    assert "trust.paid_on_wrong_day" in bob.send(f"{approved}release/", 409, **late)
    assert "trust.released_as_it_was" in bob.send(
        f"{approved}release/", 409, **how(trust, version="2")
    )


def test_more_than_is_there_never_leaves(bob: Pages, trust: Trust, ledger: TrustLedger) -> None:
    address = f"/requests/{trust.approve(trust.ask(ledger, '1,000.01')).id}/"
    bob.sign_in_again()

    said = bob.send(f"{address}release/", 409, **how(trust))

    assert "trust.would_overdraw" in said
    assert "The rule" in said
    assert "below-zero" in said


def test_changed_bank_details_are_shown_old_and_new_and_stop_the_payment(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    details = moving.checked(trust, moving.details(trust))
    request = trust.approve(trust.ask(ledger, "10.00", method="electronic", payee_details=details))
    release = f"/requests/{request.id}/release/"
    bob.sign_in_again()
    assert "Checked by a call" in bob.text(release)
    sent: dict[str, Any] = {
        "account_name": "Vendor",
        "number_bsb": "062-001",
        "number_account": "11112222",
    }
    bob.send(f"/contacts/{details.contact_id}/bank-details/", **sent)

    said = bob.send(release, 409, on=times.day(trust.today), version="1")

    assert "trust.payee_details_changed" in said
    assert "from 062-001 8765 4321 to 062-001 1111 2222" in said


def test_who_may_not_release_is_told_who_may(lena: Pages, approved: str) -> None:
    assert "Ask an administrator or a bookkeeper" in lena.text(f"{approved}release/", 403)


def test_withdrawals_are_listed_narrowed_and_taken_out(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    assert "No money has left yet" in bob.text("/withdrawals/")
    trust.pay(ledger, "12.00", payee="Land Registry")

    assert "Land Registry" in bob.text("/withdrawals/?text=land&method=cheque&purpose=withdrawal")
    assert "No withdrawal fits" in bob.text("/withdrawals/?text=zzz")
    day = times.day(trust.today)
    assert "Land Registry" in bob.text(f"/withdrawals/?since={day}&until={day}")
    answer = bob.client.get("/withdrawals/export/?format=csv")
    assert "Land Registry" in answer.content.decode()
    assert "12.00" in answer.content.decode()


def test_the_requisition_is_printed(bob: Pages, trust: Trust, ledger: TrustLedger) -> None:
    details = moving.checked(trust, moving.details(trust))
    paid = trust.pay(ledger, "100.00", method="electronic", payee_details=details)
    trust.wait(1)
    trust.reverse(paid)

    answer = bob.client.get(f"/withdrawals/{paid.id}/requisition/")

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    for words in ("W-1", "Vendor Pty Ltd", "1,000.00", "900.00", "Lena Wu", "Ms Vendor"):
        assert words in text, words


def test_a_stopped_cheque_gives_its_money_back_and_is_issued_anew(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    paid = trust.pay(ledger, "100.00")
    address = f"/withdrawals/{paid.id}/"
    assert "The bank is told by you" in bob.text(f"{address}cheque/stop/")
    assert "Choose today or an earlier day" in bob.send(
        f"{address}cheque/stop/", 422, on="1 Jan 2099", reason="Lost"
    )

    bob.send(f"{address}cheque/stop/", on=times.day(trust.today), reason="Lost in the post")

    page = bob.text(address)
    assert "Lost in the post" in page
    anew = f"/requests/ask/withdrawal/?ledger={ledger.id}&amp;reissue={paid.id}"
    assert anew in page
    form = bob.text(anew.replace("&amp;", "&"))
    assert 'name="reissue_number" value="W-1"' in form
    sent: dict[str, Any] = {
        "amount": "100.00",
        "reason": "Stamp duty",
        "to": "other",
        "payee_text": "Revenue NSW",
        "method": "cheque",
        "assignee": "",
        "reissue": str(paid.id),
        "reissue_number": "W-1",
    }
    assert "<dt>In place of</dt><dd>W-1</dd>" in bob.text(
        bob.send(anew.replace("&amp;", "&"), **sent)
    )
    assert trust.held(ledger) == "1,000.00"
    again = bob.send(f"{address}cheque/stale/", 409, on=times.day(trust.today), reason="Old")
    assert "trust.already_reversed" in again


def test_old_cheques_are_listed_by_age(bob: Pages, trust: Trust, ledger: TrustLedger) -> None:
    trust.today -= timedelta(days=200)
    old = trust.ledger("Old")
    trust.receive(old, "50.00")
    trust.pay(old, "50.00", payee="Slow Payee")

    assert "Slow Payee" in bob.text("/withdrawals/cheques/?age=6")
    assert "None is that old" in bob.text("/withdrawals/cheques/")
    assert "Slow Payee" in bob.client.get("/withdrawals/cheques/?age=6&format=csv").content.decode()


def test_only_a_cheque_is_stopped(
    marlow: Marlow, bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    details = moving.checked(trust, moving.details(trust))
    paid = trust.pay(ledger, "100.00", method="electronic", payee_details=details)

    bob.text(f"/withdrawals/{paid.id}/cheque/stop/", 404)
    bob.text(f"/withdrawals/{trust.pay(ledger, '1.00').id}/cheque/burn/", 404)
