"""A firm asks more of itself than its place does, one value at a time, and never less."""

import pytest
from pydantic import JsonValue

from chancery.practice import history, matter_types
from chancery.practice.permissions import NotAllowed
from chancery.trust import client_ledgers, holding_types, settings
from chancery.trust.rules.overrides import NotStricter, UnknownSetting
from money import Trust, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db

YEARS = "retention.years"


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


def years(marlow: Marlow) -> int:
    with acting(marlow.alice):
        return settings.policy().care.retention.value.years


def keep(marlow: Marlow, trust: Trust, count: int | None) -> None:
    value: JsonValue = None if count is None else {"n": count}
    with acting(marlow.alice):
        settings.set_stricter(path=YEARS, value=value, by=marlow.alice, at=trust.at)


def test_a_value_is_set_to_the_places_own_or_stricter_and_never_less(
    marlow: Marlow, trust: Trust
) -> None:
    place = years(marlow)

    keep(marlow, trust, place)
    keep(marlow, trust, place + 1)
    assert years(marlow) == place + 1
    with pytest.raises(NotStricter):
        keep(marlow, trust, place - 1)
    assert years(marlow) == place + 1


def test_a_value_is_given_back_to_the_place(marlow: Marlow, trust: Trust) -> None:
    place = years(marlow)
    keep(marlow, trust, place + 5)

    keep(marlow, trust, None)

    assert years(marlow) == place


def test_one_setting_leaves_the_others_and_the_habits_alone(marlow: Marlow, trust: Trust) -> None:
    with acting(marlow.alice):
        settings.set_habits(
            uses_deposit_slips=True,
            daily_limit=trust.money("500.00"),
            by=marlow.alice,
            at=trust.at,
        )
        settings.set_stricter(
            path="receipts.cash_limit", value={"amount": 100}, by=marlow.alice, at=trust.at
        )
    keep(marlow, trust, 20)

    with acting(marlow.alice):
        kept = settings.habits("AUD")
        acts = history.of(settings.KIND, marlow.firm.id).count()
    assert kept.stricter == {"receipts.cash_limit": {"amount": 100}, YEARS: {"n": 20}}
    assert (kept.uses_deposit_slips, str(kept.daily_limit)) == (True, "500.00")
    assert acts == 3


@pytest.mark.parametrize(("path", "value"), [("no.such", 1), (YEARS, "many")])
def test_what_cannot_be_set_is_refused(
    path: str, value: object, marlow: Marlow, trust: Trust
) -> None:
    with pytest.raises(UnknownSetting), acting(marlow.alice):
        settings.set_stricter(path=path, value=value, by=marlow.alice, at=trust.at)  # type: ignore[arg-type]  # on purpose


def test_a_bookkeeper_sets_nothing(trust: Trust) -> None:
    with pytest.raises(NotAllowed), acting(trust.maker):
        settings.set_stricter(path=YEARS, value={"n": 50}, by=trust.maker, at=trust.at)
    with pytest.raises(NotAllowed), acting(trust.maker):
        holding_types.let(type_ids=[], by=trust.maker, at=trust.at)


def test_only_the_named_types_are_given_ledgers(marlow: Marlow, trust: Trust) -> None:
    with acting(marlow.alice):
        named = matter_types.add(name="Escrow", by=marlow.alice, at=trust.at)
        holding_types.let(type_ids=[named.id], by=marlow.alice, at=trust.at)

    with pytest.raises(client_ledgers.MatterTypeHoldsNoMoney):
        trust.ledger("Another type")

    with acting(marlow.alice):
        holding_types.let(type_ids=[], by=marlow.alice, at=trust.at)
        acts = history.of(holding_types.KIND, marlow.firm.id).count()
    assert trust.ledger("Every type").kind == "client"
    assert acts == 2
