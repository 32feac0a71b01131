"""Documents as PDF through the API: the same paper as on the page, marked once it was taken back."""

import pytest

from doors.api.calls import Answered, program_of
from doors.api.money_things import MoneyThings
from read_back import words
from world import Marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


def text_of(answer: Answered) -> str:
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return words(answer.body)


def test_each_document_is_handed_out_with_its_number(money: MoneyThings) -> None:
    program = program_of(money.owner)
    papers = {
        f"receipts/{money.receipt.id}": money.receipt,
        f"withdrawals/{money.withdrawal.id}": money.withdrawal,
        f"transfers/{money.transfer.id}": money.transfer,
    }

    for address, document in papers.items():
        answer = program.get(f"{address}/pdf")
        assert document.number_shown in text_of(answer)
        name = f'inline; filename="{document.number_shown}.pdf"'
        assert answer.headers["Content-Disposition"] == name


def test_a_receipt_that_was_taken_back_says_so(money: MoneyThings) -> None:
    program, path = program_of(money.owner), f"receipts/{money.receipt.id}/pdf"
    before = text_of(program.get(path))

    money.trust.reverse(money.receipt)

    assert "Entered by mistake" not in before
    assert "Entered by mistake" in text_of(program.get(path))
