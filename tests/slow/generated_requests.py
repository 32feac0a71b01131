"""The description of the API as a program reads it, and records that generated requests may name."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

import world
from chancery.practice.models import Contact, Matter, Person
from doors.api.calls import token_of
from doors.api.money_things import MoneyThings
from world import acting

# What the description lets through, a rule may still refuse: a phone number without figures.
STRICTER = [positive_data_acceptance]


def as_they_come(examples: int) -> settings:
    """Return how generated requests are run: so many of each operation, the same ones every time."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def description(*modes: GenerationMode, is_thorough: bool = False) -> Any:
    """Return the description as a program reads it, to make requests that fit it, or do not.

    ``is_thorough`` tries every edge of every part, which is some sixty requests an operation.
    """
    read = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    read.config.generation.update(modes=list(modes))
    read.config.phases.coverage.enabled = is_thorough
    # Methods that an address does not know are tried one by one in the table of operations.
    read.config.phases.coverage.unexpected_methods = set()
    return read


@schemathesis.serializer("text/csv")
def as_file(_: Any, value: Any) -> bytes:
    """Return a table as it is sent."""
    return str(value).encode(errors="replace")


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
    """Alice, a matter of hers with its client, and client money; how to name each in a request."""

    alice: Person
    matter: Matter
    client: Contact
    headers: dict[str, str]
    named: dict[str, Any]
    in_paths: dict[str, str]

    def aim(self, case: Any) -> None:
        """Let a request name the firm's records, as they stand now, and hold nothing that rules refuse."""
        case.headers = {**(case.headers or {}), "Idempotency-Key": str(uuid4())}
        for name in set(case.path_parameters or {}) & set(self.in_paths):
            case.path_parameters[name] = self.in_paths[name]
        if not isinstance(case.body, dict):
            return
        self._name(case.body)
        is_practice = {"contact_id", "number"} & set(case.path_parameters or {})
        known = self._known(set(case.path_parameters or {}))
        if is_practice or "client_id" in case.body or "given_name" in case.body:
            case.body.update({name: known[name] for name in set(case.body) & set(known)})
        if "status" in case.body:  # a change of status comes alone, and with a reason
            kept = {name: case.body[name] for name in ("version", "status")}
            case.body = {**kept, "why": "For a test."}

    def _name(self, sent: Any) -> None:
        """Put the firm's own records and currency in place of made-up ones, however deep they stand."""
        for part in sent if isinstance(sent, list) else list(sent.values()):
            if isinstance(part, dict | list):
                self._name(part)
        if isinstance(sent, dict):
            sent.update({name: self.named[name] for name in set(sent) & set(self.named)})

    def _known(self, named: set[str]) -> dict[str, Any]:
        with acting(self.alice):
            self.matter.refresh_from_db()
            self.client.refresh_from_db()
        record = self.client if "contact_id" in named else self.matter
        return {
            **NO_RULE_MINDS,
            "client_id": str(self.client.id),
            "type_id": str(self.matter.type_id),
            "responsible_id": str(self.alice.id),
            "version": record.version,
            "number": self.matter.number if named else "",
        }


def new_target() -> Target:
    """Make Alice's records, with her firm's client money, and a token of every scope."""
    marlow = world.marlow()
    matter = world.matter(marlow.alice, "Lease of Unit 4", number="2026-0088")
    money = MoneyThings.of(marlow)
    named = {
        "ledger_id": money.ledger.id,
        "target_id": money.other.id,
        "account_id": money.trust.account.id,
        "deficiency_id": money.deficiency.id,
        "protection_id": money.protection.id,
        "request_id": money.approved.id,
        "movement_id": money.movement.id,
        "receipt_id": money.receipt.id,
        "withdrawal_id": money.withdrawal.id,
        "transfer_id": money.transfer.id,
        "reversal_id": money.reversal.id,
        "payee_id": money.payee.id,
        "clearance_id": money.clearance.id,
        "slip_id": money.slip.id,
        "opening_id": money.opening.id,
        "import_id": money.history.id,
        "part_id": money.opening_line.id,
    }
    told = {name: str(record_id) for name, record_id in named.items()}
    in_bodies: dict[str, Any] = {
        **told,
        "currency": "AUD",
        "matter": matter.number,
        "document_kind": "receipt",
    }
    in_bodies["document_id"] = told["receipt_id"]
    in_bodies["receipt_ids"] = [str(money.cheque.id)]
    in_bodies["contact_id"] = str(matter.client.id)
    in_paths = {**told, "contact_id": str(matter.client.id), "number": matter.number}
    headers = {"Authorization": f"Bearer {token_of(marlow.alice)}"}
    return Target(marlow.alice, matter, matter.client, headers, in_bodies, in_paths)
