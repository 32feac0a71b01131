"""The pages of requests: ask, list, approve, ask back, answer, edit, take back; nobody skips a step."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import world
from chancery.trust.models import MoneyRequest, TrustLedger
from chancery.trust.requests import RequestKind
from chancery.web.shell import times
from doors.money import moving
from doors.money.conftest import Pages, count
from money import Trust
from world import Marlow

pytestmark = pytest.mark.django_db
ASK = "/requests/ask/withdrawal/"


def typed(**others: object) -> dict[str, Any]:
    return {
        "amount": "250.00",
        "reason": "Stamp duty",
        "to": "other",
        "payee_text": "Revenue NSW",
        "method": "cheque",
        "assignee": "",
        "key": "6f1c1c8e-5a0b-4a49-9b0e-0d5f5a1f7a11",
        **others,
    }


def test_the_ledger_is_found_by_what_one_knows_of_it(bob: Pages, ledger: TrustLedger) -> None:
    page = bob.text(f"{ASK}?text=ferry")

    assert f"{ASK}?ledger={ledger.id}" in page
    assert "fits</h3>" in bob.text(f"{ASK}?text=zzz")
    bob.text(f"{ASK}?ledger=nonsense", 404)
    bob.text("/requests/ask/loan/", 404)


def test_a_withdrawal_is_asked_for_once_however_often_it_is_sent(
    bob: Pages, ledger: TrustLedger
) -> None:
    form = bob.text(f"{ASK}?ledger={ledger.id}")
    assert "No money moves by a request alone" in form
    assert "1,000.00" in form

    address = bob.send(f"{ASK}?ledger={ledger.id}", **typed())
    again = bob.send(f"{ASK}?ledger={ledger.id}", **typed())

    assert address == again
    page = bob.text(address)
    for words in (
        "Withdrawal of $250.00",
        "Waiting for approval",
        "Revenue NSW",
        "750.00",
        "May approve: Alice Marlow, Lena Wu",
    ):
        assert words in page, words


def test_what_is_wrong_is_said_beside_its_field(bob: Pages, ledger: TrustLedger) -> None:
    wrong = typed(amount="12.345", reason="", payee_text="", method="")

    page = bob.send(f"{ASK}?ledger={ledger.id}", 422, **wrong)

    for words in (
        "is no amount of AUD",
        "Enter the reason",
        "Enter who is paid",
        "Choose the paid by",
        'value="12.345"',
    ):
        assert words in page, words
    assert "Enter an amount above nought." in bob.send(
        f"{ASK}?ledger={ledger.id}", 422, **typed(amount="0.00")
    )


def test_an_electronic_payment_takes_the_latest_bank_details_of_the_contact(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    bare = world.contact(trust.maker, "Bare Pty Ltd")
    page = bob.send(
        f"{ASK}?ledger={ledger.id}", 422, **typed(method="electronic", payee=str(bare.id))
    )
    assert "Bare Pty Ltd has no bank details yet" in page
    details = moving.details(trust)

    address = bob.send(
        f"{ASK}?ledger={ledger.id}", **typed(method="electronic", payee=str(details.contact_id))
    )

    page = bob.text(address)
    for words in (
        "062-001 8765 4321",
        "Not checked yet",
        "Somebody other than Bob Finch calls back",
    ):
        assert words in page


def test_the_client_is_paid_by_one_choice(bob: Pages, ledger: TrustLedger) -> None:
    address = bob.send(
        f"{ASK}?ledger={ledger.id}", **typed(to="client", payee_text="Somebody else")
    )

    assert "<dt>Payee</dt><dd>Sale of 14 Ferry Road Client</dd>" in bob.text(address)


def test_a_transfer_names_the_other_matter_by_its_number(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    other = trust.ledger("Lease")
    assert other.matter
    ask = f"/requests/ask/transfer/?ledger={ledger.id}"
    sent: dict[str, Any] = {
        "amount": "100.00",
        "reason": "As instructed",
        "authority": "Letter",
        "authority_on": "1 Nov 2026",
        "assignee": "",
    }

    assert "has a ledger on" in bob.send(ask, 422, **sent, target="1999-0001")
    page = bob.text(bob.send(ask, **sent, target=other.matter.number))

    for words in ("Lease", "1 Nov 2026", "900.00"):
        assert words in page


def test_a_receipt_is_asked_for(bob: Pages, ledger: TrustLedger) -> None:
    ask = f"/requests/ask/receipt/?ledger={ledger.id}"
    sent: dict[str, Any] = {
        "amount": "100.00",
        "reason": "Deposit",
        "payee": "Ann Client",
        "assignee": "",
    }

    page = bob.text(bob.send(ask, **sent))

    assert "Receipt of $100.00" in page
    assert "1,100.00" in page


def test_somebody_else_approves_and_the_next_act_is_offered(
    bob: Pages, lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    request = trust.ask(ledger, "10.00")
    address = f"/requests/{request.id}/"
    assert 'value="approve"' not in bob.text(address)
    assert bob.send(f"{address}turn/", 403, act="approve", version="1")

    lena.send(f"{address}turn/", act="approve", version="1")

    assert "Release…" in bob.text(address)
    assert "Release…" not in lena.text(address)


def test_an_approval_of_what_was_edited_meanwhile_is_refused(
    lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    request = trust.ask(ledger, "10.00")

    page = lena.send(f"/requests/{request.id}/turn/", 409, act="approve", version="2")

    assert "trust.approved_as_it_was" in page
    assert "Did money move?" in page
    lena.send(f"/requests/{request.id}/turn/", 404, act="steal")


def test_a_question_is_asked_and_answered(
    bob: Pages, lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    address = f"/requests/{trust.ask(ledger, '10.00').id}/"
    assert "Say it in a few words" in lena.send(f"{address}turn/", 422, act="ask_back", words=" ")
    lena.send(f"{address}turn/", act="ask_back", words="Which invoice?")

    assert "Which invoice?" in bob.text(address)
    assert 'value="answer"' in bob.text(address)
    bob.send(f"{address}turn/", act="answer", words="Invoice 9")
    assert "Invoice 9" in lena.text(address)


def test_a_request_is_rejected_or_taken_back_with_a_reason(
    bob: Pages, lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    rejected, taken = (f"/requests/{trust.ask(ledger, '10.00').id}/" for _ in range(2))

    lena.send(f"{rejected}turn/", act="reject", words="Not yet due")
    bob.send(f"{taken}turn/", act="take_back", words="Asked twice")

    assert "Rejected" in bob.text(rejected)
    assert "Withdrawn" in bob.text(taken)
    assert 'name="act"' not in bob.text(taken)


def test_an_edit_voids_what_was_approved_and_says_so(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    request = trust.approve(trust.ask(ledger, "10.00"))
    edit = f"/requests/{request.id}/edit/"
    page = bob.text(edit)
    assert "Saving voids what was approved" in page
    assert 'value="10.00"' in page

    address = bob.send(edit, **typed(amount="20.00", version="1"))

    page = bob.text(address)
    assert "Amount: 10.00 → 20.00" in page
    assert "0 of 1 given" in page
    assert "practice.changed_meanwhile" in bob.send(edit, 409, **typed(version="1"))


def test_the_lists_show_what_waits_and_what_fits(
    bob: Pages, lena: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    assert "Nothing waits for you" in bob.text("/requests/")
    trust.ask(ledger, "10.00", reason="Search fee")

    assert "Search fee" in lena.text("/requests/")
    assert 'class="count due">1<' in lena.text("/contacts/")
    assert "Nothing waits for you" in bob.text("/requests/")
    assert "Search fee" in bob.text("/requests/?show=all&mine=yes&kind=withdrawal&state=asked")
    assert "No request fits" in bob.text("/requests/?show=all&kind=bill")
    assert "Search fee" in bob.text(f"/requests/?show=all&account={trust.account.id}")


def test_the_list_is_taken_out_as_csv_and_xlsx(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    trust.ask(ledger, "1,250.00", reason="=1+1")

    answer = bob.client.get("/requests/export/?show=all&format=csv")
    head, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert "Amount, AUD" in head
    assert "1250.00" in row
    assert "'=1+1" in row
    answer = bob.client.get("/requests/export/?show=all&format=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert 1250.0 in book.get_sheet_by_index(0).to_python()[1]


def test_who_only_reads_asks_for_nothing(
    marlow: Marlow, as_person: Any, trust: Trust, ledger: TrustLedger
) -> None:
    erin = as_person(marlow.erin)
    request = trust.ask(ledger, "10.00")

    assert "Your roles let you read this only" in erin.text("/requests/?show=all")
    erin.text(ASK, 403)
    page = erin.text(f"/requests/{request.id}/")
    assert 'name="act"' not in page
    for act in ("approve", "ask_back", "answer", "reject", "take_back"):
        erin.send(f"/requests/{request.id}/turn/", 403, act=act, version="1", words="Why")
    assert count(trust, MoneyRequest) == 1


def test_nobody_is_offered_before_a_name_begins_so(bob: Pages, trust: Trust) -> None:
    world.contact(trust.maker, "Revenue NSW")

    assert "Revenue NSW" in bob.text("/requests/payees/?payee_text=reven")
    assert "No contact has a word" in bob.text("/requests/payees/?payee_text=zzz")
    assert bob.text("/requests/payees/").strip() == ""


def test_an_approved_request_for_a_receipt_ends_with_the_receipt_it_leads_to(
    bob: Pages, trust: Trust, ledger: TrustLedger
) -> None:
    request = trust.approve(
        trust.ask(ledger, "100.00", kind=RequestKind.RECEIPT, method="", payee="Ann Client")
    )
    page = bob.text(f"/requests/{request.id}/")
    assert "Take this receipt…" in page
    link = page.split('href="/money/receipts/add/?request')[1].split('"')[0]
    address = "/money/receipts/add/?request" + link.replace("&amp;", "&")
    assert 'value="100.00"' in bob.text(address)
    sent: dict[str, Any] = {
        "account": str(trust.account.id),
        "received_on": times.day(trust.today),
        "received_from": "Ann Client",
        "method": "direct_deposit",
        "reason": "Deposit",
        "count": "1",
        "ledger_1": str(ledger.id),
        "key": "6f1c1c8e-5a0b-4a49-9b0e-0d5f5a1f7a12",
    }

    assert "trust.not_the_receipt_asked_for" in bob.send(address, 409, **sent, amount_1="99.99")
    assert trust.held(ledger) == "1,000.00"
    bob.send(address, **sent, amount_1="100.00")

    assert "Done" in bob.text(f"/requests/{request.id}/")
    assert trust.held(ledger) == "1,100.00"
