"""A trust account stands here and in the package, or in neither; the system accounts come as two."""

from dataclasses import replace

import pytest

import books
from chancery.accounting import (
    accounts,
    choices,
    office_accounts,
    remedies,
    system_accounts,
    trust_accounts,
)
from chancery.accounting.models import AccountUse
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import Account, AccountType
from chancery.accounting.trust_accounts import GlAccount, Opening
from chancery.lib import ids
from chancery.lib.problems import DetailsNotRight
from chancery.office.bank_accounts import Details
from chancery.outbox.models import Message
from chancery.practice import permissions
from chancery.trust import jurisdiction
from chancery.trust.bank_accounts import Outcome
from chancery.trust.models import TrustBankAccount
from db.trust.accounts import details
from world import FOUNDED_AT, LATER, Marlow, acting

pytestmark = pytest.mark.django_db
LIABILITY, TRANSFERS = system_accounts.SYSTEM


def liability(name: str, code: str, **other: object) -> Account:
    facts = {"external_id": f"x-{name}", "is_active": True, "takes_payments": True, **other}
    kind = AccountType.CURRENT_LIABILITY
    return Account(code=code, name=name, type=kind, **facts)  # type: ignore[arg-type]  # as given


@pytest.fixture
def ready(marlow: Marlow) -> Marlow:
    """Marlow & Finch with Xero connected, a chart, and New South Wales."""
    books.connect(marlow.alice)
    books.read(
        marlow.alice,
        books.bank("Savings", "093"),
        liability("Trust Liability", "825"),
        liability("Loan", "900"),
        liability("Trust Transfers", "826", takes_payments=False),
    )
    with acting(marlow.alice):
        jurisdiction.choose(code="au_nsw", by=marlow.alice, at=FOUNDED_AT)
    return marlow


def open_it(world: Marlow, gl_account: GlAccount) -> Outcome:
    opening = Opening(details(world), status="open", gl_account=gl_account)
    with acting(world.alice):
        return trust_accounts.open_bank_account(opening=opening, by=world.alice, at=LATER)


def counts(world: Marlow) -> tuple[int, int, int]:
    with acting(world.alice):
        return (
            TrustBankAccount.objects.count(),
            AccountUse.objects.count(),
            Message.objects.count(),
        )


def test_a_new_account_is_written_with_its_use_and_its_message(ready: Marlow) -> None:
    open_it(ready, "create")

    assert counts(ready) == (1, 1, 1)


def test_an_existing_account_serves_and_nothing_is_sent(ready: Marlow) -> None:
    open_it(ready, books.chart_account(ready.alice, "Savings").id)

    assert counts(ready) == (1, 1, 0)


def test_when_the_package_refuses_nothing_is_written_here_either(ready: Marlow) -> None:
    loan = books.chart_account(ready.alice, "Loan")

    with acting(ready.alice):
        opening = Opening(details(ready), status="open", gl_account=loan.id)
        with pytest.raises(accounts.CannotServe):
            trust_accounts.open_bank_account(opening=opening, by=ready.alice, at=LATER)

    assert counts(ready) == (0, 0, 0)


def problem_of(world: Marlow, gl_account: GlAccount) -> tuple[str, str]:
    with pytest.raises(DetailsNotRight) as refusal:
        open_it(world, gl_account)
    (problem,) = refusal.value.problems
    return problem.field, problem.words


def test_the_number_of_an_office_account_is_refused_with_its_name(ready: Marlow) -> None:
    books.read(
        ready.alice,
        books.bank("Office", "090", bank_number="062555-10427731"),
        books.bank("Savings", "093"),
    )
    office = books.chart_account(ready.alice, "Office")
    with acting(ready.alice):
        office_accounts.use(chart_account_id=office.id, by=ready.alice, at=LATER)

    savings = books.chart_account(ready.alice, "Savings").id
    for gl_account in ("create", savings):
        field, words = problem_of(ready, gl_account)
        assert field == "number_bsb"
        assert "“Office” (090) has this number and is an office account" in words
    assert counts(ready) == (0, 1, 0)


def test_a_trust_account_is_not_given_the_number_of_an_office_account_later(ready: Marlow) -> None:
    books.read(ready.alice, books.bank("Office", "090", bank_number="062555 10427732"))
    office = books.chart_account(ready.alice, "Office")
    opened = open_it(ready, "create")
    other = replace(details(ready), number={"bsb": "062-555", "account": "1042 7732"})

    with acting(ready.alice):
        office_accounts.use(chart_account_id=office.id, by=ready.alice, at=LATER)
        with pytest.raises(DetailsNotRight, match="is an office account"):
            trust_accounts.change_bank_account(
                account_id=opened.account.id, details=other, version=1, by=ready.alice, at=LATER
            )


def test_without_a_package_the_number_of_an_office_account_is_refused_too(marlow: Marlow) -> None:
    with acting(marlow.alice):
        choices.choose(package="standalone", by=marlow.alice, at=LATER)
        jurisdiction.choose(code="au_nsw", by=marlow.alice, at=FOUNDED_AT)
        ours = Details("Office", "090", "062555 1042 7731", "AUD")
        office_accounts.enter(details=ours, by=marlow.alice, at=LATER)

    assert problem_of(marlow, None)[0] == "number_bsb"


