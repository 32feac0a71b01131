import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from sandbox_server import SandboxServer

NEW = {"Code": "826", "Name": "Trust Transfers", "Type": "CURRLIAB"}


def codes(api: httpx2.Client) -> list[str]:
    return [one.get("Code", "") for one in api.get("/Accounts").json()["Accounts"]]


def test_dropped_call_is_not_done_and_gets_no_answer(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="drop", method="PUT", path="/Accounts")

    with pytest.raises(httpx2.RemoteProtocolError, match="without sending a response"):
        api.put("/Accounts", json=NEW)

    assert "826" not in codes(api)


def test_call_dropped_after_commit_is_done_and_gets_no_answer(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="drop_after_commit", method="PUT", path="/Accounts")

    with pytest.raises(httpx2.RemoteProtocolError, match="without sending a response"):
        api.put("/Accounts", json=NEW)

    assert "826" in codes(api)


def test_same_key_after_a_dropped_answer_returns_what_was_made(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="drop_after_commit", method="PUT")
    key = {"Idempotency-Key": "k-1"}
    with pytest.raises(httpx2.RemoteProtocolError):
        api.put("/Accounts", json=NEW, headers=key)

    answer = api.put("/Accounts", json=NEW, headers=key)

    assert answer.status_code == 200
    assert codes(api).count("826") == 1


def test_drop_hangs_up_on_nobody_else(sandbox: SandboxServer, api: httpx2.Client) -> None:
    sandbox.control("faults", kind="delay", seconds=0.3, path="TaxRates|Accounts/")
    sandbox.control("faults", kind="drop", path="/Accounts$")
    with ThreadPoolExecutor() as pool, sandbox.api() as other:
        slow = pool.submit(other.get, "/Accounts/none")
        until = time.monotonic() + 5
        while sandbox.control("faults", "GET")["faults"][0]["kind"] == "delay":
            assert time.monotonic() < until
        with pytest.raises(httpx2.RemoteProtocolError):
            api.get("/Accounts")

        assert slow.result().status_code == 404


def test_status_fault_answers_instead_of_the_call(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control(
        "faults", kind="status", status=503, retry_after=7, body="away", path="/Accounts"
    )

    answer = api.put("/Accounts", json=NEW)

    assert (answer.status_code, answer.text) == (503, "away")
    assert answer.headers["retry-after"] == "7"
    assert "826" not in codes(api)


def test_fault_happens_as_often_as_asked_and_no_more(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="status", status=500, times=2, path="/Accounts")

    statuses = [api.get("/Accounts").status_code for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert sandbox.control("faults", "GET") == {"faults": []}


def test_fault_waits_for_the_method_and_path_it_names(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="status", status=500, method="PUT", path="/connect/token")

    assert api.get("/Accounts").status_code == 200
    assert len(sandbox.control("faults", "GET")["faults"]) == 1


def test_token_endpoint_can_fail_too(sandbox: SandboxServer) -> None:
    sandbox.control("faults", kind="status", status=503, path="/connect/token")

    form = {"grant_type": "refresh_token", "refresh_token": "x"}

    assert sandbox.http.post("/connect/token", data=form).status_code == 503


def test_cut_json_is_half_a_body_with_a_good_status(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="cut_json", path="/Accounts")

    answer = api.get("/Accounts")

    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_delay_outlasts_an_impatient_client(sandbox: SandboxServer, api: httpx2.Client) -> None:
    sandbox.control("faults", kind="delay", seconds=0.5, path="/Accounts")

    with pytest.raises(httpx2.ReadTimeout):
        api.get("/Accounts", timeout=0.1)


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "fire"},
        {"kind": "delay"},
        {"kind": "status"},
        {"kind": "drop", "path": "("},
        {"kind": "drop", "method": 5},
        {"kind": "drop", "times": "x"},
    ],
)
def test_unclear_fault_is_refused(sandbox: SandboxServer, sent: dict[str, object]) -> None:
    assert sandbox.http.post("/_control/faults", json=sent).status_code == 400
    assert sandbox.control("faults", "GET") == {"faults": []}


def test_log_tells_of_each_call_with_tenant_key_status_and_fault(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.control("faults", kind="drop_after_commit", method="PUT")
    with pytest.raises(httpx2.RemoteProtocolError):
        api.put("/Accounts?unitdp=4", json=NEW, headers={"Idempotency-Key": "k-2"})
    api.get("/Accounts/none")

    latest, before = sandbox.control("calls", "GET", count=2)["calls"]

    assert (latest["method"], latest["status"], latest["fault"]) == ("GET", 404, "")
    assert (before["method"], before["status"]) == ("PUT", None)
    assert before["fault"] == "drop_after_commit"
    assert before["path"] == "/api.xro/2.0/Accounts"
    assert before["query"] == "unitdp=4"
    assert before["idempotency_key"] == "k-2"
    assert before["tenant_id"] == sandbox.tenant()


@pytest.fixture(autouse=True)
def _no_fault_left(sandbox: SandboxServer) -> Iterator[None]:
    yield
    sandbox.control("faults", "DELETE")
