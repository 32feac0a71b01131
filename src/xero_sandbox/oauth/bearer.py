"""The access token on a call, and the answers to one that is missing, strange or too old."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from xero_sandbox import clock
from xero_sandbox.oauth import tokens
from xero_sandbox.oauth.tokens import Access
from xero_sandbox.store import Store


class NotAllowedIn(Exception):
    """The call is refused before anything is done: 401 without a good token, 403 without a right."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.body: dict[str, Any] = {
            "Type": None,
            "Title": "Unauthorized" if status == 401 else "Forbidden",  # noqa: PLR2004 - HTTP's number
            "Status": status,
            "Detail": detail,
        }


def access_of(request: Request, store: Store) -> Access:
    """Return what the caller's token allows.

    Refuses: NotAllowedIn.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAllowedIn(401, "AuthenticationUnsuccessful")
    access = tokens.access(store, token.strip())
    if access is None:
        raise NotAllowedIn(401, "AuthenticationUnsuccessful")
    if access.expires_at <= clock.now(store):
        when = datetime.fromtimestamp(access.expires_at, UTC)
        raise NotAllowedIn(401, f"TokenExpired: token expired at {when:%m/%d/%Y %H:%M:%S}")
    return access
