"""The API keeps to its description, whatever is sent: generated requests on a real, committing database.

Each operation gets a database of its own, with Alice's records in it and a token of every scope.
"""

from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

import world
from chancery.practice.models import Contact, Matter, Person
from doors.api.calls import token_of
from world import acting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What the description lets through, a rule may still refuse: a phone number without figures.
STRICTER = [positive_data_acceptance]
AS_THEY_COME = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def description(*modes: GenerationMode) -> Any:
    """Return the description as a program reads it, to make requests that fit it, or do not."""
    read = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    read.config.generation.update(modes=list(modes))
    read.config.phases.coverage.enabled = GenerationMode.NEGATIVE in modes
    return read


every_request = description(GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
fitting_requests = description(GenerationMode.POSITIVE)


NO_RULE_MINDS = {
    "kind": "company",
    "given_name": "",
    "family_name": "",
    "email": "someone@timber.example",
    "phone": "02 5550 0100",
    "identifiers": {},
    "even_if_alike": True,
}


@dataclass
class Target:
    """Alice, and a matter of hers with its client."""

    alice: Person
    matter: Matter
    client: Contact
    headers: dict[str, str]

    def aim(self, case: Any) -> None:
        """Let a request name Alice's records, as they stand now, and hold nothing that rules refuse."""
        with acting(self.alice):
            self.matter.refresh_from_db()
            self.client.refresh_from_db()
        paths = {"contact_id": str(self.client.id), "number": self.matter.number}
        for name in set(case.path_parameters or {}) & set(paths):
            case.path_parameters[name] = paths[name]
        if not isinstance(case.body, dict):
            return
        known = self._known(set(case.path_parameters or {}))
        case.body.update({name: known[name] for name in set(case.body) & set(known)})
        if "status" in case.body:  # a change of status comes alone, and with a reason
            kept = {name: case.body[name] for name in ("version", "status")}
            case.body = {**kept, "why": "For a test."}

    def _known(self, named: set[str]) -> dict[str, Any]:
        record = self.client if "contact_id" in named else self.matter
        return {
            **NO_RULE_MINDS,
            "client_id": str(self.client.id),
            "type_id": str(self.matter.type_id),
            "responsible_id": str(self.alice.id),
            "version": record.version,
            "number": self.matter.number if named else "",
        }


@pytest.fixture
def target(transactional_db: None) -> Target:
    alice = world.marlow().alice
    matter = world.matter(alice, "Lease of Unit 4", number="2026-0088")
    headers = {"Authorization": f"Bearer {token_of(alice)}"}
    return Target(alice, matter, matter.client, headers)


@every_request.parametrize()  # type: ignore[untyped-decorator]  # its description is read at run time
@AS_THEY_COME
def test_every_answer_is_as_described(case: Any, target: Target) -> None:
    case.call_and_validate(headers=target.headers, excluded_checks=STRICTER)


@fitting_requests.parametrize()  # type: ignore[untyped-decorator]  # its description is read at run time
@AS_THEY_COME
def test_what_reaches_the_deeds_is_answered_as_described(case: Any, target: Target) -> None:
    target.aim(case)

    case.call_and_validate(headers=target.headers, excluded_checks=STRICTER)
