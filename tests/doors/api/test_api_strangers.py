"""No token, no scope, another firm: each operation turns each of them away, and lets its own in."""

import pytest

import world
from chancery.api.openapi import operations
from chancery.practice.api_tokens import Scope
from chancery.practice.models import Person
from doors.api.call import Call
from doors.api.calls import Answered, Program, program_of
from doors.api.operations import OPERATIONS, Things
from world import Marlow

pytestmark = pytest.mark.django_db

EVERY = sorted(OPERATIONS)
WITH_SCOPE = sorted(name for name, call in OPERATIONS.items() if call.scope)
OF_RECORD = sorted(name for name, call in OPERATIONS.items() if call.of_record)
NAMING = sorted(name for name, call in OPERATIONS.items() if call.is_keyed and not call.of_record)
WRITING = sorted(name for name, call in OPERATIONS.items() if call.method != "GET")


@pytest.fixture
def things(marlow: Marlow) -> Things:
    return Things(
        marlow,
        world.contact(marlow.alice, "Bankstown Timber Pty Ltd"),
        world.matter(marlow.alice, "Lease of Unit 4", number="2026-0088"),
    )


def made_by(program: Program, call: Call, things: Things) -> Answered:
    body = call.body(things) if call.body else None
    return program.call(call.method, call.path(things), body, **call.headers)


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
def test_without_a_good_token_nothing_is_answered(name: str, token: str, things: Things) -> None:
    answer = made_by(Program(token), OPERATIONS[name], things)

    assert answer.status == 401
    assert answer.code == ("api.token_not_good" if token else "api.token_missing")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="chancery"')


@pytest.mark.parametrize("name", WITH_SCOPE)
def test_without_the_scope_the_token_is_turned_away(name: str, things: Things) -> None:
    call = OPERATIONS[name]
    others = [scope for scope in Scope if scope is not call.scope]

    answer = made_by(program_of(things.marlow.alice, *others), call, things)

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
def test_an_examiners_token_changes_nothing(name: str, things: Things) -> None:
    answer = made_by(program_of(things.marlow.erin), OPERATIONS[name], things)

    assert (answer.status, answer.code) == (403, "api.scope_missing")


@pytest.mark.parametrize("name", EVERY)
def test_a_method_that_an_address_does_not_know_is_refused(name: str, things: Things) -> None:
    path = OPERATIONS[name].path(things)
    paths = {one.view_func.__name__: one.path for one in operations()}
    known = {OPERATIONS[other].method for other in OPERATIONS if paths[other] == paths[name]}

    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
        answer = program_of(things.marlow.alice).call(method, path, {})
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
