from typing import Any

import httpx2
import pytest

from sandbox_server import KAURI, SandboxServer

BANK = {"Code": "091", "Name": "Trust account", "Type": "BANK", "BankAccountNumber": "062-555 1042"}
COST = {"Code": "498", "Name": "Storage", "Type": "EXPENSE"}


def made(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    (account,) = answer.json()["Accounts"]
    return dict(account)


def messages(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 400, answer.text
    body = answer.json()
    assert (body["ErrorNumber"], body["Type"]) == (10, "ValidationException")
    assert body["Message"] == "A validation exception occurred"
    return [one["Message"] for one in body["Elements"][0]["ValidationErrors"]]


def listed(api: httpx2.Client, **asked: str) -> list[dict[str, Any]]:
    answer = api.get("/Accounts", params=asked)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["Accounts"])


def test_demo_chart_is_that_of_a_law_firm(api: httpx2.Client) -> None:
    chart = {one.get("Code"): one for one in listed(api)}

    assert 35 <= len(chart) <= 41
    assert "090" not in chart
    assert chart["200"]["Name"] == "Professional fees"
    assert chart["610"]["SystemAccount"] == "DEBTORS"
    assert chart["800"]["SystemAccount"] == "CREDITORS"
    assert chart["820"]["SystemAccount"] == "GST"
    assert chart["825"]["EnablePaymentsToAccount"] is True
    assert chart["825"]["TaxType"] == "BASEXCLUDED"
    assert [one["Status"] for one in chart.values()].count("ARCHIVED") == 1


def test_bank_account_without_a_code_is_listed_without_one(api: httpx2.Client) -> None:
    (petty,) = listed(api, where='Name=="Harbourside Petty Cash"')

    assert petty["Type"] == "BANK"
    assert "Code" not in petty


def test_account_is_read_by_its_id(api: httpx2.Client) -> None:
    account = listed(api)[0]

    assert made(api.get(f"/Accounts/{account['AccountID']}")) == account
    assert made(api.get(f"/Accounts/{account['AccountID'].upper()}")) == account


@pytest.mark.parametrize("named", ["00000000-0000-0000-0000-000000000000", "200", "nothing"])
def test_unknown_account_is_a_plain_text_404(api: httpx2.Client, named: str) -> None:
    answer = api.get(f"/Accounts/{named}")

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "The resource you're looking for cannot be found"


@pytest.mark.parametrize("wrapped", [True, False])
def test_bank_account_is_made_from_one_object_or_a_list(api: httpx2.Client, wrapped: bool) -> None:  # noqa: FBT001 - two forms
    account = made(api.put("/Accounts", json={"Accounts": [BANK]} if wrapped else BANK))

    assert account["Code"] == "091"
    assert account["Class"] == "ASSET"
    assert account["BankAccountType"] == "BANK"
    assert account["CurrencyCode"] == "AUD"
    assert account["TaxType"] == "BASEXCLUDED"
    assert account["Status"] == "ACTIVE"
    assert made(api.get(f"/Accounts/{account['AccountID']}")) == account


def test_bank_account_needs_no_code(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json={**BANK, "Code": None}))

    assert "Code" not in account


def test_code_is_given_to_a_bank_account_afterwards(api: httpx2.Client) -> None:
    (petty,) = listed(api, where='Name=="Harbourside Petty Cash"')

    changed = made(api.post(f"/Accounts/{petty['AccountID']}", json={"Code": "093"}))

    assert changed["Code"] == "093"
    assert [one["AccountID"] for one in listed(api, where='Code=="093"')] == [petty["AccountID"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Code": None}, "Code is required."),
        ({"Name": None}, "Name is required."),
        ({"Type": None}, "Type is required."),
        ({"Code": "12345678901"}, "Code must not be longer than 10 characters."),
        ({"Name": "n" * 151}, "Name must not be longer than 150 characters."),
        ({"Type": "MONEY"}, "'MONEY' is not a type of account."),
        ({"Code": "200"}, "Please enter a unique Code."),
        ({"Code": "482"}, "Please enter a unique Code."),
        ({"Name": "professional FEES"}, "Please enter a unique Name."),
        ({"Name": "facsimile line"}, "Please enter a unique Name."),
        ({"CurrencyCode": "AUD"}, "CurrencyCode is only allowed on a bank account."),
        (
            {"TaxType": "OUTPUT"},
            "The TaxType code 'OUTPUT' cannot be used with account code '498'.",
        ),
        ({"TaxType": "INPUT2"}, "The TaxType code 'INPUT2' does not exist."),
        ({"Status": "ARCHIVED"}, "A new account is ACTIVE."),
    ],
)
def test_wrong_account_is_refused_with_a_message(
    api: httpx2.Client, change: dict[str, str], message: str
) -> None:
    before = listed(api)

    assert messages(api.put("/Accounts", json={**COST, **change})) == [message]
    assert listed(api) == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"BankAccountNumber": None}, "BankAccountNumber is required for a bank account."),
        ({"Description": "Ours"}, "Description is not allowed on a bank account."),
        ({"BankAccountType": "PAYPAL"}, "A bank account of type 'PAYPAL' cannot be made."),
        ({"CurrencyCode": "USD"}, "The organisation is not subscribed to currency USD."),
    ],
)
def test_wrong_bank_account_is_refused_with_a_message(
    api: httpx2.Client, change: dict[str, str], message: str
) -> None:
    assert messages(api.put("/Accounts", json={**BANK, **change})) == [message]


def test_code_of_ten_and_name_of_150_characters_are_taken(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json={**COST, "Code": "1234567890", "Name": "n" * 150}))

    assert (len(account["Code"]), len(account["Name"])) == (10, 150)


