import re
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from sandbox_server import SandboxServer

ACCOUNTS = "/Accounts"


def codes(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one.get("Code", "") for one in answer.json()["Accounts"]]


def asked(api: httpx2.Client, **params: str) -> list[str]:
    return codes(api.get(ACCOUNTS, params=params))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ('Code=="200"', ["200"]),
        ('Code == "200" OR Code == "205"', ["200", "205"]),
        ('Type=="BANK"', [""]),
        ('Status=="ARCHIVED"', ["482"]),
        ('Status=="ACTIVE" AND Class=="EQUITY"', ["880", "960"]),
        ('Status=="ACTIVE"&&Class=="EQUITY"', ["880", "960"]),
        ('(Code=="200" OR Code=="610") AND Class=="ASSET"', ["610"]),
        ('Name=="Trust Liability"', ["825"]),
        ('Name.Contains("fees") AND Class=="REVENUE"', ["200"]),
        ('Name.StartsWith("Trust")', ["825"]),
        ('Name.ToLower()=="gst"', ["820"]),
        ('Code!=null AND Code>="877"', ["877", "880", "960"]),
        ("Code==null", [""]),
        ('EnablePaymentsToAccount==true AND Class=="LIABILITY"', ["825"]),
        ('UpdatedDateUTC<DateTime(2020, 1, 31) AND Code=="200"', []),
        ('UpdatedDateUTC>DateTime(2020, 1, 31) AND Code=="200"', ["200"]),
    ],
)
def test_where_chooses(api: httpx2.Client, where: str, expected: list[str]) -> None:
    assert asked(api, where=where) == expected


def test_where_finds_an_id_in_any_capitals(api: httpx2.Client) -> None:
    (account,) = api.get(ACCOUNTS, params={"where": 'Code=="200"'}).json()["Accounts"]

    assert asked(api, where=f'AccountID==guid("{account["AccountID"].upper()}")') == ["200"]


@pytest.mark.parametrize(
    "where",
    [
        "Code==",
        "Kode==1",
        "Code=='200'",
        'Code=="200" AND',
        "Code==200",
        "(Code==null",
        "Code.Foo(1)",
    ],
)
def test_where_that_cannot_be_read_is_refused(api: httpx2.Client, where: str) -> None:
    answer = api.get(ACCOUNTS, params={"where": where})

    assert (answer.status_code, answer.json()["Type"]) == (400, "QueryParseException")


def test_order_is_kept(api: httpx2.Client) -> None:
    equity = {"where": 'Class=="EQUITY"'}

    assert asked(api, order="Name ASC", **equity) == ["880", "960"]
    assert asked(api, order="Name DESC", **equity) == ["960", "880"]
    assert asked(api, order="Class ASC, Code DESC")[:3] == ["710", "620", "610"]


def test_order_by_what_does_not_exist_is_refused(api: httpx2.Client) -> None:
    assert api.get(ACCOUNTS, params={"order": "Colour"}).status_code == 400


@pytest.mark.parametrize(
    "since",
    [
        "2026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00+10:00",
        "Thu, 01 Jan 2026 00:00:00 GMT",
    ],
)
def test_list_since_a_day_long_past_is_whole(api: httpx2.Client, since: str) -> None:
    answer = api.get(ACCOUNTS, headers={"If-Modified-Since": since})

    assert len(codes(answer)) == 41


def test_list_since_a_moment_holds_what_changed_after_it(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("clock", seconds=600)
    now = sandbox.control("clock", "GET")["now"]
    (account,) = api.get(ACCOUNTS, params={"where": 'Code=="200"'}).json()["Accounts"]
    api.post(f"{ACCOUNTS}/{account['AccountID']}", json={"Name": "Fees"})

    answer = api.get(ACCOUNTS, headers={"If-Modified-Since": iso(now)})

    assert codes(answer) == ["200"]


def test_unreadable_since_is_refused(api: httpx2.Client) -> None:
    answer = api.get(ACCOUNTS, headers={"If-Modified-Since": "yesterday"})

    assert answer.status_code == 400


def test_body_on_a_get_is_ignored(api: httpx2.Client) -> None:
    body: dict[str, Any] = {}

    assert codes(api.request("GET", ACCOUNTS, json=body))


def test_dates_come_in_three_forms(sandbox: SandboxServer, api: httpx2.Client) -> None:
    body = api.get(ACCOUNTS).json()
    token = api.headers["authorization"]
    connection = sandbox.http.get("/Connections", headers={"Authorization": token}).json()[0]

    assert_matches(r"/Date\(\d{13}\)/", body["DateTimeUTC"])
    assert_matches(r"/Date\(\d{13}\+0000\)/", body["Accounts"][0]["UpdatedDateUTC"])
    assert_matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}", connection["createdDateUtc"])


def assert_matches(pattern: str, text: str) -> None:
    assert re.fullmatch(pattern, text), text


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
