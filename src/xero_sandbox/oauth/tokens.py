"""Codes, access tokens and refresh tokens: made, exchanged, rotated, expired and revoked."""

import base64
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from typing import Any

from xero_sandbox.oauth import connections, jwt
from xero_sandbox.oauth.apps import App
from xero_sandbox.store import Store

CODE_LIVES_SECONDS = 5 * 60
ACCESS_LIVES_SECONDS = 30 * 60
ID_LIVES_SECONDS = 5 * 60
REFRESH_LIVES_SECONDS = 60 * 24 * 3600
GRACE_SECONDS = 30 * 60
VERIFIER_LENGTHS = range(43, 129)
USER_ID = "7c1c0f3c-3f3e-4b7e-9d63-5a0f0c2b9d10"


class OAuthRefused(Exception):
    """The token endpoint says no, by one of OAuth's own words."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a call may do by its access token."""

    client_id: str
    scopes: tuple[str, ...]
    expires_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What the user has agreed to on the consent page."""

    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    nonce: str
    tenant_ids: tuple[str, ...]


def consent(store: Store, app: App, agreed: Consent, *, at: float) -> str:
    """Connect the chosen organisations and return a code; scopes add up over consents."""
    auth_event_id = str(uuid.uuid4())
    scopes = _added_up(store, app, agreed.scopes)
    connections.connect(
        store,
        client_id=app.client_id,
        tenant_ids=agreed.tenant_ids,
        auth_event_id=auth_event_id,
        at=at,
    )
    code = secrets.token_urlsafe(32)
    store.run(
        "INSERT INTO code VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            code,
            app.client_id,
            agreed.redirect_uri,
            " ".join(scopes),
            agreed.challenge,
            agreed.nonce,
            auth_event_id,
            at + CODE_LIVES_SECONDS,
        ),
    )
    return code


def _added_up(store: Store, app: App, asked: tuple[str, ...]) -> tuple[str, ...]:
    row = store.row("SELECT scopes FROM consent WHERE client_id = ?", (app.client_id,))
    before = tuple(row["scopes"].split()) if row else ()
    scopes = tuple(dict.fromkeys((*before, *asked)))
    sql = "INSERT INTO consent VALUES (?, ?) ON CONFLICT DO UPDATE SET scopes = excluded.scopes"
    store.run(sql, (app.client_id, " ".join(scopes)))
    return scopes


def redeem(
    store: Store, app: App, *, code: str, redirect_uri: str, verifier: str, at: float
) -> dict[str, Any]:
    """Exchange a code, once, for tokens.

    Refuses: OAuthRefused (invalid_grant).
    """
    row = store.row("SELECT * FROM code WHERE code = ? AND client_id = ?", (code, app.client_id))
    store.run("DELETE FROM code WHERE code = ?", (code,))
    if row is None or row["expires_at"] <= at or row["redirect_uri"] != redirect_uri:
        raise OAuthRefused("invalid_grant")
    if not _verified(row["challenge"], verifier):
        raise OAuthRefused("invalid_grant")
    scopes = tuple(row["scopes"].split())
    return issue(
        store, app, scopes=scopes, auth_event_id=row["auth_event_id"], nonce=row["nonce"], at=at
    )


def _verified(challenge: str, verifier: str) -> bool:
    if not challenge:
        return not verifier
    if len(verifier) not in VERIFIER_LENGTHS:
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return hmac.compare_digest(made, challenge.encode())


def refresh(store: Store, app: App, *, token: str, at: float) -> dict[str, Any]:
    """Exchange a refresh token for new tokens; a replaced one may be retried for 30 minutes.

    Refuses: OAuthRefused (invalid_grant).
    """
    sql = "SELECT * FROM refresh_token WHERE token = ? AND client_id = ?"
    row = store.row(sql, (token, app.client_id))
    if row is None or at - row["issued_at"] >= REFRESH_LIVES_SECONDS:
        raise OAuthRefused("invalid_grant")
    if row["replaced_at"] is not None and at - row["replaced_at"] >= GRACE_SECONDS:
        raise OAuthRefused("invalid_grant")
    sql = "UPDATE refresh_token SET replaced_at = coalesce(replaced_at, ?) WHERE token = ?"
    store.run(sql, (at, token))
    scopes = tuple(row["scopes"].split())
    return issue(store, app, scopes=scopes, auth_event_id=row["auth_event_id"], nonce="", at=at)


def issue(
    store: Store, app: App, *, scopes: tuple[str, ...], auth_event_id: str, nonce: str, at: float
) -> dict[str, Any]:
    """Make an access token and, where the scopes ask for them, a refresh and an id token."""
    claims = {
        "nbf": int(at),
        "exp": int(at) + ACCESS_LIVES_SECONDS,
        "client_id": app.client_id,
        "sub": USER_ID.replace("-", ""),
        "auth_time": int(at),
        "xero_userid": USER_ID,
        "jti": secrets.token_hex(16),
        "authentication_event_id": auth_event_id,
        "scope": list(scopes),
    }
    token = jwt.signed(store, claims)
    facts = (token, app.client_id, auth_event_id, " ".join(scopes), at + ACCESS_LIVES_SECONDS)
    store.run("INSERT INTO access_token VALUES (?, ?, ?, ?, ?)", facts)
    answer: dict[str, Any] = {
        "access_token": token,
        "expires_in": ACCESS_LIVES_SECONDS,
        "token_type": "Bearer",
    }
    if "openid" in scopes:
        answer["id_token"] = _id_token(store, app, scopes=scopes, nonce=nonce, at=at)
    if "offline_access" in scopes:
        answer["refresh_token"] = secrets.token_urlsafe(32)
        sql = "INSERT INTO refresh_token VALUES (?, ?, ?, ?, ?, NULL)"
        store.run(
            sql, (answer["refresh_token"], app.client_id, auth_event_id, " ".join(scopes), at)
        )
    return {**answer, "scope": " ".join(scopes)}


def _id_token(store: Store, app: App, *, scopes: tuple[str, ...], nonce: str, at: float) -> str:
    claims: dict[str, Any] = {
        "nbf": int(at),
        "exp": int(at) + ID_LIVES_SECONDS,
        "iat": int(at),
        "aud": app.client_id,
        "sub": USER_ID.replace("-", ""),
        "xero_userid": USER_ID,
    }
    if nonce:
        claims["nonce"] = nonce
    if "profile" in scopes:
        claims |= {"given_name": "Robin", "family_name": "Marlow", "name": "Robin Marlow"}
    if "email" in scopes:
        claims["email"] = "robin@marlowfinch.example"
    return jwt.signed(store, claims)


def access(store: Store, token: str) -> Access | None:
    """Return what this access token allows, expired or not; None if it was never given or revoked."""
    row = store.row("SELECT * FROM access_token WHERE token = ?", (token,))
    if row is None:
        return None
    return Access(
        client_id=row["client_id"],
        scopes=tuple(row["scopes"].split()),
        expires_at=row["expires_at"],
    )


def revoke(store: Store, app: App, token: str) -> None:
    """Revoke all of the user's tokens and connections with this app, if the refresh token is its own."""
    sql = "SELECT 1 FROM refresh_token WHERE token = ? AND client_id = ?"
    if store.row(sql, (token, app.client_id)) is None:
        return
    for table in ("refresh_token", "access_token", "code", "consent"):
        store.run(f"DELETE FROM {table} WHERE client_id = ?", (app.client_id,))  # noqa: S608 - our own names
    connections.disconnect_app(store, app.client_id)


def expire_all(store: Store, *, at: float, refresh_too: bool) -> None:
    """Let every access token end now, and every refresh token as well if asked."""
    store.run("UPDATE access_token SET expires_at = min(expires_at, ?)", (at,))
    if refresh_too:
        store.run("DELETE FROM refresh_token")
