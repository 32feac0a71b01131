import httpx2
import pytest

from sandbox_server import KAURI, MARLOW, SandboxServer

NEW = {
    "Code": "826",
    "Name": "Trust Transfers",
    "Type": "CURRLIAB",
    "EnablePaymentsToAccount": True,
}
KEY = {"Idempotency-Key": "transfer-1"}


def put(
    api: httpx2.Client, account: dict[str, object] | None = None, *, key: str = "transfer-1"
) -> httpx2.Response:
    return api.put("/Accounts", json=account or NEW, headers={"Idempotency-Key": key})


def test_same_request_under_the_same_key_returns_the_same_answer(api: httpx2.Client) -> None:
    first, second = put(api), put(api)

    assert first.status_code == 200
    assert second.content == first.content


def test_repeat_counts_as_a_call(api: httpx2.Client) -> None:
    first, second = put(api), put(api)

    days = [int(answer.headers["x-daylimit-remaining"]) for answer in (first, second)]
    assert days[0] - days[1] == 1


def test_without_a_key_the_second_is_refused(api: httpx2.Client) -> None:
    put(api)

    assert api.put("/Accounts", json=NEW).status_code == 400


@pytest.mark.parametrize(("seconds", "again"), [(355, True), (360, False)])
def test_key_is_remembered_for_six_minutes(
    sandbox: SandboxServer, api: httpx2.Client, *, seconds: int, again: bool
) -> None:
    first = put(api)
    sandbox.control("clock", seconds=seconds)

    assert (put(api).content == first.content) is again


def test_error_is_remembered_even_after_its_cause_is_gone(api: httpx2.Client) -> None:
    (taken,) = put(api, {**NEW, "Code": "827"}, key="other").json()["Accounts"]
    refused = put(api)
    api.delete(f"/Accounts/{taken['AccountID']}")

    assert (refused.status_code, put(api).content) == (400, refused.content)
    assert put(api, key="transfer-2").status_code == 200


def test_key_used_with_another_request_is_refused(api: httpx2.Client) -> None:
    account = put(api).json()["Accounts"][0]

    others = [
        put(api, {**NEW, "Code": "827"}),
        api.put("/Accounts?unitdp=4", json=NEW, headers=KEY),
        api.post(f"/Accounts/{account['AccountID']}", json=NEW, headers=KEY),
    ]

    for answer in others:
        assert answer.status_code == 400
        assert (
            answer.json()["Message"]
            == "Idempotency Key transfer-1 is used with a different request."
        )


def test_key_used_for_another_organisation_is_another_request(sandbox: SandboxServer) -> None:
    with sandbox.api(MARLOW) as marlow, sandbox.api(KAURI) as kauri:
        put(marlow)

        assert put(kauri).status_code == 400


@pytest.mark.parametrize(("length", "status"), [(128, 200), (129, 400)])
def test_key_has_at_most_128_characters(api: httpx2.Client, length: int, status: int) -> None:
    assert put(api, key="k" * length).status_code == status


def test_key_on_a_get_means_nothing(api: httpx2.Client) -> None:
    first = api.get("/Accounts", headers=KEY).json()["Id"]

    assert api.get("/Accounts", headers=KEY).json()["Id"] != first
    assert put(api).status_code == 200
