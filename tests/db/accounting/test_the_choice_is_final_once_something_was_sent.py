"""The firm may back out until Chancery has made something in the package; then even SQL is refused."""

import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection as database
from django.db import transaction
from django.db.utils import DatabaseError

from chancery.accounting import choices, connections
from chancery.accounting.models import Connection, PackageChoice, SentDocument
from chancery.accounting.port import Organisation
from chancery.lib import ids
from chancery.practice import history
from chancery.practice.permissions import NotAllowed
from postgres import TestServer
from world import LATER, Marlow, acting, marlow

pytestmark = pytest.mark.django_db

ORGANISATION = Organisation("org-1", "Marlow & Finch", "AUD", "AU", "", None, None)
OTHER = Organisation("org-2", "Marlow Trading", "AUD", "AU", "", None, None)


@pytest.fixture
def cast() -> Marlow:
    return marlow()


@pytest.fixture
def firm(cast: Marlow) -> Iterator[Marlow]:
    with acting(cast.alice):
        yield cast


def connect(firm: Marlow, organisation: Organisation = ORGANISATION) -> Connection:
    allowed = connections.Allowed(organisation, "c-1", is_sandbox=True)
    return connections.connect(allowed=allowed, by=firm.alice, at=LATER)


def send_something(firm: Marlow) -> None:
    SentDocument.objects.create(
        firm=firm.firm, kind="account", key="account:1", external_id="a-1", sent_at=LATER
    )


def sqlstate_of(sql: str) -> str | None:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), database.cursor() as cursor:
        cursor.execute(sql)
    return getattr(caught.value.__cause__, "sqlstate", None)


def test_nothing_is_chosen_at_first(firm: Marlow) -> None:
    assert choices.of_firm() is None


def test_a_choice_is_made_and_its_maker_is_remembered(firm: Marlow) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)

    choice = choices.of_firm()
    assert choice is not None
    assert (choice.package, choice.chosen_by.name) == ("xero", "Alice Marlow")
    assert [c.act for c in history.of(choices.KIND, firm.firm.id)] == ["Chose Xero"]


def test_choosing_the_same_again_changes_nothing(firm: Marlow) -> None:
    first = choices.choose(package="xero", by=firm.alice, at=LATER)
    second = choices.choose(package="xero", by=firm.alice, at=LATER)

    assert first.id == second.id
    assert history.of(choices.KIND, firm.firm.id).count() == 1


def test_another_package_is_refused_until_the_first_is_backed_out_of(firm: Marlow) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)

    with pytest.raises(choices.OtherPackageIsChosen, match="Back out"):
        choices.choose(package="standalone", by=firm.alice, at=LATER)

    choices.back_out(by=firm.alice, at=LATER)
    choices.choose(package="standalone", by=firm.alice, at=LATER)


def test_quickbooks_cannot_be_chosen(firm: Marlow) -> None:
    with pytest.raises(choices.NoSuchPackage, match="not available yet"):
        choices.choose(package="quickbooks", by=firm.alice, at=LATER)


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_chooses_or_backs_out(firm: Marlow, who: str) -> None:
    person = getattr(firm, who)

    with pytest.raises(NotAllowed):
        choices.choose(package="xero", by=person, at=LATER)
    with pytest.raises(NotAllowed):
        choices.back_out(by=person, at=LATER)


def test_backing_out_removes_the_choice_and_the_connection(firm: Marlow) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    connect(firm)

    choices.back_out(by=firm.alice, at=LATER)

    assert choices.of_firm() is None
    assert connections.of_firm() is None


def test_backing_out_of_nothing_is_refused(firm: Marlow) -> None:
    with pytest.raises(choices.NothingIsChosen):
        choices.back_out(by=firm.alice, at=LATER)


def test_backing_out_is_refused_once_something_was_sent(firm: Marlow) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    connect(firm)
    send_something(firm)

    with pytest.raises(choices.PackageChoiceIsFinal):
        choices.back_out(by=firm.alice, at=LATER)
    assert connections.of_firm() is not None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounting_packagechoice SET package = 'standalone'",
        "DELETE FROM accounting_packagechoice",
        "UPDATE accounting_connection SET organisation_id = 'another'",
        "DELETE FROM accounting_connection",
    ],
)
def test_the_database_refuses_too_once_something_was_sent(firm: Marlow, sql: str) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    connect(firm)
    send_something(firm)

    assert sqlstate_of(sql) == choices.IS_FINAL


def test_what_was_sent_is_not_forgotten_by_sql_either(firm: Marlow) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    send_something(firm)

    assert sqlstate_of("DELETE FROM accounting_sentdocument") == "42501"  # no right to


def test_the_refusal_of_the_database_is_the_same_refusal(
    firm: Marlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    send_something(firm)
    monkeypatch.setattr(choices, "is_final", lambda: False)  # as if it arrived a moment later

    with pytest.raises(choices.PackageChoiceIsFinal):
        choices.back_out(by=firm.alice, at=LATER)


def test_another_organisation_may_be_connected_while_nothing_was_sent(firm: Marlow) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    first = connect(firm)

    second = connect(firm, OTHER)

    assert first.id == second.id
    assert second.organisation_id == "org-2"


def test_reconnecting_another_organisation_is_refused_once_something_was_sent(
    firm: Marlow,
) -> None:
    choices.choose(package="xero", by=firm.alice, at=LATER)
    connect(firm)
    send_something(firm)

    with pytest.raises(connections.OtherOrganisation, match="Marlow Trading"):
        connect(firm, OTHER)


@pytest.mark.django_db(transaction=True)
def test_backing_out_waits_for_a_document_that_is_just_being_written_down(
    postgres: TestServer,
) -> None:
    cast = marlow()
    with acting(cast.alice):
        choices.choose(package="xero", by=cast.alice, at=LATER)
    refused = threading.Event()

    def back_out() -> None:
        try:
            with acting(cast.alice):
                choices.back_out(by=cast.alice, at=LATER)
        except choices.PackageChoiceIsFinal:
            refused.set()
        finally:
            database.close()

    with psycopg.connect(postgres.addresses.app) as worker:
        worker.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(cast.firm.id)])
        worker.execute(
            "INSERT INTO accounting_sentdocument VALUES (%s, 'account', 'k', 'a-1', now(), %s)",
            [ids.new(), cast.firm.id],
        )
        leaving = threading.Thread(target=back_out)
        leaving.start()
        _wait_for_a_lock(postgres, leaving)
        worker.commit()
        leaving.join(timeout=10)

    assert refused.is_set()
    with acting(cast.alice):
        assert PackageChoice.objects.exists()


def _wait_for_a_lock(postgres: TestServer, waiting: threading.Thread) -> None:
    with psycopg.connect(postgres.superuser, autocommit=True) as watcher:
        while waiting.is_alive():
            found = watcher.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            ).fetchone()
            if found and found[0]:
                return
