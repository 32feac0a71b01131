"""Xero's bank accounts with a code become office accounts; a trust account never does, nor the reverse."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

import books
from chancery.accounting import accounts, choices, office_accounts
from chancery.accounting.models import AccountUse, ChartAccount, SentDocument
from chancery.accounting.models.chart import UseOfAccount
from chancery.lib import ids
from chancery.office import bank_accounts
from chancery.office.bank_accounts import Details
from chancery.office.models import OfficeBankAccount
from chancery.practice import history
from chancery.practice.permissions import NotAllowed
from chancery.trust import jurisdiction
from chancery.trust.models import TrustBankAccount
from world import LATER, Marlow, acting

pytestmark = pytest.mark.django_db

OFFICE = books.bank("Office", "090", bank_number="062-555 1042 7700")
SAVINGS = books.bank("Savings", "091")
TRUST = books.bank("Trust", "092", bank_number="062555 10427731")
PETTY = books.bank("Petty Cash")
OLD = books.bank("Old", "093", is_active=False)
DOLLARS = books.bank("Dollars", "094", currency="USD")


@pytest.fixture
def firm(marlow: Marlow) -> Iterator[Marlow]:
    books.connect(marlow.alice)
    books.read(marlow.alice, OFFICE, SAVINGS, TRUST, PETTY, OLD, DOLLARS)
    with acting(marlow.alice):
        yield marlow


def named(name: str) -> ChartAccount:
    return ChartAccount.objects.get(name=name)


def use(firm: Marlow, name: str) -> OfficeBankAccount:
    return office_accounts.use(chart_account_id=named(name).id, by=firm.alice, at=LATER)


def trust_account(firm: Marlow, number: str = "062-555 1042 7731") -> TrustBankAccount:
    return TrustBankAccount.objects.create(
        firm=firm.firm,
        name="Law Practice Trust Account",
        kind="controlled",
        currency="AUD",
        number_shown=number,
        opened_at=LATER,
    )


def test_active_bank_accounts_with_a_code_are_offered(firm: Marlow) -> None:
    assert [a.name for a in office_accounts.offered()] == ["Office", "Savings", "Trust", "Dollars"]


def test_bank_accounts_without_a_code_are_listed_apart(firm: Marlow) -> None:
    assert [a.name for a in office_accounts.without_code()] == ["Petty Cash"]


def test_a_trust_account_without_a_code_is_not_listed_as_one_to_take(firm: Marlow) -> None:
    let_serve_as_trust(firm, "Petty Cash")

    assert office_accounts.without_code() == []


def test_using_one_makes_it_an_office_account_known_by_its_code(firm: Marlow) -> None:
    taken = use(firm, "Office")

    assert (taken.code, taken.name) == ("090", "Office")
    assert taken.number_shown == "062-555 1042 7700"
    assert AccountUse.objects.get().office_account_id == taken.id
    assert "Office" not in [a.name for a in office_accounts.offered()]
    acts = [change.act for change in history.of(bank_accounts.KIND, taken.id)]
    assert "Taken as an office account" in acts


def test_an_account_without_a_code_is_refused_with_what_to_do(firm: Marlow) -> None:
    with pytest.raises(office_accounts.HasNoCode, match="3-digit code"):
        use(firm, "Petty Cash")


def test_an_archived_account_is_refused(firm: Marlow) -> None:
    with pytest.raises(accounts.CannotServe, match="archived"):
        use(firm, "Old")


def test_an_account_in_another_currency_is_refused(firm: Marlow) -> None:
    with pytest.raises(office_accounts.OtherCurrencyOfAccount, match="USD"):
        use(firm, "Dollars")


def test_an_account_with_a_trust_accounts_number_is_neither_offered_nor_taken(
    firm: Marlow,
) -> None:
    trust_account(firm)

    assert "Trust" not in [a.name for a in office_accounts.offered()]
    with pytest.raises(office_accounts.HoldsTrustMoney, match="Law Practice Trust Account"):
        use(firm, "Trust")


@pytest.mark.parametrize(
    "name", ["Marlow Law Practice Trust A/c", "Whitcombe CMA", "TRUST ACCOUNT 2", "Client a/c"]
)
def test_a_name_that_speaks_of_trust_money_is_refused_until_it_is_confirmed(
    name: str, firm: Marlow
) -> None:
    jurisdiction.choose(code="au_nsw", by=firm.alice, at=LATER)
    books.read(firm.alice, books.bank(name, "096"))

    with pytest.raises(office_accounts.NamedAsTrust, match="add it under Trust accounting"):
        use(firm, name)
    taken = office_accounts.use(
        chart_account_id=named(name).id, even_though_named_trust=True, by=firm.alice, at=LATER
    )

    acts = [change.act for change in history.of(bank_accounts.KIND, taken.id)]
    assert any("though its name speaks of trust money" in act for act in acts)


def test_a_name_with_the_plain_words_is_refused_before_the_place_is_chosen(firm: Marlow) -> None:
    books.read(firm.alice, books.bank("Trust account", "096"))

    with pytest.raises(office_accounts.NamedAsTrust):
        use(firm, "Trust account")


def test_a_trust_account_is_neither_offered_nor_taken_as_an_office_account(firm: Marlow) -> None:
    let_serve_as_trust(firm, "Savings")

    assert "Savings" not in [a.name for a in office_accounts.offered()]
    with pytest.raises(accounts.ServesAlready, match="Trust bank account"):
        use(firm, "Savings")


def test_an_office_account_is_not_taken_as_a_trust_account(firm: Marlow) -> None:
    use(firm, "Savings")

    with pytest.raises(accounts.ServesAlready, match="Office account"):
        let_serve_as_trust(firm, "Savings")


def test_the_database_refuses_an_account_a_second_use(firm: Marlow) -> None:
    use(firm, "Savings")
    account = named("Savings")

    with (
        pytest.raises(IntegrityError, match="chart_account"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """INSERT INTO accounting_accountuse
               (id, firm_id, use, chart_account_id, wanted, decided_by_id, decided_at)
               VALUES (%s, %s, 'trust_liability', %s, '{}', %s, now())""",
            [ids.new(), firm.firm.id, account.id, firm.alice.id],
        )


def let_serve_as_trust(firm: Marlow, name: str) -> None:
    subject = accounts.Subject(
        UseOfAccount.TRUST_BANK, trust_account_id=trust_account(firm, number="").id
    )
    accounts.choose_existing(subject=subject, chart_account=named(name), by=firm.alice, at=LATER)


def test_stopping_gives_the_account_back_to_be_offered(firm: Marlow) -> None:
    taken = use(firm, "Office")

    office_accounts.stop_using(office_account_id=taken.id, by=firm.alice, at=LATER)

    assert "Office" in [a.name for a in office_accounts.offered()]
    assert not OfficeBankAccount.objects.exists()


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_takes_or_gives_up(firm: Marlow, who: str) -> None:
    taken = use(firm, "Office")
    person = getattr(firm, who)

    with pytest.raises(NotAllowed):
        office_accounts.use(chart_account_id=named("Savings").id, by=person, at=LATER)
    with pytest.raises(NotAllowed):
        office_accounts.stop_using(office_account_id=taken.id, by=person, at=LATER)


def test_a_code_that_xero_changes_is_followed(firm: Marlow) -> None:
    taken = use(firm, "Office")

    books.read(firm.alice, replace(OFFICE, code="095", name="Office new"), SAVINGS)

    taken.refresh_from_db()
    assert (taken.code, taken.name) == ("095", "Office new")
    latest = history.of(bank_accounts.KIND, taken.id)[0]
    assert latest.changes["Code"] == ["090", "095"]


def test_two_accounts_that_swap_their_codes_in_xero_swap_them_here(firm: Marlow) -> None:
    office, savings = use(firm, "Office"), use(firm, "Savings")

    books.read(firm.alice, replace(OFFICE, code="091"), replace(SAVINGS, code="090"))

    office.refresh_from_db()
    savings.refresh_from_db()
    assert (office.code, savings.code) == ("091", "090")


def test_an_account_that_loses_its_code_keeps_the_one_known_here(firm: Marlow) -> None:
    taken = use(firm, "Office")

    books.read(firm.alice, replace(OFFICE, code=""))

    taken.refresh_from_db()
    assert taken.code == "090"


def test_an_account_gone_from_xero_is_marked_and_no_longer_offered(firm: Marlow) -> None:
    books.read(firm.alice, OFFICE)

    assert [a.name for a in office_accounts.offered()] == ["Office"]
    assert named("Savings").gone_at == LATER


def test_without_a_package_office_accounts_are_entered_by_hand(marlow: Marlow) -> None:
    with acting(marlow.alice):
        choices.choose(package="standalone", by=marlow.alice, at=LATER)
        details = Details("Office", "090", "062-555 1042 7700", "AUD")
        office_accounts.enter(details=details, by=marlow.alice, at=LATER)

        with pytest.raises(bank_accounts.CodeIsTaken, match="belongs to Office"):
            office_accounts.enter(details=details, by=marlow.alice, at=LATER)
        with pytest.raises(bank_accounts.CodeIsNotOne):
            office_accounts.enter(details=replace(details, code="?!"), by=marlow.alice, at=LATER)


def test_a_trust_account_is_not_entered_by_hand_either(marlow: Marlow) -> None:
    with acting(marlow.alice):
        choices.choose(package="standalone", by=marlow.alice, at=LATER)
        trust_account(marlow)

        with pytest.raises(office_accounts.HoldsTrustMoney):
            office_accounts.enter(
                details=Details("Ours", "090", "062 555 10427731", "AUD"),
                by=marlow.alice,
                at=LATER,
            )


def test_with_xero_nothing_is_entered_by_hand(firm: Marlow) -> None:
    with pytest.raises(office_accounts.PackageOffersThem):
        office_accounts.enter(details=Details("Office", "080", "", "AUD"), by=firm.alice, at=LATER)


def test_backing_out_gives_up_office_accounts_and_forgets_the_chart(firm: Marlow) -> None:
    use(firm, "Office")

    choices.back_out(by=firm.alice, at=LATER)

    assert not OfficeBankAccount.objects.exists()
    assert not ChartAccount.objects.exists()
    assert not AccountUse.objects.exists()


def test_an_office_account_stays_once_something_was_sent(firm: Marlow) -> None:
    taken = use(firm, "Office")
    SentDocument.objects.create(
        firm=firm.firm, kind="account", key="a", external_id="a", sent_at=LATER
    )

    with pytest.raises(office_accounts.OfficeAccountIsKept, match="stays"):
        office_accounts.stop_using(office_account_id=taken.id, by=firm.alice, at=LATER)
