"""Admin > Accounting as a person sees it: three options, one window, one page for each way it may go."""

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

import books
from chancery.accounting import choices, office_accounts
from chancery.accounting.models import Connection, PackageChoice, SentDocument
from chancery.outbox.models import Message
from chancery.practice.models import Person
from conftest import Browse
from world import LATER, Marlow, acting

pytestmark = pytest.mark.django_db
INDEX = "/admin/accounting/"
XERO = "/admin/accounting/xero/"
OFFICE = "/admin/accounting/office-accounts/"


@pytest.fixture
def alice(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.alice)


@pytest.fixture
def read(marlow: Marlow) -> Marlow:
    books.connect(marlow.alice)
    books.read(
        marlow.alice,
        books.bank("Office", "090", bank_number="062-555 1"),
        books.bank("Petty Cash"),
        books.bank("Old", "091", is_active=False),
    )
    return marlow


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def lose(person: Person, state: str = "lost") -> None:
    with acting(person):
        Connection.objects.update(state=state, lost_because="Someone disconnected it.")


def test_three_options_are_offered_and_none_is_chosen(marlow: Marlow, alice: Client) -> None:
    page = text_of(alice, INDEX)

    assert re.findall(r'<h2 id="o-\w+">([^<]+)', page) == [
        "Xero",
        "QuickBooks Online",
        "Billing and trust accounting only",
    ]
    with acting(marlow.alice):
        assert not PackageChoice.objects.exists()


def test_quickbooks_is_shown_but_cannot_be_chosen(alice: Client) -> None:
    page = text_of(alice, INDEX)

    assert "Not available yet" in page
    assert re.search(r'disabled aria-describedby="qbo-why">Choose QuickBooks Online', page)
    assert alice.get("/admin/accounting/choose/quickbooks/").status_code == 404
    assert alice.post("/admin/accounting/choose/quickbooks/").status_code == 404


def test_the_window_warns_before_anything_is_chosen(marlow: Marlow, alice: Client) -> None:
    page = text_of(alice, "/admin/accounting/choose/xero/")

    assert "Connect Marlow & Finch Lawyers to Xero?" in page
    assert "This choice cannot be changed later." in page
    assert re.search(r"<dialog[^>]+ open ", page)
    assert ">I understand</button>" in page
    assert ">Go back</a>" in page
    with acting(marlow.alice):
        assert choices.of_firm() is None


def test_no_package_says_what_this_version_keeps_and_when_the_choice_is_final(
    alice: Client,
) -> None:
    page = text_of(alice, "/admin/accounting/choose/standalone/")

    assert "becomes final when the first trust money is entered, which this version cannot" in page
    assert "Bills and trust money cannot be entered yet" in page


def test_i_understand_chooses_and_goes_on_to_the_consent_page(
    marlow: Marlow, alice: Client, settings: Settings
) -> None:
    settings.XERO_SANDBOX_URL = "http://localhost:8081"

    answer = alice.post("/admin/accounting/choose/xero/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("http://localhost:8081/identity/connect/authorize?")
    with acting(marlow.alice):
        choice = choices.of_firm()
    assert choice is not None
    assert choice.package == "xero"


def test_without_an_app_nothing_is_chosen_and_the_page_says_how_to_register(
    marlow: Marlow, alice: Client
) -> None:
    answer = alice.post("/admin/accounting/choose/xero/")

    assert answer.status_code == 409
    assert "developer.xero.com" in answer.content.decode()
    with acting(marlow.alice):
        assert choices.of_firm() is None


def test_a_chosen_but_unconnected_firm_may_connect_or_back_out(
    marlow: Marlow, alice: Client
) -> None:
    with acting(marlow.alice):
        choices.choose(package="xero", by=marlow.alice, at=LATER)

    page = text_of(alice, INDEX)

    assert "Connect to Xero" in page
    assert "Back out…" in page


def test_backing_out_asks_first_and_then_offers_three_options_again(
    marlow: Marlow, alice: Client
) -> None:
    with acting(marlow.alice):
        choices.choose(package="xero", by=marlow.alice, at=LATER)

    assert "Back out of Xero?" in text_of(alice, "/admin/accounting/back-out/")
    answer = alice.post("/admin/accounting/back-out/")

    assert answer["Location"] == INDEX
    assert "Choose Xero" in text_of(alice, INDEX)


def test_backing_out_is_refused_once_something_was_sent(read: Marlow, browse: Browse) -> None:
    with acting(read.alice):
        SentDocument.objects.create(
            firm=read.firm, kind="account", key="a", external_id="a", sent_at=LATER
        )
    client = browse(read.alice)

    assert "The choice is final." in text_of(client, "/admin/accounting/back-out/")
    assert "Back out…" not in text_of(client, XERO)
    answer = client.post("/admin/accounting/back-out/")

    assert answer.status_code == 409
    assert "accounting.choice_is_final" in answer.content.decode()


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_others_see_the_options_and_who_may_choose(
    marlow: Marlow, browse: Browse, who: str
) -> None:
    client = browse(getattr(marlow, who))

    assert "An administrator chooses the accounting system." in text_of(client, INDEX)
    for address in ("choose/xero/", "choose/standalone/", "back-out/", "xero/disconnect/"):
        assert client.post(f"/admin/accounting/{address}").status_code == 403


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("bob", 302), ("erin", 403)])
def test_who_may_refresh(read: Marlow, browse: Browse, who: str, status: int) -> None:
    assert browse(getattr(read, who)).post("/admin/accounting/xero/refresh/").status_code == status


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_takes_office_accounts(
    read: Marlow, browse: Browse, who: str
) -> None:
    account = books.chart_account(read.alice, "Office")
    client = browse(getattr(read, who))

    assert client.post(f"{OFFICE}offered/{account.id}/").status_code == 403
    assert "Use as office account" not in text_of(client, OFFICE)


