import base64
import hashlib
import json
from typing import Any

import httpx2
import pytest

from sandbox_server import REDIRECT, SandboxServer

BASIC = ("demo", "demo-secret")
BODY = {"client_id": "demo", "client_secret": "demo-secret"}
MINUTE, DAY = 60, 86_400


def exchange(sandbox: SandboxServer, code: str, **more: str) -> httpx2.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, **more}
    return sandbox.http.post("/connect/token", data=form, auth=BASIC)


def refresh(sandbox: SandboxServer, token: str) -> httpx2.Response:
    form = {"grant_type": "refresh_token", "refresh_token": token}
    return sandbox.http.post("/connect/token", data=form, auth=BASIC)


def refused(answer: httpx2.Response) -> str:
    assert answer.status_code == 400
    error: str = answer.json()["error"]
    return error


def claims(token: str) -> dict[str, Any]:
    middle = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return found


def test_code_is_exchanged_for_tokens_with_half_an_hour_to_live(sandbox: SandboxServer) -> None:
    tokens = sandbox.tokens()

    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 1800
    held = claims(tokens["access_token"])
    assert held["exp"] - held["nbf"] == 1800
    assert "accounting.settings" in held["scope"]
    assert claims(tokens["id_token"])["aud"] == "demo"


@pytest.mark.parametrize("way", ["basic", "body"])
def test_secret_is_taken_as_basic_and_in_the_body(sandbox: SandboxServer, way: str) -> None:
    code = sandbox.consent()["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}

    if way == "basic":
        answer = sandbox.http.post("/connect/token", data=form, auth=BASIC)
    else:
        answer = sandbox.http.post("/connect/token", data={**form, **BODY})

    assert answer.status_code == 200


@pytest.mark.parametrize("auth", [("demo", "wrong"), ("stranger", "demo-secret"), ("demo", "")])
def test_wrong_secret_is_an_invalid_client(sandbox: SandboxServer, auth: tuple[str, str]) -> None:
    code = sandbox.consent()["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}

    answer = sandbox.http.post("/connect/token", data=form, auth=auth)

    assert refused(answer) == "invalid_client"
    assert exchange(sandbox, code).status_code == 200


def test_code_is_good_once(sandbox: SandboxServer) -> None:
    code = sandbox.consent()["code"]

    assert exchange(sandbox, code).status_code == 200
    assert refused(exchange(sandbox, code)) == "invalid_grant"


def test_code_tried_with_another_address_is_spent(sandbox: SandboxServer) -> None:
    code = sandbox.consent()["code"]

    assert refused(exchange(sandbox, code, redirect_uri="https://x.example/")) == "invalid_grant"
    assert refused(exchange(sandbox, code)) == "invalid_grant"


@pytest.mark.parametrize(("seconds", "status"), [(5 * MINUTE - 5, 200), (5 * MINUTE, 400)])
def test_code_lives_five_minutes(sandbox: SandboxServer, seconds: int, status: int) -> None:
    code = sandbox.consent()["code"]
    sandbox.control("clock", seconds=seconds)

    assert exchange(sandbox, code).status_code == status


@pytest.mark.parametrize(
    ("verifier", "status"),
    [("v" * 43, 200), ("v" * 128, 200), ("v" * 42, 400), ("v" * 129, 400)],
)
def test_verifier_of_43_to_128_characters_is_checked(
    sandbox: SandboxServer, verifier: str, status: int
) -> None:
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    asked = {"code_challenge": challenge, "code_challenge_method": "S256"}
    code = sandbox.consent(**asked)["code"]

    assert exchange(sandbox, code, code_verifier=verifier).status_code == status


@pytest.mark.parametrize("more", [{}, {"code_verifier": "w" * 43}])
def test_code_with_a_challenge_is_refused_without_its_verifier(
    sandbox: SandboxServer, more: dict[str, str]
) -> None:
    digest = hashlib.sha256(b"v" * 43).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    code = sandbox.consent(code_challenge=challenge, code_challenge_method="S256")["code"]

    assert refused(exchange(sandbox, code, **more)) == "invalid_grant"


def test_refresh_token_is_given_only_with_offline_access(sandbox: SandboxServer) -> None:
    assert "refresh_token" not in sandbox.tokens(scope="openid accounting.settings")


def test_id_token_is_given_only_with_openid(sandbox: SandboxServer) -> None:
    assert "id_token" not in sandbox.tokens(scope="accounting.settings")


def test_refresh_gives_a_new_access_token_and_a_new_refresh_token(sandbox: SandboxServer) -> None:
    first = sandbox.tokens()

    second = refresh(sandbox, first["refresh_token"]).json()

    assert second["access_token"] != first["access_token"]
    assert second["refresh_token"] != first["refresh_token"]
    assert refresh(sandbox, second["refresh_token"]).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(30 * MINUTE - 5, 200), (30 * MINUTE, 400)])
