"""The database itself refuses that one account of the package serves as two things."""

from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from at_work import want_bank
from chancery.accounting.models import AccountUse, ChartAccount, Connection
from chancery.lib import ids
from chancery.practice.models import Person
from world import FOUNDED_AT, acting, marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db: None) -> Person:
    person = marlow().alice
    with acting(person):
        Connection.objects.create(
            firm_id=person.firm_id,
            organisation_id="org-1",
            name="Org",
            currency="AUD",
            country="AU",
            state="connected",
            connected_by=person,
            connected_at=FOUNDED_AT,
        )
    return person


def linked(person: Person, name: str = "Trust") -> AccountUse:
    """Return a trust account's use with its account of the chart."""
    use = want_bank(person, name, f"062000 {len(name)}")
    with acting(person):
        use.chart_account = chart_account(person)
        use.save(update_fields=["chart_account"])
    return use


def chart_account(person: Person) -> ChartAccount:
    return ChartAccount.objects.create(
        firm_id=person.firm_id,
        external_id=str(ids.new()),
        name="One",
        type="bank",
        is_active=True,
        read_at=FOUNDED_AT,
    )


def sql(person: Person, text: str, *values: Any) -> None:
    with acting(person), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def office_account(person: Person) -> Any:
    account_id = ids.new()
    sql(
        person,
        """INSERT INTO office_officebankaccount (id, firm_id, name, code, number_shown, currency,
             taken_by_id, taken_at) VALUES (%s, %s, 'Office', '090', '', 'AUD', %s, now())""",
        account_id,
        person.firm_id,
        person.id,
    )
    return account_id


def test_a_trust_account_of_the_package_never_becomes_an_office_account_too(alice: Person) -> None:
    use, office_id = linked(alice), office_account(alice)

    with pytest.raises(IntegrityError, match="chart_account_id"):
        sql(
            alice,
            """INSERT INTO accounting_accountuse (id, firm_id, use, chart_account_id,
                 office_account_id, wanted, decided_by_id, decided_at)
               VALUES (%s, %s, 'office_bank', %s, %s, '{}', %s, now())""",
            ids.new(),
            alice.firm_id,
            use.chart_account_id,
            office_id,
            alice.id,
        )


def test_a_use_is_never_turned_into_another_use(alice: Person) -> None:
    use, office_id = linked(alice), office_account(alice)

    with pytest.raises(Error, match="never serves as another"):
        sql(
            alice,
            """UPDATE accounting_accountuse SET use = 'office_bank', trust_account_id = NULL,
                 office_account_id = %s WHERE id = %s""",
            office_id,
            use.id,
        )


def test_a_bank_account_keeps_its_account_in_the_package(alice: Person) -> None:
    use = linked(alice)
    with acting(alice):
        other = chart_account(alice)

    with pytest.raises(Error, match="keeps its account"):
        sql(
            alice,
            "UPDATE accounting_accountuse SET chart_account_id = %s WHERE id = %s",
            other.id,
            use.id,
        )


def test_what_an_account_serves_as_is_not_deleted_once_something_was_sent(alice: Person) -> None:
    use = linked(alice)
    sql(
        alice,
        """INSERT INTO accounting_sentdocument (id, firm_id, kind, key, external_id, sent_at)
           VALUES (%s, %s, 'account', 'a', 'x', now())""",
        ids.new(),
        alice.firm_id,
    )

    with pytest.raises(Error, match="something was already sent"):
        sql(alice, "DELETE FROM accounting_accountuse WHERE id = %s", use.id)