def test_a_return_that_nobody_began_is_refused_on_its_own_page(alice: Client) -> None:
    answer = alice.get("/admin/accounting/xero/return/", {"state": "forged", "code": "c"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "accounting.consent_is_forged" in page
    assert "Connect again from Admin" in unescape(page)


def test_a_return_with_nothing_in_it_leads_back(alice: Client) -> None:
    assert alice.get("/admin/accounting/xero/return/")["Location"] == INDEX


def test_the_xero_page_shows_connection_calls_and_accounts(read: Marlow, browse: Browse) -> None:
    page = text_of(browse(read.alice), XERO)

    assert '<span class="pill ok">Connected</span>' in page
    assert "500 of 500 left" in page
    assert "Chancery stops at 500 of its own accord" in page
    assert "Refresh…" in page
    assert "Disconnect…" in page
    assert "Needs a code in Xero" in page
    assert "Archived in Xero" in page
    assert "1 to 3 of 3 accounts" in page


def test_the_accounts_are_filtered_by_the_address(read: Marlow, browse: Browse) -> None:
    client = browse(read.alice)

    assert "Office" in text_of(client, f"{XERO}?text=090")
    assert "1 to 1 of 1 accounts" in text_of(client, f"{XERO}?show=no-code")
    nothing = text_of(client, f"{XERO}?text=zzz")
    assert "No account fits" in nothing
    assert "Clear filters" in nothing


def test_a_running_refresh_is_watched_and_works_without_script(
    read: Marlow, browse: Browse
) -> None:
    client = browse(read.alice)
    client.post("/admin/accounting/xero/refresh/")

    page = text_of(client, XERO)

    assert 'hx-trigger="every 1s"' in page
    assert 'role="status"' in page
    assert ">Look again</a>" in page
    assert "no worker runs" in page


def test_what_is_watched_brings_the_bar_and_the_acts_along(read: Marlow, browse: Browse) -> None:
    client = browse(read.alice)
    client.post("/admin/accounting/xero/refresh/")

    page = text_of(client, XERO)

    renewed = re.search(r'hx-select-oob="([^"]+)"', page)
    assert renewed
    for part in renewed[1].replace(":innerHTML", "").split(","):
        assert page.count(f'id="{part.removeprefix("#")}"') == 1


def test_a_connection_that_a_refresh_found_lost_shows_one_red_box(
    read: Marlow, browse: Browse
) -> None:
    client = browse(read.alice)
    client.post("/admin/accounting/xero/refresh/")
    lose(read.alice)
    with acting(read.alice):
        Message.objects.update(
            state="needs_person", trouble="The connection is lost. Reconnect it."
        )

    page = text_of(client, XERO)

    assert page.count('class="banner bad"') == 1
    assert "The refresh stopped" not in page


def test_backing_out_stands_with_the_connection_and_not_with_the_calls(
    read: Marlow, browse: Browse
) -> None:
    lose(read.alice)

    cards = text_of(browse(read.alice), XERO).split("<section ")

    assert [card.split('"')[3] for card in cards if "Back out…" in card] == ["status"]


def test_nothing_is_watched_while_nothing_moves(read: Marlow, browse: Browse) -> None:
    assert "every 1s" not in text_of(browse(read.alice), XERO)


def test_a_lost_connection_says_so_on_every_page_and_offers_reconnect(
    read: Marlow, browse: Browse
) -> None:
    lose(read.alice)
    client = browse(read.alice)

    page = text_of(client, XERO)
    assert "The connection to Xero is lost" in page
    assert "Someone disconnected it." in page
    assert ">Reconnect</button>" in page
    assert "Refresh…</button>" not in page
    assert "Xero: connection lost" in text_of(client, "/")


def test_a_disconnected_firm_keeps_its_choice_and_may_reconnect(
    read: Marlow, browse: Browse
) -> None:
    lose(read.alice, "disconnected")

    page = text_of(browse(read.alice), XERO)

    assert ">Reconnect</button>" in page
    assert "Xero: not connected" in page


def test_an_account_is_used_and_given_back(read: Marlow, browse: Browse) -> None:
    client = browse(read.alice)
    account = books.chart_account(read.alice, "Office")

    client.post(f"{OFFICE}offered/{account.id}/")
    page = text_of(client, OFFICE)
    assert re.search(r"090</td><th scope=\"row\">Office</th>.*Office account", page)

    taken = books.office_account(read.alice, "Office")
    client.post(f"{OFFICE}{taken.id}/")
    assert "Use as office account" in text_of(client, OFFICE)


def test_an_account_named_as_trust_is_taken_only_after_a_window_that_says_why(
    read: Marlow, browse: Browse
) -> None:
    books.read(read.alice, books.bank("Old Trust Account", "090"))
    client, account = browse(read.alice), books.chart_account(read.alice, "Old Trust Account")
    address = f"{OFFICE}offered/{account.id}/"

    page = text_of(client, OFFICE)
    refused = client.post(address)
    window = text_of(client, address)
    client.post(address, {"even_though_named_trust": "yes"})

    assert "named as" in page
    assert "Use as office account" not in page
    assert refused.status_code == 409
    assert "accounting.account_is_named_as_trust" in refused.content.decode()
    assert "It has the words “trust account”" in window
    assert books.office_account(read.alice, "Old Trust Account").code == "090"
    assert browse(read.bob).get(address).status_code == 403


def test_accounts_without_a_code_say_what_to_do_in_xero(read: Marlow, browse: Browse) -> None:
    page = text_of(browse(read.alice), OFFICE)

    assert "Bank accounts without a code" in page
    assert "Petty Cash" in page
    assert "give it a 3-digit code" in page
    assert "Leave the bank feed off" in page


def test_an_account_taken_twice_is_refused_on_the_page(read: Marlow, browse: Browse) -> None:
    account = books.chart_account(read.alice, "Office")
    with acting(read.alice):
        office_accounts.use(chart_account_id=account.id, by=read.alice, at=LATER)

    answer = browse(read.alice).post(f"{OFFICE}offered/{account.id}/")

    assert answer.status_code == 409
    assert "accounting.account_serves_already" in answer.content.decode()


def test_without_a_package_office_accounts_are_entered_by_hand(
    marlow: Marlow, alice: Client
) -> None:
    answer = alice.post("/admin/accounting/choose/standalone/")
    assert answer["Location"] == "/admin/accounting/standalone/"

    missing = alice.post("/admin/accounting/standalone/", {"name": "", "code": "090"})
    entered = alice.post("/admin/accounting/standalone/", {"name": "Office", "code": "090"})
    again = alice.post("/admin/accounting/standalone/", {"name": "Other", "code": "090"})

    assert missing.status_code == 422
    assert entered.status_code == 302
    assert again.status_code == 409
    assert "belongs to Office already" in unescape(again.content.decode())
    assert alice.get(OFFICE)["Location"] == "/admin/accounting/standalone/"


def test_charlie_sees_three_options_and_nothing_of_marlows(
    read: Marlow, charlie: Person, browse: Browse
) -> None:
    client = browse(charlie)

    assert "Choose Xero" in text_of(client, INDEX)
    assert client.get(XERO)["Location"] == INDEX
    assert "Petty Cash" not in text_of(client, OFFICE)
