"""Money that lies still is listed by its last movement; what a place forbids is refused."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection

from chancery.lib.problems import DetailsNotRight
from chancery.practice import history
from chancery.practice.permissions import NotAllowed
from chancery.trust import client_ledgers, dormant
from chancery.trust.dormant import DormantFilter, DormantStep, StepDetails, StepKind
from chancery.trust.models import JurisdictionChoice, TrustLedger
from chancery.trust.rules.residual import NeedsRegulatorsAuthority, StepsMissing
from money import Trust, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


def listed(trust: Trust, on: date, **asked: str) -> list[str]:
    with acting(trust.maker):
        found = dormant.found(DormantFilter(**asked), on=on)
        return [ledger.matter.title for ledger in found if ledger.matter]


def record(trust: Trust, ledger: TrustLedger, kind: StepKind, **more: object) -> DormantStep:
    details = StepDetails(kind, trust.today, str(more.pop("words", "Wrote to them")), **more)  # type: ignore[arg-type]  # as the test gives them
    with acting(trust.maker):
        return dormant.record(
            ledger_id=ledger.id, details=details, by=trust.maker, at=trust.at, today=trust.today
        )


def in_england(trust: Trust) -> frozenset[str]:
    """Let the rules of England and Wales hold; return what they ask of a gift to a charity."""
    with acting(trust.maker):
        owner = trust.account.firm_id
        JurisdictionChoice.objects.filter(firm_id=owner).update(code="gb_ew")
        return frozenset(dormant.policy().care.charity.value.conditions)


def test_a_ledger_is_listed_from_the_day_that_the_place_says(trust: Trust) -> None:
    trust.receive(trust.ledger("Old"), "10.00")
    year_on = date(2027, 9, 1)

    assert listed(trust, year_on - timedelta(days=1)) == []
    assert listed(trust, year_on) == ["Old"]


def test_the_longest_still_comes_first_and_empty_ledgers_never(trust: Trust) -> None:
    spent, second = trust.ledger("Spent"), trust.ledger("Second")
    trust.receive(trust.ledger("First"), "10.00")
    trust.receive(spent, "10.00")
    trust.wait(3)
    trust.receive(second, "10.00")
    trust.pay(spent, "10.00")

    assert listed(trust, date(2028, 1, 1)) == ["First", "Second"]


def test_the_list_is_narrowed_by_words_and_by_what_was_done(trust: Trust) -> None:
    one, other = trust.ledger("Lease"), trust.ledger("Will")
    trust.receive(one, "10.00")
    trust.receive(other, "10.00")
    record(trust, one, StepKind.CONTACTED)
    on = date(2028, 1, 1)

    assert listed(trust, on, text="wil") == ["Will"]
    assert listed(trust, on, steps="some") == ["Lease"]
    assert listed(trust, on, steps="none") == ["Will"]


def test_a_step_is_kept_with_what_was_held_and_stands_in_the_history(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "10.00")

    step = record(trust, ledger, StepKind.CONTACTED)

    assert step.held_minor == 1000
    with acting(trust.maker):
        acts = [one.act for one in history.of(client_ledgers.KIND, ledger.id)]
    assert "Contacted the owner" in acts


@pytest.mark.parametrize(
    "statement", ["UPDATE trust_dormantstep SET words = ''", "DELETE FROM trust_dormantstep"]
)
def test_a_step_is_never_changed(statement: str, trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "10.00")
    record(trust, ledger, StepKind.CONTACTED)

    with pytest.raises(DatabaseError), acting(trust.maker), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_charity_gets_up_to_the_limit_of_the_matter_and_no_cent_more(trust: Trust) -> None:
    ledger = trust.ledger()
    met = in_england(trust)
    trust.receive(ledger, "500.00")

    assert record(trust, ledger, StepKind.CHARITY, met=met).held_minor == 50_000
    trust.receive(ledger, "0.01")
    with pytest.raises(NeedsRegulatorsAuthority) as refused:
        record(trust, ledger, StepKind.CHARITY, met=met)
    assert refused.value.rule == "r 5.1(c)"
    record(trust, ledger, StepKind.CHARITY, met=met, authority="SRA letter of 1 Sep 2026")


def test_a_charity_gets_nothing_before_every_condition_is_met(trust: Trust) -> None:
    ledger = trust.ledger()
    met = in_england(trust)
    trust.receive(ledger, "10.00")

    with pytest.raises(StepsMissing) as refused:
        record(trust, ledger, StepKind.CHARITY, met=met - {"reasonable tracing steps"})

    assert refused.value.missing == ("reasonable tracing steps",)


def test_where_no_limit_is_known_a_charity_gets_nothing_without_the_regulator(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "0.01")

    with pytest.raises(NeedsRegulatorsAuthority):
        record(trust, ledger, StepKind.CHARITY)


@pytest.mark.parametrize("kind", [StepKind.CHARITY, StepKind.LODGED])
def test_nothing_is_decided_about_a_ledger_that_holds_nothing(kind: StepKind, trust: Trust) -> None:
    with pytest.raises(DetailsNotRight):
        record(trust, trust.ledger(), kind, authority="A letter")


@pytest.mark.parametrize("words", ["", "x" * 301])
def test_a_step_says_what_was_done_in_a_few_words(words: str, trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "1.00")

    with pytest.raises(DetailsNotRight):
        record(trust, ledger, StepKind.CONTACTED, words=words)


def test_a_step_is_not_dated_tomorrow(trust: Trust) -> None:
    ledger = trust.ledger()
    details = StepDetails(StepKind.CONTACTED, trust.today + timedelta(days=1), "Wrote to them")

    with pytest.raises(DetailsNotRight), acting(trust.maker):
        dormant.record(
            ledger_id=ledger.id, details=details, by=trust.maker, at=trust.at, today=trust.today
        )


def test_an_examiner_records_nothing(marlow: Marlow, trust: Trust) -> None:
    ledger = trust.ledger()
    details = StepDetails(StepKind.CONTACTED, trust.today, "Wrote to them")

    with pytest.raises(NotAllowed), acting(marlow.erin):
        dormant.record(
            ledger_id=ledger.id, details=details, by=marlow.erin, at=trust.at, today=trust.today
        )
