"""The wizard of opening balances, as a bookkeeper goes through it."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import world
from chancery.ledger.models import Journal
from chancery.trust.models import OpeningItem, OpeningLedger
from conftest import Browse
from money import Trust, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    for number in ("26-1", "26-2"):
        world.matter(made.maker, f"Sale {number}", number=number)
    return made


@pytest.fixture
def client(trust: Trust, browse: Browse) -> Client:
    return browse(trust.maker)


def page(trust: Trust, name: str = "") -> str:
    return f"/admin/trust/bank-accounts/{trust.account.id}/opening/{name}"


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def send(client: Client, trust: Trust, name: str, **typed: Any) -> Any:
    return client.post(page(trust, name), typed)


def prepare(client: Client, trust: Trust) -> None:
    """Type 1,000.00 at the bank, 150.00 of cheques out: 850.00 of two matters."""
    send(client, trust, "", on="30 Jun 2026", bank="1,000.00", own="")
    put = {"act": "put"}
    send(client, trust, "ledgers/", matter="26-1", amount="600.00", last_movement="", **put)
    send(client, trust, "ledgers/", matter="26-2", amount="250", last_movement="1 Jun 2026", **put)
    send(client, trust, "items/", kind="cheque", date="30/6/2026", number="12", amount="150", **put)


def key_of(shown: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', shown)
    assert found, "the page has a key"
    return found[1]


def test_the_steps_lead_to_a_green_proof_and_finishing_posts(trust: Trust, client: Client) -> None:
    prepare(client, trust)

    shown = text(client.get(page(trust, "proof/")))
    assert 'class="proof agrees"' in shown
    assert "Both sides agree to the cent." in shown
    for _ in range(2):  # a double click
        answer = send(client, trust, "proof/", act="finish", key=key_of(shown))
        assert answer.status_code == 302

    with acting(trust.maker):
        assert Journal.objects.count() == 2
    assert "Undo the opening balances" in text(client.get(page(trust, "proof/")))


def test_a_difference_is_shown_and_nothing_is_finished(trust: Trust, client: Client) -> None:
    prepare(client, trust)
    send(client, trust, "ledgers/", act="put", matter="26-1", amount="599.99")

    shown = text(client.get(page(trust, "proof/")))
    assert 'class="proof agrees"' not in shown
    assert "Against the statement, the ledgers lack 0.01." in shown
    refused = text(send(client, trust, "proof/", act="finish", key=key_of(shown)), 409)

    assert "trust.opening_does_not_agree" in refused
    with acting(trust.maker):
        assert not Journal.objects.exists()


def test_the_difference_follows_what_is_typed(trust: Trust, client: Client) -> None:
    prepare(client, trust)
    apart = {
        "bank=1000.05&own=": "the ledgers lack 0.05",
        "bank=1000&own=0.05": "the ledgers hold too much: 0.05",
        "matter=26-1&amount=1": "the ledgers hold too much: 1.00",
        "kind=deposit&amount=1": "the ledgers lack 1.00",
        "kind=cheque&amount=x": "Both sides agree",
    }

    for typed, words in apart.items():
        shown = text(client.get(f"{page(trust, 'difference/')}?{typed}"))
        assert words in shown
        assert ("not saved yet" in shown) == ("Both" not in words)


def test_a_file_with_faults_lists_them_by_row_and_keeps_what_was_there(
    trust: Trust, client: Client
) -> None:
    prepare(client, trust)
    file = SimpleUploadedFile("l.csv", b"matter,amount\n26-1,5\n99-9,=2+3\n<b>,1\n")

    shown = text(send(client, trust, "ledgers/", act="file", file=file), 409)

    assert "2 rows of the file to correct" in shown
    assert "No matter has the number 99-9." in shown
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown
    with acting(trust.maker):
        assert OpeningLedger.objects.count() == 2


def test_a_file_without_faults_takes_the_place(trust: Trust, client: Client) -> None:
    prepare(client, trust)
    ledgers = SimpleUploadedFile("l.csv", b"matter,amount\n26-1,850\n")
    items = SimpleUploadedFile("i.csv", b"kind,date,amount\ncheque,2026-06-01,100\n")

    assert send(client, trust, "ledgers/", act="file", file=ledgers).status_code == 302
    assert send(client, trust, "items/", act="file", file=items).status_code == 302

    with acting(trust.maker):
        assert [line.amount_minor for line in OpeningLedger.objects.all()] == [85000]
        assert [item.amount_minor for item in OpeningItem.objects.all()] == [10000]


def test_a_wrong_cell_stands_beside_its_field_and_stays_typed(trust: Trust, client: Client) -> None:
    prepare(client, trust)

    shown = text(send(client, trust, "ledgers/", act="put", matter="99-9", amount="1,2"), 422)

    assert "No matter has the number 99-9." in shown
    assert "is no amount of AUD" in shown
    assert 'value="1,2"' in shown


def test_a_line_is_taken_out(trust: Trust, client: Client) -> None:
    prepare(client, trust)
    with acting(trust.maker):
        line = OpeningLedger.objects.get(matter__number="26-1")

    send(client, trust, "ledgers/", act="take_out", part=str(line.id))
    send(client, trust, "ledgers/", act="take_out", part="no id")

    assert (
        "26-1"
        not in text(client.get(page(trust, "ledgers/"))).split("Steps")[0].split("<tbody>")[1]
    )


def test_undoing_asks_why_and_begins_again_from_what_was(trust: Trust, client: Client) -> None:
    prepare(client, trust)
    send(client, trust, "proof/", act="finish", key=key_of(text(client.get(page(trust, "proof/")))))

    assert "Say why" in text(send(client, trust, "proof/", act="undo", reason=" "), 422)
    assert send(client, trust, "proof/", act="undo", reason="Of May").status_code == 302
    assert "Of May" in text(client.get(page(trust, "proof/")))
    assert send(client, trust, "proof/", act="again").status_code == 302

    assert "600.00" in text(client.get(page(trust, "ledgers/")))


def test_a_draft_is_thrown_away(trust: Trust, client: Client) -> None:
    prepare(client, trust)

    send(client, trust, "proof/", act="discard")

    assert client.get(page(trust, "ledgers/"))["Location"] == page(trust)
    assert "Threw the draft away" in text(client.get(page(trust)))


def test_the_templates_are_files_that_can_be_read_back(trust: Trust, client: Client) -> None:
    ledgers = client.get(page(trust, "ledgers.csv"))

    assert ledgers.content.decode("utf-8-sig") == "matter,amount,last_movement\r\n"
    assert "attachment" in ledgers["Content-Disposition"]


def test_an_examiner_looks_and_changes_nothing(
    trust: Trust, marlow: Marlow, client: Client, browse: Browse
) -> None:
    prepare(client, trust)
    erin = browse(marlow.erin)

    assert "Save and go on" not in text(erin.get(page(trust)))
    assert send(erin, trust, "", on="30 Jun 2026", bank="1").status_code == 403
    for name in ("ledgers/", "items/", "proof/"):
        assert send(erin, trust, name, act="put").status_code == 403