def test_a_new_account_is_not_asked_for_where_one_of_its_number_exists(ready: Marlow) -> None:
    twin = books.bank("Twin", "094", bank_number="062555-10427731")
    books.read(ready.alice, twin)

    field, words = problem_of(ready, "create")

    assert field == "gl_account"
    assert "Xero has 094 Twin with this number already. Choose it as the GL account" in words
    open_it(ready, books.chart_account(ready.alice, "Twin").id)
    assert counts(ready) == (1, 1, 0)


def test_a_twin_in_another_currency_is_not_recommended(ready: Marlow) -> None:
    books.read(
        ready.alice, books.bank("Twin", "094", bank_number="062555-10427731", currency="USD")
    )

    assert "It is kept in USD. Put the number right" in problem_of(ready, "create")[1]


@pytest.mark.parametrize("gl_account", [None, ids.new()])
def test_an_account_that_was_not_offered_is_refused(ready: Marlow, gl_account: GlAccount) -> None:
    with pytest.raises(DetailsNotRight) as refusal:
        open_it(ready, gl_account)

    assert [problem.field for problem in refusal.value.problems] == ["gl_account"]
    assert counts(ready) == (0, 0, 0)


def test_without_a_package_chosen_nothing_is_opened(marlow: Marlow) -> None:
    with pytest.raises(choices.NothingIsChosen):
        open_it(marlow, "create")


def test_a_changed_name_follows_to_the_account_that_is_still_to_be_made(ready: Marlow) -> None:
    opened = open_it(ready, "create").account
    renamed = details(ready, bank_id=opened.bank_id, name="Marlow & Finch Law Practice Trust A/c")

    with acting(ready.alice):
        trust_accounts.change_bank_account(
            account_id=opened.id, details=renamed, version=1, by=ready.alice, at=LATER
        )
        use = AccountUse.objects.get()

    assert use.wanted["name"] == "Marlow & Finch Law Practice Trust A/c"


def test_while_a_worker_makes_it_a_change_waits_and_nothing_of_it_is_kept(ready: Marlow) -> None:
    opened = open_it(ready, "create").account
    renamed = details(ready, bank_id=opened.bank_id, name="Another Law Practice Trust Account")

    with acting(ready.alice):
        Message.objects.update(state="in_flight", lease_until=LATER)
        with pytest.raises(remedies.BeingMade):
            trust_accounts.change_bank_account(
                account_id=opened.id, details=renamed, version=1, by=ready.alice, at=LATER
            )
        assert TrustBankAccount.objects.get().name == opened.name


def test_an_account_that_xero_has_keeps_its_name_there(ready: Marlow) -> None:
    opened = open_it(ready, books.chart_account(ready.alice, "Savings").id).account
    renamed = details(ready, bank_id=opened.bank_id, name="Another Law Practice Trust Account")

    with acting(ready.alice):
        trust_accounts.change_bank_account(
            account_id=opened.id, details=renamed, version=1, by=ready.alice, at=LATER
        )

    assert books.chart_account(ready.alice, "Savings").name == "Savings"
    assert counts(ready) == (1, 1, 0)


def test_the_likely_system_account_is_suggested_and_one_that_takes_no_payments_is_not(
    ready: Marlow,
) -> None:
    with acting(ready.alice):
        assert (
            system_accounts.suggested(LIABILITY)
            == books.chart_account(ready.alice, "Trust Liability").id
        )
        assert system_accounts.suggested(TRANSFERS) is None


def test_both_system_accounts_are_saved_in_one_act(ready: Marlow) -> None:
    chosen = books.chart_account(ready.alice, "Trust Liability")
    wishes: dict[UseOfAccount, system_accounts.Wish] = {LIABILITY: chosen.id, TRANSFERS: "create"}

    with acting(ready.alice):
        system_accounts.save(wishes=wishes, by=ready.alice, at=LATER)
        uses = system_accounts.of_firm()

    assert uses[LIABILITY].chart_account == chosen
    assert uses[TRANSFERS].wanted["name"] == "Trust Transfers"
    assert counts(ready) == (0, 2, 1)


def test_when_one_system_account_is_refused_neither_is_saved(ready: Marlow) -> None:
    chosen = books.chart_account(ready.alice, "Trust Liability")
    wishes: dict[UseOfAccount, system_accounts.Wish] = {LIABILITY: chosen.id, TRANSFERS: chosen.id}

    with acting(ready.alice), pytest.raises(accounts.ServesAlready):
        system_accounts.save(wishes=wishes, by=ready.alice, at=LATER)

    assert counts(ready) == (0, 0, 0)


def test_without_a_package_there_are_no_system_accounts(marlow: Marlow) -> None:
    with acting(marlow.alice):
        choices.choose(package="standalone", by=marlow.alice, at=LATER)
        with pytest.raises(system_accounts.NoPackage):
            system_accounts.save(wishes={LIABILITY: "create"}, by=marlow.alice, at=LATER)


def test_only_an_administrator_saves_system_accounts(ready: Marlow) -> None:
    for person in (ready.bob, ready.erin):
        with acting(person), pytest.raises(permissions.NotAllowed):
            system_accounts.save(wishes={LIABILITY: "create"}, by=person, at=LATER)
