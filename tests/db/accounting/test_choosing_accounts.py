"""An existing account may serve here when it fits; what is asked of a person is asked of the right one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from at_work import LEASE, progress, want_bank, want_liability
from chancery.accounting import accounts, remedies
from chancery.accounting.accounts import CannotServe, HasAccountAlready, ServesAlready, Subject
from chancery.accounting.models import ChartAccount, Connection
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType, WantedAccount
from chancery.outbox import claims, lanes, messages, workers
from chancery.outbox.lanes import Road
from chancery.outbox.troubles import RETRY, Remedy, Trouble
from chancery.practice.models import Person
from chancery.practice.permissions import NotAllowed
from world import FOUNDED_AT, Marlow, acting, marlow

pytestmark = pytest.mark.django_db
LIABILITY = Subject(UseOfAccount.TRUST_LIABILITY)
TRANSFERS = Subject(UseOfAccount.TRUST_TRANSFERS)


@pytest.fixture
def cast(db: None) -> Marlow:
    """Return the cast of a firm that is connected."""
    known = marlow()
    with acting(known.alice):
        Connection.objects.create(
            firm_id=known.alice.firm_id,
            organisation_id="org-1",
            name="Org",
            currency="AUD",
            country="AU",
            state="connected",
            connected_by=known.alice,
            connected_at=FOUNDED_AT,
        )
    return known


def account(person: Person, **differing: Any) -> ChartAccount:
    facts = {
        "external_id": "x-1",
        "code": "825",
        "name": "Trust Liability",
        "type": "current_liability",
        "is_active": True,
        "takes_payments": True,
        "read_at": FOUNDED_AT,
    }
    return ChartAccount.objects.create(firm_id=person.firm_id, **{**facts, **differing})


def choose(person: Person, subject: Subject, chosen: ChartAccount) -> Any:
    return accounts.choose_existing(subject=subject, chart_account=chosen, by=person, at=FOUNDED_AT)


def stopped(person: Person, *remedy: Remedy) -> Any:
    """Return the use of an account whose making was stopped."""
    use = want_liability(person)
    with acting(person):
        soon = use.decided_at + timedelta(minutes=1)
        (claim,) = claims.take(firm_id=person.firm_id, limit=1, lease=LEASE, at=soon)
        claims.needs_person(claim, Trouble("some.trouble", "It stopped.", remedy), at=soon)
    return use


def test_a_system_account_is_chosen_and_may_be_exchanged(cast: Marlow) -> None:
    with acting(cast.alice):
        first, second = account(cast.alice), account(cast.alice, external_id="x-2", code="826")

        use = choose(cast.alice, LIABILITY, first)
        again = choose(cast.alice, LIABILITY, second)

        assert use.id == again.id
        assert progress(cast.alice, use, FOUNDED_AT).code == "826"


@pytest.mark.parametrize(
    ("differing", "because"),
    [
        ({"is_active": False}, "archived"),
        ({"gone_at": FOUNDED_AT}, "archived"),
        ({"type": "expense"}, "not a current liability"),
        ({"takes_payments": False}, "payments"),
    ],
)
def test_an_account_that_does_not_fit_is_refused_with_the_reason(
    cast: Marlow, differing: dict[str, Any], because: str
) -> None:
    with acting(cast.alice), pytest.raises(CannotServe, match=because):
        choose(cast.alice, LIABILITY, account(cast.alice, **differing))


def test_one_account_is_refused_for_a_second_use_and_says_what_it_serves_as(cast: Marlow) -> None:
    with acting(cast.alice):
        one = account(cast.alice)
        choose(cast.alice, LIABILITY, one)

        with pytest.raises(ServesAlready, match="Trust Liability"):
            choose(cast.alice, TRANSFERS, one)


def test_what_is_being_made_is_not_asked_for_again(cast: Marlow) -> None:
    want_liability(cast.alice)

    with pytest.raises(HasAccountAlready):
        want_liability(cast.alice)


@pytest.mark.parametrize("number", ["", "  "])
def test_a_bank_account_without_a_number_is_not_asked_for(cast: Marlow, number: str) -> None:
    wanted = WantedAccount("Trust", AccountType.BANK, number, "AUD")
    with acting(cast.alice), pytest.raises(accounts.WantedIsNotRight, match="number"):
        accounts.create_in_package(subject=LIABILITY, wanted=wanted, by=cast.alice, at=FOUNDED_AT)


def test_without_a_connection_nothing_is_asked_for(db: None) -> None:
    with pytest.raises(accounts.NoConnection):
        want_bank(marlow().alice, "Trust")


def test_whoever_may_not_set_up_trust_accounting_may_not_ask_or_settle(cast: Marlow) -> None:
    use = stopped(cast.alice, RETRY)
    for person in (cast.bob, cast.erin):
        with acting(person), pytest.raises(NotAllowed):
            remedies.retry(use=use, by=person, at=FOUNDED_AT)
        with pytest.raises(NotAllowed):
            want_liability(person, UseOfAccount.TRUST_TRANSFERS)


def test_a_remedy_that_was_not_offered_is_refused(cast: Marlow) -> None:
    use = stopped(cast.alice, RETRY)
    with acting(cast.alice):
        one = account(cast.alice)
        acts: list[Callable[[], None]] = [
            lambda: remedies.restore_archived(use=use, by=cast.alice, at=FOUNDED_AT),
            lambda: remedies.use_existing(use=use, chart_account=one, by=cast.alice, at=FOUNDED_AT),
        ]
        for act in acts:
            with pytest.raises(remedies.NotOffered):
                act()


def test_what_is_not_stopped_has_nothing_to_settle(cast: Marlow) -> None:
    use = want_liability(cast.alice)

    with acting(cast.alice), pytest.raises(remedies.NotStopped):
        remedies.rename_and_retry(use=use, name="Other", by=cast.alice, at=FOUNDED_AT)


def test_the_page_says_when_nobody_is_at_work(cast: Marlow) -> None:
    use = want_liability(cast.alice)
    now = use.decided_at

    shown = progress(cast.alice, use, now)
    assert shown.state == "waiting"
    assert "No worker of Chancery is running" in shown.sentence

    worker = workers.born(host="here", process=1, at=now)
    workers.beat(worker, at=now)
    assert progress(cast.alice, use, now).sentence == "Creating in Xero…"
    assert progress(cast.alice, use, now + timedelta(seconds=61)).state == "waiting"


def test_the_page_says_until_when_a_lane_rests_and_why(cast: Marlow) -> None:
    use = want_liability(cast.alice)
    until = use.decided_at + timedelta(hours=2)
    with acting(cast.alice):
        (sent,) = messages.of_subject(accounts.TOPIC, [use.id]).values()
    lanes.park(Road(cast.alice.firm_id, sent.lane), until=until, because="The day is used up.")

    shown = progress(cast.alice, use, use.decided_at)

    assert (shown.state, shown.until, shown.sentence) == ("waiting", until, "The day is used up.")