def test_refusal_echoes_what_was_sent_and_tells_every_fault_at_once(api: httpx2.Client) -> None:
    sent = {"Code": "200", "Name": "Accounts Payable", "Type": "EXPENSE"}

    answer = api.put("/Accounts", json=sent)

    assert messages(answer) == ["Please enter a unique Name.", "Please enter a unique Code."]
    assert sent.items() <= answer.json()["Elements"][0].items()


@pytest.mark.parametrize(
    ("kind", "tax", "of_class"),
    [
        ("CURRLIAB", "BASEXCLUDED", "LIABILITY"),
        ("EXPENSE", "INPUT", "EXPENSE"),
        ("DIRECTCOSTS", "INPUT", "EXPENSE"),
        ("REVENUE", "OUTPUT", "REVENUE"),
        ("FIXED", "BASEXCLUDED", "ASSET"),
        ("EQUITY", "BASEXCLUDED", "EQUITY"),
    ],
)
def test_class_and_usual_tax_follow_from_the_type(
    api: httpx2.Client, kind: str, tax: str, of_class: str
) -> None:
    account = made(api.put("/Accounts", json={**COST, "Type": kind}))

    assert (account["TaxType"], account["Class"]) == (tax, of_class)


def test_new_zealand_has_no_bas(sandbox: SandboxServer) -> None:
    with sandbox.api(KAURI) as api:
        account = made(api.put("/Accounts", json=BANK))

    assert (account["TaxType"], account["CurrencyCode"]) == ("NONE", "NZD")


def test_only_one_account_is_taken_in_a_request(api: httpx2.Client) -> None:
    answer = api.put("/Accounts", json={"Accounts": [COST, {**COST, "Code": "499", "Name": "x"}]})

    assert answer.status_code == 400
    assert answer.json()["Type"] == "PostDataInvalidException"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '"text"',
        '{"Accounts": [1]}',
        '{"Accounts": []}',
        b"\xff\xfe",
        "[" * 100_000,
        '{"Name": {}}',
        '{"Name": true}',
        r'{"Name": "\ud800"}',
        '{"Name": NaN}',
        '{"EnablePaymentsToAccount": "maybe"}',
    ],
)
def test_unreadable_body_is_refused(api: httpx2.Client, body: str | bytes) -> None:
    answer = api.put("/Accounts", content=body)

    assert (answer.status_code, answer.json()["ErrorNumber"]) == (400, 14)


def test_archiving_is_a_call_of_its_own(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json=COST))
    place = f"/Accounts/{account['AccountID']}"

    told = messages(api.post(place, json={"Status": "ARCHIVED", "Name": "Old storage"}))
    assert told == [
        "Status cannot be changed together with other values; archive in a call of its own."
    ]

    archived = made(api.post(place, json={"AccountID": account["AccountID"], "Status": "ARCHIVED"}))
    assert (archived["Status"], archived["Name"]) == ("ARCHIVED", "Storage")


def test_archived_account_changes_only_after_it_is_restored(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json=COST))
    place = f"/Accounts/{account['AccountID']}"
    api.post(place, json={"Status": "ARCHIVED"})

    assert messages(api.post(place, json={"Name": "New"})) == [
        "An archived account must be restored first."
    ]
    assert made(api.post(place, json={"Status": "ACTIVE"}))["Status"] == "ACTIVE"
    assert made(api.post(place, json={"Name": "New"}))["Name"] == "New"


def test_update_leaves_alone_what_it_does_not_name(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json={**COST, "Description": "Boxes"}))

    changed = made(api.post(f"/Accounts/{account['AccountID']}", json={"Name": "Archive storage"}))

    ignored = {"Name", "UpdatedDateUTC"}
    assert {k: v for k, v in changed.items() if k not in ignored} == {
        k: v for k, v in account.items() if k not in ignored
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Type": "EXPENSE"}, "The type of a system account cannot be changed."),
        ({"Status": "ARCHIVED"}, "A system account cannot be archived."),
    ],
)
def test_system_account_keeps_its_type_and_its_status(
    api: httpx2.Client, change: dict[str, str], message: str
) -> None:
    (debtors,) = listed(api, where='Code=="610"')

    assert messages(api.post(f"/Accounts/{debtors['AccountID']}", json=change)) == [message]


def test_bank_account_stays_one(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json=BANK))

    told = messages(api.post(f"/Accounts/{account['AccountID']}", json={"Type": "CURRENT"}))

    assert told == ["A bank account cannot become another type, nor any other a bank account."]


def test_unused_account_is_deleted_and_its_code_is_free_again(api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json=COST))

    assert made(api.delete(f"/Accounts/{account['AccountID']}"))["Status"] == "DELETED"
    assert api.get(f"/Accounts/{account['AccountID']}").status_code == 404
    assert made(api.put("/Accounts", json=COST))["AccountID"] != account["AccountID"]


def test_used_account_is_not_deleted(sandbox: SandboxServer, api: httpx2.Client) -> None:
    account = made(api.put("/Accounts", json=COST))
    sandbox.control("used-accounts", tenant_id=sandbox.tenant(), account_id=account["AccountID"])

    told = messages(api.delete(f"/Accounts/{account['AccountID']}"))

    assert told == ["An account with transactions cannot be deleted; archive it."]


def test_system_account_is_not_deleted(api: httpx2.Client) -> None:
    (debtors,) = listed(api, where='Code=="610"')

    assert messages(api.delete(f"/Accounts/{debtors['AccountID']}")) == [
        "A system account cannot be deleted."
    ]
