from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from sandbox_server import KAURI, MARLOW, REDIRECT, SandboxServer

AUTHORIZE = "/identity/connect/authorize"
ASKED = {
    "response_type": "code",
    "client_id": "demo",
    "redirect_uri": REDIRECT,
    "scope": "openid offline_access accounting.settings",
    "state": "s-1",
}


def sent_back(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    assert f"{place.scheme}://{place.netloc}{place.path}" == REDIRECT
    return {name: values[0] for name, values in parse_qs(place.query).items()}


def connected(sandbox: SandboxServer, *chosen: str) -> list[str]:
    token = sandbox.tokens(*chosen)["access_token"]
    answer = sandbox.http.get("/connections", headers={"Authorization": f"Bearer {token}"})
    return [one["tenantName"] for one in answer.json()]


def test_consent_page_names_the_app_the_scopes_in_words_and_both_organisations(
    sandbox: SandboxServer,
) -> None:
    page = sandbox.http.get(AUTHORIZE, params=ASKED)

    assert page.status_code == 200
    for words in (
        "Demo app",
        "Marlow &amp; Finch Lawyers",
        "Kauri Legal Limited",
        "stay connected",
    ):
        assert words in page.text


def test_consent_page_may_lead_on_to_the_app_and_nowhere_else(sandbox: SandboxServer) -> None:
    policy = sandbox.http.get(AUTHORIZE, params=ASKED).headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "form-action 'self' http://localhost:8000" in policy
    assert "unsafe-inline" not in policy


def test_one_organisation_may_be_allowed(sandbox: SandboxServer) -> None:
    assert connected(sandbox, KAURI) == [KAURI]


def test_both_organisations_may_be_allowed(sandbox: SandboxServer) -> None:
    assert connected(sandbox, MARLOW, KAURI) == [MARLOW, KAURI]


def test_no_organisation_may_be_allowed(sandbox: SandboxServer) -> None:
    answer = sandbox.http.post(AUTHORIZE, data={**ASKED, "decision": "continue"})

    assert set(sent_back(answer)) == {"code", "scope", "state"}
    assert sandbox.control("organisations", "GET")["organisations"]


def test_cancel_sends_back_access_denied_with_the_state(sandbox: SandboxServer) -> None:
    answer = sandbox.http.post(AUTHORIZE, data={**ASKED, "decision": "cancel"})

    assert sent_back(answer) == {"error": "access_denied", "state": "s-1"}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"scope": "openid accounting.everything"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": "x" * 43, "code_challenge_method": "plain"}, "invalid_request"),
    ],
)
def test_wrong_request_of_a_known_app_is_sent_back_with_its_error(
    sandbox: SandboxServer, change: dict[str, str], error: str
) -> None:
    answer = sandbox.http.get(AUTHORIZE, params={**ASKED, **change})

    assert sent_back(answer) == {"error": error, "state": "s-1"}


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "stranger"},
        {"redirect_uri": "https://elsewhere.example/"},
        {"redirect_uri": REDIRECT + "/more"},
        {"redirect_uri": REDIRECT.replace("localhost", "127.0.0.1")},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_unknown_app_or_address_is_never_sent_anywhere(
    sandbox: SandboxServer, change: dict[str, str], method: str
) -> None:
    asked = {**ASKED, **change, "decision": "continue"}
    form: dict[str, Any] = {"params": asked} if method == "GET" else {"data": asked}

    answer = sandbox.http.request(method, AUTHORIZE, **form)

    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "Nothing was done" in answer.text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_decision_sent_from_another_site_is_refused(
    sandbox: SandboxServer, headers: dict[str, str]
) -> None:
    answer = sandbox.http.post(AUTHORIZE, data={**ASKED, "decision": "continue"}, headers=headers)

    assert answer.status_code == 403
    assert "location" not in answer.headers


def test_second_consent_keeps_the_first_connection_and_its_id(sandbox: SandboxServer) -> None:
    before = sandbox.tokens(MARLOW)
    first = connections(sandbox, before)
    after = sandbox.tokens(MARLOW, KAURI)

    found = connections(sandbox, after)

    assert [one["tenantName"] for one in found] == [MARLOW, KAURI]
    assert found[0]["id"] == first[0]["id"]
    assert found[0]["authEventId"] != first[0]["authEventId"]
    assert found[0]["authEventId"] == found[1]["authEventId"]


def test_scopes_add_up_over_consents(sandbox: SandboxServer) -> None:
    sandbox.tokens(scope="openid accounting.settings")

    scope = sandbox.tokens(scope="offline_access accounting.contacts")["scope"]

    assert scope == "openid accounting.settings offline_access accounting.contacts"


def connections(sandbox: SandboxServer, tokens: dict[str, str]) -> list[dict[str, str]]:
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    found: list[dict[str, str]] = sandbox.http.get("/connections", headers=headers).json()
    return found