def test_replaced_refresh_token_may_be_retried_for_half_an_hour(
    sandbox: SandboxServer, seconds: int, status: int
) -> None:
    token = sandbox.tokens()["refresh_token"]
    refresh(sandbox, token)
    sandbox.control("clock", seconds=seconds)

    assert refresh(sandbox, token).status_code == status


def test_retrying_does_not_prolong_the_half_hour(sandbox: SandboxServer) -> None:
    token = sandbox.tokens()["refresh_token"]
    refresh(sandbox, token)
    sandbox.control("clock", seconds=20 * MINUTE)
    assert refresh(sandbox, token).status_code == 200
    sandbox.control("clock", seconds=11 * MINUTE)

    assert refused(refresh(sandbox, token)) == "invalid_grant"


@pytest.mark.parametrize(("days", "status"), [(59, 200), (60, 400)])
def test_unused_refresh_token_lives_sixty_days(
    sandbox: SandboxServer, days: int, status: int
) -> None:
    token = sandbox.tokens()["refresh_token"]
    sandbox.control("clock", seconds=days * DAY)

    assert refresh(sandbox, token).status_code == status


def test_unknown_refresh_token_is_an_invalid_grant(sandbox: SandboxServer) -> None:
    assert refused(refresh(sandbox, "never-given")) == "invalid_grant"


def test_other_grants_are_unsupported(sandbox: SandboxServer) -> None:
    form = {"grant_type": "password", "username": "x", "password": "y"}

    answer = sandbox.http.post("/connect/token", data=form, auth=BASIC)

    assert refused(answer) == "unsupported_grant_type"


def test_access_token_ends_after_half_an_hour(sandbox: SandboxServer) -> None:
    with sandbox.api() as api:
        assert api.get("/Accounts").status_code == 200
        sandbox.control("clock", seconds=30 * MINUTE)

        answer = api.get("/Accounts")

    assert answer.status_code == 401
    assert answer.json()["Detail"].startswith("TokenExpired: token expired at ")
    assert answer.json()["Title"] == "Unauthorized"


def test_revocation_ends_tokens_and_connections(sandbox: SandboxServer) -> None:
    tokens = sandbox.tokens()

    answer = sandbox.http.post(
        "/connect/revocation", data={"token": tokens["refresh_token"]}, auth=BASIC
    )

    assert (answer.status_code, answer.content) == (200, b"")
    assert refused(refresh(sandbox, tokens["refresh_token"])) == "invalid_grant"
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert sandbox.http.get("/connections", headers=headers).status_code == 401
    headers = {"Authorization": f"Bearer {sandbox.tokens(scope='openid')['access_token']}"}
    assert len(sandbox.http.get("/connections", headers=headers).json()) == 1


def test_revocation_of_an_unknown_token_changes_nothing(sandbox: SandboxServer) -> None:
    tokens = sandbox.tokens()

    answer = sandbox.http.post("/connect/revocation", data={"token": "x", **BODY})

    assert answer.status_code == 200
    assert refresh(sandbox, tokens["refresh_token"]).status_code == 200


def test_native_app_without_a_secret_must_use_pkce(sandbox: SandboxServer) -> None:
    sandbox.control("apps", client_id="native", client_secret="", redirect_uris=[REDIRECT])

    assert sandbox.consent(client_id="native")["error"] == "invalid_request"
