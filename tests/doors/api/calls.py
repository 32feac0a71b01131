"""How tests call the API: as a program of a person, with a token of theirs."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client

from chancery.lib import clock
from chancery.practice import api_tokens
from chancery.practice.api_tokens import Scope
from chancery.practice.models import Person
from chancery.practice.models.firm import Role
from world import acting

PROBLEM, PDF = "application/problem+json", "application/pdf"


def token_of(person: Person, *scopes: Scope) -> str:
    """Return the secret of a new token: of these scopes, else of all that the person may have."""
    is_reader = person.has_role(Role.EXAMINER)
    every = [scope for scope in Scope if scope.only_reads or not is_reader]
    with acting(person):
        now = clock.now()
        made = api_tokens.make(
            name="A test",
            scopes=scopes or every,
            expires_at=now + timedelta(days=1),
            password_at=now,
            by=person,
            at=now,
        )
    return made.secret.reveal()


@dataclass(frozen=True)
class Answered:
    """What came back, read as JSON where it is no PDF."""

    status: int
    body: Any
    headers: Any
    response: Any

    @property
    def code(self) -> str:
        """Return the code of a problem, having checked that it is one in full."""
        assert self.headers["Content-Type"] == PROBLEM, self.body
        assert self.body["status"] == self.status
        assert self.body["type"] == f"urn:chancery:problem:{self.body['code']}"
        assert self.body["title"]
        assert self.body["detail"]
        return str(self.body["code"])


@dataclass
class Program:
    """A client that brings a token, or none."""

    token: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **headers: str) -> Answered:
        """Read."""
        return self.call("GET", path, **headers)

    def post(self, path: str, sent: object, **headers: str) -> Answered:
        """Send JSON to a list."""
        return self.call("POST", path, sent, **headers)

    def patch(self, path: str, sent: object, **headers: str) -> Answered:
        """Send JSON to a record."""
        return self.call("PATCH", path, sent, **headers)

    def call(self, method: str, path: str, sent: object = None, **headers: str) -> Answered:
        """Send a request; a text is sent as it stands, anything else as JSON."""
        body = sent if isinstance(sent, str) else "" if sent is None else json.dumps(sent)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        media = named.pop("Content-Type", "application/json" if body else "")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        got = self.client.generic(method, address, body, content_type=media, headers=named)
        is_json = got.content and got.headers["Content-Type"] != PDF
        read = json.loads(got.content) if is_json else got.content or None
        return Answered(got.status_code, read, got.headers, got)


def program_of(person: Person, *scopes: Scope) -> Program:
    """Return a program with a new token of this person."""
    return Program(token_of(person, *scopes))
