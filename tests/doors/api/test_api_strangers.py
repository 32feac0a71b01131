"""No token, no scope, another firm: each operation turns each of them away, and lets its own in."""

from dataclasses import dataclass, replace

import pytest
from django.db import transaction

import world
from chancery.api.openapi import operations
from chancery.practice.api_tokens import Scope
from chancery.practice.models import Person
from doors.api.call import Call
from doors.api.calls import Answered, Program, program_of
from doors.api.money_things import open_account
from doors.api.operations import OPERATIONS, Things

pytestmark = pytest.mark.django_db

EVERY = sorted(OPERATIONS)
WITH_SCOPE = sorted(name for name, call in OPERATIONS.items() if call.scope)
OF_RECORD = sorted(name for name, call in OPERATIONS.items() if call.of_record)
NAMING = sorted(name for name, call in OPERATIONS.items() if call.is_keyed and not call.of_record)
WRITING = sorted(name for name, call in OPERATIONS.items() if call.method != "GET")


@dataclass(frozen=True)
class Sent:
    """A request as it goes out, whoever sends it."""

    call: Call
    path: str
    body: object

    def by(self, program: Program) -> Answered:
        return program.call(self.call.method, self.path, self.body, **self.call.headers)


@pytest.fixture(scope="module")
def firm(shared_db: None) -> Things:
    """Give the firm, its account and one record of each register of the practice, once for all tests."""
    marlow = world.marlow()
    return Things(
        marlow,
        world.contact(marlow.alice, "Bankstown Timber Pty Ltd"),
        world.matter(marlow.alice, "Lease of Unit 4", number="2026-0088"),
        open_account(marlow),
    )


@pytest.fixture(scope="module")
def charlie(shared_db: None) -> Person:
    return world.charlie()


@pytest.fixture
def things(firm: Things) -> Things:
    """Give the firm's records afresh: what a test makes of client money goes with it."""
    return replace(firm)


@pytest.fixture(scope="module")
def every(firm: Things) -> dict[str, Sent]:
    """Give every request. Its records are gone again: whom the door turns away never comes to them."""
    sent = {}
    for name, call in OPERATIONS.items():
        with transaction.atomic():
            sent[name] = sent_for(call, replace(firm))
            transaction.set_rollback(True)
    return sent


@pytest.fixture(scope="module")
def alices(firm: Things) -> Program:
    return program_of(firm.marlow.alice)


@pytest.fixture(scope="module")
def erins(firm: Things) -> Program:
    return program_of(firm.marlow.erin)


def sent_for(call: Call, things: Things) -> Sent:
    return Sent(call, call.path(things), call.body(things) if call.body else None)


def made_by(program: Program, call: Call, things: Things) -> Answered:
    return sent_for(call, things).by(program)


def test_every_operation_stands_in_the_table_with_its_scope() -> None:
    scopes = {one.view_func.__name__: one.auth_callbacks[0].scopes for one in operations()}  # type: ignore[attr-defined]  # a Bearer

    assert scopes == {
        name: (call.scope,) if call.scope else () for name, call in OPERATIONS.items()
    }


@pytest.mark.parametrize("name", EVERY)
def test_a_token_of_the_scope_alone_is_enough(name: str, things: Things) -> None:
    call = OPERATIONS[name]
    scopes = [call.scope] if call.scope else [Scope.REQUESTS_READ]

    answer = made_by(program_of(things.marlow.alice, *scopes), call, things)

    assert answer.status == call.status, answer.body


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("token", ["", "nonsense", "chancery_aaaaaaaaaa_" + "a" * 43])
def test_without_a_good_token_nothing_is_answered(
    name: str, token: str, every: dict[str, Sent]
) -> None:
    answer = every[name].by(Program(token))

    assert answer.status == 401
    assert answer.code == ("api.token_not_good" if token else "api.token_missing")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="chancery"')


@pytest.mark.parametrize("name", WITH_SCOPE)
def test_without_the_scope_the_token_is_turned_away(
    name: str, firm: Things, every: dict[str, Sent]
) -> None:
    call = OPERATIONS[name]
    others = [scope for scope in Scope if scope is not call.scope]

    answer = every[name].by(program_of(firm.marlow.alice, *others))

    assert (answer.status, answer.code) == (403, "api.scope_missing")
    assert answer.body["facts"] == {"scope": call.scope}
    assert f'scope="{call.scope}"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("name", OF_RECORD)
def test_charlies_token_finds_no_record_of_another_firm(
    name: str, things: Things, charlie: Person
) -> None:
    answer = made_by(program_of(charlie), OPERATIONS[name], things)

    assert (answer.status, answer.code) == (404, "api.not_found")


@pytest.mark.parametrize("name", WRITING)
def test_an_examiners_token_changes_nothing(
    name: str, erins: Program, every: dict[str, Sent]
) -> None:
    answer = every[name].by(erins)

    assert (answer.status, answer.code) == (403, "api.scope_missing")


@pytest.mark.parametrize("name", EVERY)
def test_a_method_that_an_address_does_not_know_is_refused(
    name: str, alices: Program, every: dict[str, Sent]
) -> None:
    path = every[name].path
    paths = {one.view_func.__name__: one.path for one in operations()}
    known = {OPERATIONS[other].method for other in OPERATIONS if paths[other] == paths[name]}

    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
        answer = alices.call(method, path, {})
        assert (answer.status, answer.code) == (405, "api.method_not_allowed")
        assert set(answer.headers["Allow"].split(", ")) == known


def test_charlie_names_no_record_of_another_firm_in_what_they_send(
    things: Things, charlie: Person
) -> None:
    theirs = world.matter(charlie, "Their own", number="1")
    body = {
        "version": theirs.version,
        "client_id": str(things.contact.id),
        "type_id": str(things.matter.type_id),
        "responsible_id": str(things.marlow.bob.id),
    }

    answer = program_of(charlie).patch("matters/1", body)

    assert (answer.status, answer.code) == (422, "details.not_right")
    assert [one["field"] for one in answer.body["fields"]] == [
        "client_id",
        "type_id",
        "responsible_id",
    ]


@pytest.mark.parametrize("name", NAMING)
def test_charlie_moves_nothing_of_another_firm_by_naming_it(
    name: str, things: Things, charlie: Person
) -> None:
    answer = made_by(program_of(charlie), OPERATIONS[name], things)

    assert (answer.status, answer.code) == (422, "details.not_right")
    assert {one["detail"] for one in answer.body["fields"]} == {
        "The firm has no such record. Send another id."
    }


def test_lists_hold_the_own_firms_records_only(things: Things, charlie: Person) -> None:
    theirs = world.matter(charlie, "Their own")

    program = program_of(charlie)

    assert [one["id"] for one in program.get("matters").body["items"]] == [str(theirs.id)]
    contacts = [one["name"] for one in program.get("contacts").body["items"]]
    assert things.contact.name not in contacts
    assert program.get(f"matters?client_id={things.contact.id}").body["items"] == []
