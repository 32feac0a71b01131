"""Nobody sees another firm's records, and nobody sees anything before they sign in."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import books
import money
import past
import registered
import world
from chancery.accounting import office_accounts
from chancery.practice.models import Person
from conftest import Browse
from doors.money import moving
from doors.routes import ROUTES, For, Things
from doors.trust_setup import setups
from money import Trust
from world import LATER, acting

pytestmark = pytest.mark.django_db

OF_PROGRAMS = "api/"  # these addresses have a table of their own, in tests/doors/api

METHODS = ("GET", "POST")
RECORDS = sorted(name for name, route in ROUTES.items() if route.audience is For.RECORD)
CLOSED = sorted(name for name, r in ROUTES.items() if r.audience in (For.RECORD, For.PEOPLE))


def names(within: URLResolver) -> Iterator[str]:
    for one in within.url_patterns:
        if isinstance(one, URLPattern):
            yield one.name or str(one.pattern)
        elif str(one.pattern) != OF_PROGRAMS:
            yield from names(one)


@pytest.fixture(scope="module")
def things(shared_db: None) -> Things:
    marlow = world.marlow()
    books.connect(marlow.alice)
    books.read(marlow.alice, books.bank("Office", "090"), books.bank("Savings", "091"))
    offered = books.chart_account(marlow.alice, "Savings")
    with acting(marlow.alice):
        taken = office_accounts.use(
            chart_account_id=books.chart_account(marlow.alice, "Office").id,
            by=marlow.alice,
            at=LATER,
        )
    use = setups.trust_account(marlow.alice)
    assert use.trust_account, "it was made for one"
    matter = world.matter(marlow.alice, "Lease of Unit 4", number="2026-0088")
    held = money.of_matter(marlow.alice, use.trust_account, matter)
    moved = moving.of(marlow, use.trust_account)
    trust = Trust(marlow.alice, marlow.alice, marlow.bob, use.trust_account)
    return Things(
        marlow,
        request=moved.request,
        withdrawal=moved.withdrawal,
        transfer=moved.transfer,
        payee_details=moved.payee_details,
        movement=moved.charge,
        transit=registered.transit_entry(trust),
        power=registered.power(trust),
        own_account=registered.own_account(trust, money.umbrella(marlow.alice)),
        protection=registered.protection(trust, moved.withdrawal.ledger),
        deficiency=registered.shortage(trust, "5.00"),
        offered_account=offered,
        office_account=taken,
        contact=world.contact(marlow.alice, "Bankstown Timber Pty Ltd"),
        matter=matter,
        trust_account=use.trust_account,
        account_use=use,
        api_token=world.api_token(marlow.alice),
        ledger=held.ledger,
        receipt=held.receipt,
        slip=held.slip,
        history=past.read(
            trust,
            f"2026-01-05,{matter.number},receipt,1.00,,Ann,R1,",
        ),
    )


def address(name: str, things: Things) -> str:
    return reverse(name, args=ROUTES[name].arguments(things))


def test_every_address_stands_in_the_table() -> None:
    assert sorted(names(get_resolver())) == sorted(ROUTES)


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("method", METHODS)
def test_someone_not_signed_in_is_sent_to_sign_in(name: str, method: str, things: Things) -> None:
    answer = Client().generic(method, address(name, things))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("method", METHODS)
def test_charlie_finds_no_record_of_another_firm(
    name: str, method: str, things: Things, charlie: Person, browse: Browse
) -> None:
    answer = browse(charlie).generic(method, address(name, things))

    is_allowed = method in ROUTES[name].methods.split()
    assert answer.status_code == (404 if is_allowed else 405)


@pytest.mark.parametrize("name", CLOSED)
def test_a_method_that_a_page_does_not_know_is_refused(
    name: str, things: Things, browse: Browse
) -> None:
    client = browse(things.marlow.alice)

    for method in {"GET", "POST", "PUT", "DELETE"} - set(ROUTES[name].methods.split()):
        assert client.generic(method, address(name, things)).status_code == 405


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("role", ["alice", "bob", "erin"])
def test_everyone_of_the_firm_gets_an_answer_that_is_no_error(
    name: str, role: str, things: Things, browse: Browse
) -> None:
    person: Person = getattr(things.marlow, role)
    if "GET" not in ROUTES[name].methods.split():
        return

    answer = browse(person).get(address(name, things))

    is_own = ROUTES[name].is_own and role != "alice"
    assert answer.status_code in ((404,) if is_own else (200, 302, 403))
