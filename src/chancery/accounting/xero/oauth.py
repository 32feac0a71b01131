"""The calls by which Xero lets us in and out: consent, exchange, refresh, revocation, connections.

Nothing is kept here, and no error from here carries a token.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx2

from chancery.accounting.xero.registration import SCOPES, Registration
from chancery.lib.refusals import Outage, Refusal
from chancery.lib.secret import Secret

_TIMEOUT = httpx2.Timeout(10, connect=5)
_OK = 200
_ASKED_WRONGLY = frozenset({400, 401, 403})
_ENDED = frozenset({204, 404})
_NO_LONGER_LET_IN = frozenset({401, 403})


@dataclass(eq=False)
class XeroOutOfReach(Outage):
    """Xero gave no answer that could be used."""

    code = "xero.out_of_reach"

    what: str

    def __str__(self) -> str:
        return (
            f"Xero could not be reached ({self.what}). Nothing was changed; try again in a minute."
        )


@dataclass(eq=False)
class GrantIsDead(Refusal):
    """Xero no longer honours this code or refresh token."""

    code = "xero.grant_is_dead"

    def __str__(self) -> str:
        return "Xero no longer accepts the permission that was given. Connect again."


@dataclass(eq=False)
class XeroRefusesTheApp(Refusal):
    """Xero does not know our client id, its secret or our redirect address."""

    code = "xero.app_is_refused"

    said: str

    def __str__(self) -> str:
        return (
            f"Xero refuses this installation ({self.said}). "
            "Check XERO_CLIENT_ID, XERO_CLIENT_SECRET and the redirect address at developer.xero.com."
        )


@dataclass(frozen=True)
class Grant:
    """What Xero gave: a pass for half an hour and the means to ask for the next."""

    access: Secret
    refresh: Secret
    lasts_seconds: int


@dataclass(frozen=True)
class AllowedOrganisation:
    """An organisation that the person allowed us to work in; its currency where it was asked for."""

    connection_id: str
    organisation_id: str
    name: str
    currency: str = ""


def new_verifier() -> str:
    """Return a fresh PKCE verifier of 64 characters."""
    return secrets.token_urlsafe(48)


def consent_address(app: Registration, *, state: str, verifier: str) -> str:
    """Return the page at Xero where a person may allow what SCOPES names."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    asked = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": app.return_address,
        "scope": " ".join(SCOPES),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return f"{app.consent_url}?{urlencode(asked)}"


def exchange(app: Registration, *, code: str, verifier: Secret) -> Grant:
    """Return the grant for the code that came back with the person.

    Refuses: GrantIsDead, XeroRefusesTheApp.
    """
    return _grant(
        app,
        grant_type="authorization_code",
        code=code,
        redirect_uri=app.return_address,
        code_verifier=verifier.reveal(),
    )


def refresh(app: Registration, token: Secret) -> Grant:
    """Return the next grant; the one before it stays good for the half hour Xero allows.

    Refuses: GrantIsDead, XeroRefusesTheApp.
    """
    return _grant(app, grant_type="refresh_token", refresh_token=token.reveal())


def revoke(app: Registration, token: Secret) -> None:
    """Give the grant back: at Xero all connections made with it end.

    Refuses: XeroRefusesTheApp.
    """
    answer = _send(app, "POST", app.revocation_url, form={"token": token.reveal()})
    if answer.status_code != _OK:
        _complain(answer)


def end_connection(app: Registration, access: Secret, connection_id: str) -> None:
    """End this one connection at Xero, and no other of the same grant; one that is gone has ended.

    Refuses: XeroRefusesTheApp.
    """
    answer = _send(app, "DELETE", f"{app.connections_url}/{connection_id}", access=access)
    if answer.status_code not in _ENDED:
        _complain(answer)


def connections(app: Registration, access: Secret) -> list[AllowedOrganisation]:
    """Return the organisations this grant reaches; a practice's own client list is none."""
    answer = _send(app, "GET", app.connections_url, access=access)
    if answer.status_code in _NO_LONGER_LET_IN:
        raise GrantIsDead
    if answer.status_code != _OK:
        _complain(answer)
    try:
        return [
            AllowedOrganisation(
                connection_id=str(found["id"]),
                organisation_id=str(found["tenantId"]),
                name=str(found["tenantName"]),
            )
            for found in answer.json()
            if found["tenantType"] == "ORGANISATION"
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise XeroOutOfReach("its list of organisations could not be read") from error


def _grant(app: Registration, **form: str) -> Grant:
    answer = _send(app, "POST", app.token_url, form=form)
    if answer.status_code != _OK:
        _complain(answer)
    try:
        said = answer.json()
        return Grant(
            access=Secret(str(said["access_token"])),
            refresh=Secret(str(said["refresh_token"])),
            lasts_seconds=int(said["expires_in"]),
        )
    except (ValueError, KeyError, TypeError):
        raise XeroOutOfReach("its answer to the sign-in could not be read") from None


def _send(
    app: Registration,
    method: str,
    url: str,
    *,
    form: dict[str, str] | None = None,
    access: Secret | None = None,
) -> httpx2.Response:
    """Send with the person's pass where there is one, else as the app itself."""
    headers = {"Accept": "application/json"}
    auth = None
    if access:
        headers["Authorization"] = f"Bearer {access.reveal()}"
    else:
        auth = (app.client_id, app.client_secret.reveal())
    try:
        with httpx2.Client(timeout=_TIMEOUT, trust_env=False) as client:
            return client.request(method, url, data=form, headers=headers, auth=auth)
    except httpx2.HTTPError as error:
        # The cause is left behind: its request carries the form, and the form carries the token.
        raise XeroOutOfReach(type(error).__name__) from None


def _complain(answer: httpx2.Response) -> None:
    said = _error_word(answer)
    if said == "invalid_grant":
        raise GrantIsDead
    if answer.status_code in _ASKED_WRONGLY:
        raise XeroRefusesTheApp(said or f"status {answer.status_code}")
    raise XeroOutOfReach(f"status {answer.status_code}")


def _error_word(answer: httpx2.Response) -> str:
    try:
        said: Any = answer.json()
    except ValueError:
        return ""
    return str(said.get("error", ""))[:60] if isinstance(said, dict) else ""
