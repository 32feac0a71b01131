"""The window of a trust bank account: every field, every option, and what is typed is never lost."""

import re
from html import unescape

import pytest
from django.test import Client

from chancery.accounting import office_accounts
from chancery.accounting.models import AccountUse
from chancery.outbox.models import Message
from chancery.practice.contacts import PLACEHOLDER_BANK_NAME
from chancery.practice.models import Contact, ContactRole, Person
from chancery.trust.models import TrustBankAccount
from conftest import Browse
from db.trust.accounts import NAME, meet
from doors.trust_setup.setups import (
    ADD,
    TRUST,
    chart_account,
    choose_package,
    choose_place,
    page_of,
    text,
    typed,
)
from world import LATER, Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(marlow: Marlow) -> Marlow:
    """Marlow & Finch with Xero and New South Wales chosen."""
    choose_package(marlow.alice)
    choose_place(marlow.alice)
    return marlow


@pytest.fixture
def bank(ready: Marlow) -> Contact:
    return meet(ready.alice, "Harbourside Bank", "bank")


@pytest.fixture
def alice(ready: Marlow, browse: Browse) -> Client:
    return browse(ready.alice)


def only_account(marlow: Marlow) -> TrustBankAccount:
    with acting(marlow.alice):
        return TrustBankAccount.objects.select_related("bank").get()


def options(page: str, field: str) -> list[str]:
    select = re.search(rf'<select name="{field}".*?</select>', page, re.DOTALL)
    assert select, f"no list {field}"
    return re.findall(r"<option[^>]*>([^<]+)</option>", select[0])


