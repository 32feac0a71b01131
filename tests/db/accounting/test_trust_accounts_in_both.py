"""A trust account stands here and in the package, or in neither; the system accounts come as two."""

import pytest

import books
from chancery.accounting import accounts, choices, remedies, system_accounts, trust_accounts
from chancery.accounting.models import AccountUse
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import Account, AccountType
from chancery.accounting.trust_accounts import GlAccount, Opening
from chancery.lib import ids
from chancery.lib.problems import DetailsNotRight
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
