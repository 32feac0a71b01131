from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import httpx2
import pytest

from sandbox_server import KAURI, MARLOW, SandboxServer

LEFT = {
    "minute": "x-minlimit-remaining",
    "day": "x-daylimit-remaining",
    "app_minute": "x-appminlimit-remaining",
}
PROBLEM = {"minute": "minute", "day": "day", "app_minute": "appminute"}


def left(answer: httpx2.Response) -> tuple[int, int, int]:
    minute, day, app = (int(answer.headers[LEFT[name]]) for name in ("minute", "day", "app_minute"))
    return minute, day, app


def leave_window_edges(sandbox: SandboxServer) -> None:
    """Move the clock on to where neither the tenant's minute nor the app's ends soon."""
    now = sandbox.control("clock", "GET")["now"]
    begins_at = UUID(sandbox.tenant()).int % 60
    wait = next(s for s in range(60) if (now + s) % 60 < 45 and (now + s - begins_at) % 60 < 45)
    sandbox.control("clock", seconds=wait)


def test_every_answer_says_what_is_left(sandbox: SandboxServer, api: httpx2.Client) -> None:
    leave_window_edges(sandbox)

    first = left(api.get("/Organisation"))
    answers = [api.get("/Accounts/none"), api.put("/Accounts", content="{"), api.get("/Nothing")]

    assert first == (59, 999, 9999)
    assert [left(answer) for answer in answers] == [
        (58, 998, 9998),
        (57, 997, 9997),
        (56, 996, 9996),
    ]


@pytest.mark.parametrize(("name", "length"), [("minute", 60), ("day", 86_400), ("app_minute", 60)])
def test_limit_is_refused_until_its_window_ends(
    sandbox: SandboxServer, api: httpx2.Client, name: str, length: int
) -> None:
    leave_window_edges(sandbox)
    sandbox.control("limits", **{name: 2})

    statuses = [api.get("/Organisation").status_code for _ in range(2)]
    refused = api.get("/Organisation")

    assert statuses == [200, 200]
    assert refused.status_code == 429
    assert refused.headers["x-rate-limit-problem"] == PROBLEM[name]
    assert refused.headers[LEFT[name]] == "0"
    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= length
    sandbox.control("clock", seconds=wait)
    with sandbox.api() as later:
        assert later.get("/Organisation").status_code == 200


def test_limits_are_counted_for_each_tenant(sandbox: SandboxServer) -> None:
    sandbox.tokens(MARLOW, KAURI)
    sandbox.control("limits", minute=1)
    with sandbox.api(MARLOW) as marlow, sandbox.api(KAURI) as kauri:
        marlow.get("/Organisation")

        assert marlow.get("/Organisation").status_code == 429
        assert kauri.get("/Organisation").status_code == 200


def test_minutes_of_two_tenants_begin_at_different_moments(sandbox: SandboxServer) -> None:
    sandbox.control("limits", day=0)
    with sandbox.api(MARLOW) as marlow, sandbox.api(KAURI) as kauri:
        waits = [int(api.get("/Organisation").headers["retry-after"]) for api in (marlow, kauri)]

    assert abs(waits[0] - waits[1]) > 60


def test_sixth_call_at_the_same_moment_is_refused_without_a_time_to_wait(
    sandbox: SandboxServer,
) -> None:
    # An organisation of its own: a call that another test gave up may still be under way elsewhere.
    sandbox.control("organisations", name="Sixth Call LLP", country="GB")
    with sandbox.api("Sixth Call LLP") as api:
        sandbox.control("faults", kind="delay", seconds=0.5, times=5, path="/Organisation")

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: api.get("/Organisation"), range(6)))
        after = api.get("/Organisation")

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429]
    (refused,) = (answer for answer in answers if answer.status_code == 429)
    assert refused.headers["x-rate-limit-problem"] == "concurrent"
    assert "retry-after" not in refused.headers
    assert after.status_code == 200


def test_refused_call_does_not_count(sandbox: SandboxServer, api: httpx2.Client) -> None:
    leave_window_edges(sandbox)
    sandbox.control("limits", minute=1)
    for _ in range(5):
        answer = api.get("/Organisation")

    assert left(answer)[1] == 999


@pytest.mark.parametrize("sent", [{"hour": 5}, {"minute": "many"}])
def test_unclear_limit_is_refused(sandbox: SandboxServer, sent: dict[str, object]) -> None:
    assert sandbox.http.post("/_control/limits", json=sent).status_code == 400
