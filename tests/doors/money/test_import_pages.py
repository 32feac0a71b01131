"""A history is sent as a file, looked at, posted and undone on its pages."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client, RequestFactory

import world
from chancery.ledger.models import Journal
from chancery.trust import history_jobs
from chancery.trust.models import HistoryImport
from conftest import Browse
from money import Trust, open_trust
from past import HEADING
from world import Marlow, acting

pytestmark = pytest.mark.django_db

SOUND = "2026-01-05,26-1,receipt,10.00,,Ann <b>,R1,"
FAULTY = "2026-01-06,99-9,receipt,10.00,,=1+1,R2,"


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    world.matter(made.maker, "Sale", number="26-1")
    return made


@pytest.fixture
def client(trust: Trust, browse: Browse) -> Client:
    return browse(trust.maker)


def imports(trust: Trust) -> str:
    return f"/admin/trust/bank-accounts/{trust.account.id}/imports/"


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def send(client: Client, trust: Trust, *lines: str) -> Any:
    content = "\n".join((HEADING, *lines)).encode()
    return client.post(imports(trust), {"file": SimpleUploadedFile("history.csv", content)})


def key_of(shown: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', shown)
    assert found, "the page has a key"
    return found[1]


def journals(trust: Trust) -> int:
    with acting(trust.maker):
        return Journal.objects.count()


def test_a_sound_file_is_shown_posted_once_and_undone(trust: Trust, client: Client) -> None:
    address = send(client, trust, SOUND)["Location"]
    shown = text(client.get(address))
    assert "Ready to post" in shown
    assert "Ann &lt;b&gt;" in shown

    for _ in range(2):  # a double click
        client.post(address, {"act": "post", "key": key_of(shown)})
    assert journals(trust) == 1
    assert "Undo the import" in text(client.get(address))

    assert "Say why" in text(client.post(address, {"act": "undo", "reason": ""}), 422)
    client.post(address, {"act": "undo", "reason": "Wrong file"})
    assert journals(trust) == 2
    assert "taken back: Wrong file" in text(client.get(address))


def test_findings_stand_beside_their_rows_and_nothing_is_posted(
    trust: Trust, client: Client
) -> None:
    address = send(client, trust, SOUND, FAULTY)["Location"]

    shown = text(client.get(f"{address}?show=faulty"))
    assert "No matter has the number 99-9." in shown
    assert "26-1" not in shown.split("<tbody>")[1].split("</tbody>")[0]
    refused = text(client.post(address, {"act": "post", "key": key_of(shown)}), 409)

    assert "trust.import_has_findings" in refused
    assert journals(trust) == 0


def test_the_books_are_asked_again_once_the_matter_is_there(trust: Trust, client: Client) -> None:
    address = send(client, trust, FAULTY)["Location"]
    world.matter(trust.maker, "New", number="99-9")

    client.post(address, {"act": "check"})

    assert "Ready to post" in text(client.get(address))


def test_the_rows_come_in_pages(trust: Trust, client: Client) -> None:
    lines = [f"2026-01-05,26-1,receipt,1.00,,Ann,R{at}," for at in range(51)]
    address = send(client, trust, *lines)["Location"]

    shown = text(client.get(address))
    following = re.search(r'rel="next" href="([^"]+)"', shown)

    assert "1 to 50 of 51" in shown
    assert following
    assert "R50" in text(client.get(f"{address}{following[1]}"))


def test_the_findings_are_taken_out_with_formulas_as_words(trust: Trust, client: Client) -> None:
    address = send(client, trust, SOUND, FAULTY)["Location"]

    exported = client.get(f"{address}export/?show=faulty&format=csv").content.decode("utf-8-sig")

    assert "'=1+1" in exported
    assert "26-1" not in exported
    assert client.get(f"{address}export/?format=xlsx").content[:2] == b"PK"


def test_what_was_read_is_thrown_away(trust: Trust, client: Client) -> None:
    address = send(client, trust, SOUND)["Location"]

    client.post(address, {"act": "discard"})

    assert client.get(address).status_code == 404
    assert "Threw away what was read" in text(client.get(imports(trust)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfed\x00", "file.not_readable"),
        (b"a,b\n1,2", "file.columns_missing"),
        (HEADING.encode(), "trust.import_is_empty"),
    ],
)
def test_a_file_that_is_no_history_is_refused(
    trust: Trust, client: Client, content: bytes, code: str
) -> None:
    answer = client.post(imports(trust), {"file": SimpleUploadedFile("x.csv", content)})

    assert code in text(answer, 409)


def test_a_form_without_a_file_says_so(trust: Trust, client: Client) -> None:
    assert "Choose a file" in text(client.post(imports(trust), {}), 422)


def test_a_file_over_the_limit_is_dropped_as_it_arrives(
    trust: Trust, client: Client, rf: RequestFactory
) -> None:
    line = b"x" * 999 + b"\n"
    file = SimpleUploadedFile("big.csv", f"{HEADING}\n".encode() + line * 30_000)

    kept = rf.post("/", {"file": file}).FILES["file"]
    assert isinstance(kept, UploadedFile)
    assert kept.size
    assert 20_000_000 < kept.size < 20_200_000
    file.seek(0)
    answer = client.post(imports(trust), {"file": file})

    assert "file.too_large" in text(answer, 409)
    with acting(trust.maker):
        assert not HistoryImport.objects.exists()


def test_the_template_has_every_column(trust: Trust, client: Client) -> None:
    assert (
        client.get(f"{imports(trust)}history.csv").content.decode("utf-8-sig") == f"{HEADING}\r\n"
    )


def test_an_import_of_another_account_is_not_found_under_this_one(
    trust: Trust, client: Client
) -> None:
    address = send(client, trust, SOUND)["Location"]
    other = address.replace(str(trust.account.id), "00000000-0000-7000-8000-000000000000")

    assert client.get(other).status_code == 404


def test_an_examiner_imports_nothing(
    trust: Trust, marlow: Marlow, client: Client, browse: Browse
) -> None:
    address = send(client, trust, SOUND)["Location"]
    erin = browse(marlow.erin)

    assert send(erin, trust, SOUND).status_code == 403
    assert erin.post(address, {"act": "post", "key": "k"}).status_code == 403
    assert "Post all rows" not in text(erin.get(address))


def test_a_long_file_is_left_to_the_worker_and_the_page_may_be_left(
    trust: Trust, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_jobs, "AT_ONCE_AT_MOST", 0)
    address = send(client, trust, SOUND)["Location"]
    key = key_of(text(client.get(address)))

    assert client.post(address, {"act": "post", "key": key}).status_code == 302

    shown = text(client.get(address))
    assert journals(trust) == 0
    assert "Being posted" in shown
    assert "no worker runs" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert "Throw away" not in shown
