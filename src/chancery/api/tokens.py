"""Who asks: the token in the Authorization header, and the scopes that an endpoint needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from chancery.api.requests import ApiRequest
from chancery.lib.refusals import Refusal
from chancery.practice import api_tokens
from chancery.practice.api_tokens import ApiToken, Found, Scope
from chancery.tenancy.scope import firm_scope

_SCHEME = "bearer"


@dataclass(eq=False)
class TokenMissing(Refusal):
    """The request brings no token."""

    code = "api.token_missing"

    def __str__(self) -> str:
        return (
            "Send a token: Authorization: Bearer chancery_… Make one on your profile, API tokens."
        )


@dataclass(eq=False)
class TokenNotGood(Refusal):
    """The token lets nobody in now."""

    code = "api.token_not_good"

    def __str__(self) -> str:
        return (
            "This token is unknown, revoked or expired, or its person may not sign in now. "
            "Make another one on your profile, API tokens."
        )


@dataclass(eq=False)
class ScopeMissing(Refusal):
    """The token was made for less than this."""

    code = "api.scope_missing"

    scope: Scope

    def __str__(self) -> str:
        return f"This token does not have the scope {self.scope}. Make another one that has it."


class Bearer(HttpBearer):
    """What an endpoint needs: ``auth=Bearer(Scope.CONTACTS_READ)``; with no scope, any token will do."""

    openapi_description = (
        "A token that a person made on their profile. It acts as that person: their roles decide what "
        "they may, its scopes what it is for."
    )

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> ApiToken:
        """Return the token that the door found, when it has every scope. Refuses: ScopeMissing."""
        token: ApiToken = request.token  # type: ignore[attr-defined]  # the door has set it
        for scope in self.scopes:
            if scope not in token.scopes:
                raise ScopeMissing(scope)
        return token

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Never called: the door has looked the token up before any endpoint is asked."""
        raise NotImplementedError


def find(request: HttpRequest) -> Found:
    """Return which token the request brings. Refuses: TokenMissing, TokenNotGood."""
    scheme, _, text = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != _SCHEME or not text.strip():
        raise TokenMissing
    found = api_tokens.find(text.strip())
    if found is None:
        raise TokenNotGood
    return found


def note_use(found: Found, *, at: datetime) -> None:
    """Write down the use, at most once an hour, apart from the request: it counts though that is refused."""
    if not api_tokens.is_use_noted(found, at=at):
        with firm_scope(found.firm_id):
            api_tokens.note_use(found, at=at)


def admit(request: ApiRequest, found: Found, *, at: datetime) -> None:
    """Let the token's person in, inside the firm's transaction. Refuses: TokenNotGood."""
    token = api_tokens.usable(found, at=at)
    if token is None:
        raise TokenNotGood
    request.token, request.person, request.at, request.keyed = token, token.person, at, None