def test_the_window_has_every_field_and_every_option(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    chart_account(ready.alice, "Savings", "bank", code="093")

    page = page_of(alice, ADD)

    assert options(page, "gl_account") == ["(Auto create new in Xero)", "093 Savings"]
    assert options(page, "kind") == ["Current", "Investment", "Controlled", "Statutory"]
    assert options(page, "status") == ["Open", "Closed"]
    assert options(page, "bank") == ["Choose a bank", PLACEHOLDER_BANK_NAME, "Harbourside Bank"]
    for label in ("BSB", "Account number", "Account name", "Title on statements"):
        assert f">{label}" in page
    for part in ("prefix", "first number"):
        for series in ("Receipts", "Withdrawals", "Transfers"):
            assert f">{series}: {part}" in page
    assert "Numbering, receipts and statements" in page
    assert '<dialog class="dialog wide" open data-open data-back="/admin/trust/"' in page


def test_saving_writes_the_account_its_use_and_one_message_together(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    answer = alice.post(ADD, typed(bank.id))

    assert (answer.status_code, answer["Location"]) == (302, TRUST)
    account = only_account(ready)
    with acting(ready.alice):
        use = AccountUse.objects.get()
        message = Message.objects.get()
    assert (account.name, account.number_shown) == (NAME, "062-555 1042 7731")
    assert use.trust_account_id == account.id
    assert use.wanted["name"] == NAME
    assert use.wanted["bank_number"] == "062-555 1042 7731"
    assert (message.subject_id, message.state) == (use.id, "queued")


def test_the_row_says_that_it_is_being_made_and_looks_again_by_itself(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    alice.post(ADD, typed(bank.id))

    page = page_of(alice)

    row = f"/admin/trust/bank-accounts/{only_account(ready).id}/standing/"
    assert "Creating in Xero…" in page
    assert f'hx-get="{row}" hx-trigger="every 2s"' in page
    part = page_of(alice, row)
    assert part.strip().startswith("<tbody")
    assert "Creating in Xero…" in part


def test_an_unused_account_of_xero_may_stand_for_it_at_once(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    savings = chart_account(ready.alice, "Savings", "bank", code="093")

    alice.post(ADD, typed(bank.id, gl_account=str(savings.id)))

    page = page_of(alice)
    assert "Creating in Xero" not in page
    assert re.search(r'data-label="In Xero">\s*<span role="status">\s*093', page)
    assert options(page_of(alice, ADD), "gl_account") == ["(Auto create new in Xero)"]


@pytest.mark.parametrize(
    "other",
    [
        {"type_": "current_liability"},
        {"type_": "bank", "is_active": False},
        {"type_": "bank", "currency": "NZD"},
    ],
)
def test_what_cannot_stand_for_it_is_not_offered(
    other: dict[str, object], ready: Marlow, alice: Client
) -> None:
    type_ = str(other.pop("type_"))
    chart_account(ready.alice, "Something else", type_, code="700", **other)

    assert options(page_of(alice, ADD), "gl_account") == ["(Auto create new in Xero)"]


def test_without_a_package_no_gl_account_is_asked(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice, "standalone")
    choose_place(marlow.alice)
    client, bank = browse(marlow.alice), meet(marlow.alice, "Harbourside Bank", "bank")

    window = page_of(client, ADD)
    client.post(ADD, typed(bank.id))

    assert "GL account" not in window
    assert "System accounts" not in window
    page = page_of(client)
    assert NAME.replace("&", "&amp;") in page
    assert "In Xero" not in page
    with acting(marlow.alice):
        assert (TrustBankAccount.objects.count(), Message.objects.count()) == (1, 0)


def test_a_controlled_account_needs_neither_bank_nor_number(ready: Marlow, alice: Client) -> None:
    bare = typed("", kind="controlled", number_bsb="", number_account="")

    assert alice.post(ADD, bare).status_code == 302

    account = only_account(ready)
    assert (account.bank, account.number_shown) == (None, "")
    assert page_of(alice).count("one per matter") == 1


def test_a_controlled_account_may_have_a_number_of_its_own(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    alice.post(ADD, typed(bank.id, kind="controlled"))

    assert only_account(ready).number_shown == "062-555 1042 7731"
    assert "one per matter" not in page_of(alice)


def test_an_account_taken_meanwhile_is_named_and_nothing_is_chosen_in_its_place(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    savings = chart_account(ready.alice, "Savings", "bank", code="093")
    with acting(ready.alice):
        office_accounts.use(chart_account_id=savings.id, by=ready.alice, at=LATER)

    page = unescape(text(alice.post(ADD, typed(bank.id, gl_account=str(savings.id))), 422))

    assert "093 Savings already serves here as: Office account." in page
    assert options(page, "gl_account")[0] == "Choose an account"
    gl_account = page.split('<select name="gl_account"')[1].split("</select>")[0]
    assert " selected" not in gl_account
    again = unescape(text(alice.post(ADD, typed(bank.id, gl_account="")), 422))
    assert options(again, "gl_account")[0] == "Choose an account"
    with acting(ready.alice):
        assert not TrustBankAccount.objects.exists()


def test_a_trust_account_without_a_code_says_what_to_do(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    savings = chart_account(ready.alice, "Savings", "bank")
    alice.post(ADD, typed(bank.id, gl_account=str(savings.id)))

    for address in (TRUST, f"{TRUST}bank-accounts/{only_account(ready).id}/"):
        assert "Give it a 3-digit code in Xero" in page_of(alice, address)


def test_everything_wrong_is_said_at_once_and_what_was_typed_is_kept(
    ready: Marlow, alice: Client
) -> None:
    wrong = typed("", name="", number_bsb="06", receipt_prefix="R1", statement_title="Kept words")

    page = text(alice.post(ADD, wrong), 422)

    summary = page.split('class="error-summary"')[1].split("</section>")[0]
    assert summary.count("<li>") == 4
    assert 'href="#id_number_bsb"' in summary
    assert 'value="06"' in page
    assert 'value="R1"' in page
    assert 'value="Kept words"' in page
    assert '<details class="more" open>' in page
    with acting(ready.alice):
        assert TrustBankAccount.objects.count() == 0


def test_a_name_without_the_wording_is_saved_and_the_warning_is_shown(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    alice.post(ADD, typed(bank.id, name="Client money"))

    page = page_of(alice)
    assert "Client money is added. The name lacks the wording and the firm&#x27;s name" in page
    assert "text-warn" in page


@pytest.mark.parametrize(
    ("name", "verdict"),
    [(NAME, "This name has both."), ("Client money", "This name lacks"), ("", "asks for")],
)
def test_the_wording_is_checked_while_the_name_is_typed(
    name: str, verdict: str, alice: Client
) -> None:
    answer = alice.get("/admin/trust/bank-accounts/wording/", {"kind": "current", "name": name})

    part = text(answer)
    assert verdict in part
    assert "LPUGR r 35(1)(b)" in part
    assert ("text-warn" in part) is (verdict == "This name lacks")


def test_a_bank_without_a_name_is_pointed_out(alice: Client) -> None:
    page = page_of(alice, ADD)

    assert f"“{PLACEHOLDER_BANK_NAME}” stands for your own bank and has no name yet." in page


def test_a_firm_without_a_bank_is_told_to_add_one(ready: Marlow, alice: Client) -> None:
    with acting(ready.alice):
        ContactRole.objects.all().delete()

    assert "No contact has the type Bank yet." in page_of(alice, ADD)


def test_the_only_bank_is_chosen_already(ready: Marlow, alice: Client) -> None:
    page = page_of(alice, ADD)

    assert re.search(rf'<option value="[^"]+" selected>{PLACEHOLDER_BANK_NAME}', page)


def test_a_second_account_starts_with_free_prefixes(alice: Client, bank: Contact) -> None:
    alice.post(ADD, typed(bank.id))

    page = page_of(alice, ADD)

    for prefix in ("R2-", "W2-", "T2-"):
        assert f'value="{prefix}"' in page


def test_an_account_is_changed_on_its_page_with_its_history_beside_it(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    alice.post(ADD, typed(bank.id))
    address = f"{TRUST}bank-accounts/{only_account(ready).id}/"

    before = page_of(alice, address)
    alice.post(address, typed(bank.id, name="Marlow Law Practice Trust A/c", version="1"))

    after = page_of(alice, address)
    assert 'value="062-555"' in before
    assert 'value="1042 7731"' in before
    assert "Opened the account" in before
    assert "Changed the account" in after
    assert f"{NAME.replace('&', '&amp;')} → Marlow Law Practice Trust A/c" in after
    with acting(ready.alice):
        assert AccountUse.objects.get().wanted["name"] == "Marlow Law Practice Trust A/c"


def test_an_account_that_xero_has_says_that_xero_keeps_its_own_name(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    savings = chart_account(ready.alice, "Savings", "bank", code="093")
    alice.post(ADD, typed(bank.id, gl_account=str(savings.id)))

    page = page_of(alice, f"{TRUST}bank-accounts/{only_account(ready).id}/")

    assert "Xero keeps its own name until it is changed there." in page
    assert "In Xero: 093" in page


def test_a_stale_edit_is_refused_once_and_goes_through_when_saved_again(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    alice.post(ADD, typed(bank.id))
    address = f"{TRUST}bank-accounts/{only_account(ready).id}/"
    alice.post(address, typed(bank.id, statement_title="Theirs", version="1"))

    page = text(alice.post(address, typed(bank.id, statement_title="Mine", version="1")), 409)

    assert "changed this trust account after you opened it" in page
    assert 'value="Mine"' in page
    shown = re.search(r'name="version" value="(\d+)"', page)
    assert shown
    alice.post(address, typed(bank.id, statement_title="Mine", version=shown[1]))
    assert only_account(ready).statement_title == "Mine"


def test_an_account_is_closed_and_reopened_with_a_reason(
    ready: Marlow, alice: Client, bank: Contact
) -> None:
    alice.post(ADD, typed(bank.id))
    address = f"{TRUST}bank-accounts/{only_account(ready).id}/closing/"

    assert "Has to be filled in" in page_of(alice, address)
    assert "A reason is missing" in text(alice.post(address, {"turn": "close", "reason": ""}), 422)
    alice.post(address, {"turn": "close", "reason": "The bank merged"})
    assert only_account(ready).status == "closed"
    again = text(alice.post(address, {"turn": "close", "reason": "Once more"}), 409)
    assert "is closed already" in again
    assert "The bank merged" in page_of(alice, f"{TRUST}bank-accounts/{only_account(ready).id}/")
    alice.post(address, {"turn": "reopen", "reason": "It did not"})
    assert only_account(ready).status == "open"


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_others_read_and_are_told_who_may(
    who: str, ready: Marlow, alice: Client, bank: Contact, browse: Browse
) -> None:
    alice.post(ADD, typed(bank.id))
    account = only_account(ready)
    client = browse(getattr(ready, who))
    address = f"{TRUST}bank-accounts/{account.id}/"

    page = page_of(client, address)
    refused = [
        client.get(ADD),
        client.post(ADD, typed(bank.id, name="Another")),
        client.post(address, typed(bank.id, name="Another", version="1")),
        client.post(address + "closing/", {"turn": "close", "reason": "because"}),
        client.post(TRUST + "system-accounts/", {"trust_liability": "create"}),
        client.post(f"{TRUST}in-package/{use_of(ready)}/", {"remedy": "retry"}),
    ]

    assert "Ask an administrator" in page
    assert 'type="submit">Save' not in page
    for answer in refused:
        assert "Ask an administrator" in text(answer, 403)
    assert only_account(ready).version == 1


def use_of(marlow: Marlow) -> object:
    with acting(marlow.alice):
        return AccountUse.objects.get().id


def test_charlie_finds_none_of_it(
    ready: Marlow, alice: Client, bank: Contact, charlie: Person, browse: Browse
) -> None:
    alice.post(ADD, typed(bank.id))
    address = f"{TRUST}bank-accounts/{only_account(ready).id}/"
    choose_package(charlie, "standalone")
    choose_place(charlie)
    client = browse(charlie)

    for found in (
        client.get(address),
        client.post(address, typed(bank.id, version="1")),
        client.get(address + "closing/"),
        client.get(address + "standing/"),
        client.post(f"{TRUST}in-package/{use_of(ready)}/", {"remedy": "retry"}),
        client.get(f"{TRUST}in-package/{use_of(ready)}/name/"),
    ):
        assert found.status_code == 404
    assert NAME.replace("&", "&amp;") not in page_of(client)


def test_before_the_place_is_chosen_the_window_leads_to_what_comes_first(
    marlow: Marlow, browse: Browse
) -> None:
    choose_package(marlow.alice)
    client = browse(marlow.alice)

    answer = client.get(ADD)

    assert (answer.status_code, answer["Location"]) == (302, TRUST)
    assert "Choose it first" in text(client.post(ADD, typed("")), 409)
