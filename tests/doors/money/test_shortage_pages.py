"""Shortages: the register, one case with its deadlines, what is done about it, and what home says of them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

import registered
from chancery.trust import movements, shortfalls
from chancery.trust.deficiencies import RestorationSettled
from chancery.trust.models import Deficiency, DeficiencyStep, Movement, TrustLedger
from chancery.trust.rules import deficiency_deadlines
from chancery.trust.rules.packs import load
from chancery.trust.rules.policy import Policy
from conftest import Browse
from doors.money import moving
from doors.money.conftest import Pages, count
from money import Trust, firm_in, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db
BASE = "/money/registers/shortages"
KEY = "01900000-0000-7000-8000-00000000000a"


def words(page: str) -> str:
    apart = re.sub(r"</?(t[dhr]|span|p|d[dt]|a|li|h\d)\b", r" \g<0>", page)
    return " ".join(strip_tags(apart).split())


def key(letter: str) -> str:
    return KEY[:-1] + letter


@pytest.fixture
def typed(trust: Trust) -> dict[str, Any]:
    return {
        "key": KEY,
        "account": str(trust.account.id),
        "on": trust.today.isoformat(),
        "amount": "40.00",
        "reason": "Withdrawn by somebody unknown",
        "reference": "STMT 12",
    }


@pytest.fixture
def case(trust: Trust) -> Deficiency:
    return registered.shortage(trust, "40.00")


@pytest.fixture
def where(case: Deficiency) -> str:
    return f"{BASE}/{case.id}/"


@pytest.fixture
def step(trust: Trust) -> dict[str, Any]:
    return {"key": key("b"), "on": trust.today.isoformat(), "words": "As it was found out"}


@pytest.fixture
def restoring(trust: Trust) -> dict[str, Any]:
    return {
        "key": key("c"),
        "on": trust.today.isoformat(),
        "amount": "40.00",
        "reason": "Transfer from the office account",
        "reference": "",
    }


def test_a_shortage_of_the_bank_is_recorded_once_and_no_client_bears_it(
    trust: Trust, ledger: TrustLedger, bob: Pages, typed: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/add/", **typed)

    assert bob.send(f"{BASE}/add/", **typed) == where
    assert count(trust, Deficiency) == count(trust, Movement) == 1
    assert trust.held(ledger) == "1,000.00"
    shown = words(bob.text(where))
    assert "Found missing 40.00 Restored 0.00 Still missing, AUD 40.00" in shown
    assert "Shortage at the bank of" in shown
    assert "Uniform Law" in shown
    assert "ledgers equal the bank" in words(
        bob.text(reverse("trust_account_ledgers", args=[trust.account.id]))
    )


def test_looking_and_faults_record_nothing(trust: Trust, bob: Pages, typed: dict[str, Any]) -> None:
    looked = bob.send(f"{BASE}/add/", 200, **typed, act="look")
    late = bob.send(f"{BASE}/add/", 422, **typed | {"on": "2099-01-01"})
    without = bob.send(f"{BASE}/add/", 422, **typed | {"reason": ""})

    assert 'value="STMT 12"' in looked
    assert 'href="#id_on"' in late
    assert 'href="#id_reason"' in without
    assert count(trust, Deficiency) == 0


def test_a_case_is_explained_restored_notified_and_closed(
    trust: Trust, bob: Pages, where: str, step: dict[str, Any], restoring: dict[str, Any]
) -> None:
    too_soon = bob.send(f"{where}closing/", 409, **step)
    bob.send(f"{where}cause/", **step)
    bob.send(f"{where}cause/", **step)
    bob.send(f"{where}notification/", **step | {"key": key("d"), "reference": "LS-77"})
    too_much = bob.send(f"{where}restoration/", 409, **restoring | {"amount": "40.01"})
    bob.send(f"{where}restoration/", **restoring | {"amount": "15.00"})
    bob.send(f"{where}restoration/", **restoring | {"key": key("e"), "amount": "25.00"})
    restored = words(bob.text(where))
    bob.send(f"{where}closing/", **step | {"key": key("f"), "words": "Restored to the cent"})
    late = bob.send(f"{where}cause/", 409, **step | {"key": key("0")})

    assert "trust.shortage_still_missing" in too_soon
    assert "trust.restores_too_much" in too_much
    assert "trust.deficiency_closed" in late
    assert "Restored, to be closed" in restored
    assert "Still missing, AUD 0.00" in restored
    assert count(trust, DeficiencyStep) == 5
    shown = words(bob.text(where))
    assert "Reference LS-77" in shown
    assert "Close the case…" not in shown
    assert "Restored to the cent" in shown


def test_a_restoration_that_is_taken_back_restores_nothing(
    trust: Trust, bob: Pages, case: Deficiency, where: str, restoring: dict[str, Any]
) -> None:
    bob.send(f"{where}restoration/", **restoring)
    with acting(trust.maker):
        restoration = DeficiencyStep.objects.get(act="restored").movement_id
        assert restoration
        moved = movements.visible(restoration)
    trust.reverse(moved)

    shown = words(bob.text(where))

    assert "Still missing, AUD 40.00" in shown
    assert "Taken back" in shown


def test_a_restoration_of_a_closed_case_stays(
    trust: Trust, bob: Pages, where: str, step: dict[str, Any], restoring: dict[str, Any]
) -> None:
    bob.send(f"{where}restoration/", **restoring)
    bob.send(f"{where}closing/", **step)
    with acting(trust.maker):
        restoration = DeficiencyStep.objects.get(act="restored").movement_id
        assert restoration
        moved = movements.visible(restoration)

    with pytest.raises(RestorationSettled):
        trust.reverse(moved)

    assert "Still missing, AUD 0.00" in words(bob.text(where))


def test_a_charge_that_was_a_mistake_leaves_nothing_missing(trust: Trust, bob: Pages) -> None:
    charge = moving.charge(trust, "3.00")
    trust.reverse(charge)
    with acting(trust.maker):
        case = Deficiency.objects.get()
        assert shortfalls.missing(case) == trust.money("0.00")

    assert "Restored, to be closed" in bob.text(f"{BASE}/{case.id}/")


def test_a_bank_charge_and_a_restoration_lead_to_their_case(
    trust: Trust, bob: Pages, restoring: dict[str, Any]
) -> None:
    charge = moving.charge(trust, "3.00")
    with acting(trust.maker):
        case = Deficiency.objects.get()
    where = f"{BASE}/{case.id}/"
    bob.send(f"{where}restoration/", **restoring | {"amount": "3.00"})
    with acting(trust.maker):
        restoration = DeficiencyStep.objects.get().movement_id

    for movement in (charge.id, restoration):
        assert f'href="{where}"' in bob.text(f"/money/registers/movements/{movement}/")
    assert f'href="/money/registers/movements/{charge.id}/"' in bob.text(where)


def test_the_register_is_narrowed_and_a_case_names_the_matter_that_was_short(
    trust: Trust, ledger: TrustLedger, bob: Pages, case: Deficiency
) -> None:
    receipt = trust.receive(ledger, "500.00")
    trust.pay(ledger, "1,400.00")
    trust.reverse(receipt, "dishonor")
    assert ledger.matter

    def listed(asked: str) -> str:
        return words(bob.text(f"{BASE}/?{asked}"))

    assert "Money that bounced" in listed(f"text={ledger.matter.number}")
    assert "somebody unknown" not in listed(f"text={ledger.matter.number}")
    assert "somebody unknown" in listed(f"state=open&account={trust.account.id}&text=unknown")
    assert "None fits" in listed("state=ended")
    assert "None fits" in listed("since=1+Jan+2099")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_the_register_and_one_case_go_out_as_files(
    kind: str, bob: Pages, where: str, step: dict[str, Any]
) -> None:
    bob.send(f"{where}notification/", **step | {"reference": "LS-77"})

    for address in (f"{BASE}/file/", f"{where}file/"):
        answer = bob.client.get(f"{address}?format={kind}")
        assert answer.status_code == 200
        if kind == "csv":
            assert "LS-77" in answer.content.decode()


def test_a_longer_register_asks_the_database_no_more(trust: Trust, bob: Pages) -> None:
    told: list[int] = []
    bob.text(f"{BASE}/")
    for _ in range(2):
        for _ in range(3):
            registered.shortage(trust, "1.00")
        with CaptureQueriesContext(connection) as queries:
            bob.text(f"{BASE}/")
        told.append(len(queries))

    assert told[0] == told[1]


def test_who_may_only_read_is_told_who_records(
    marlow: Marlow, as_person: Callable[..., Pages], where: str, step: dict[str, Any]
) -> None:
    erin = as_person(marlow.erin)

    assert "Ask an administrator or a bookkeeper" in erin.text(f"{BASE}/")
    assert "Your roles let you read this only" in erin.text(where)
    erin.text(f"{BASE}/add/", 403)
    erin.send(f"{where}closing/", 403, **step)


def test_home_says_what_is_short_and_to_be_reported_until_it_is_done(
    bob: Pages, where: str, step: dict[str, Any], restoring: dict[str, Any]
) -> None:
    before = words(bob.text("/"))
    bob.send(f"{where}notification/", **step)
    bob.send(f"{where}restoration/", **restoring)
    restored = words(bob.text("/"))
    bob.send(f"{where}closing/", **step | {"key": key("d")})
    after = words(bob.text("/"))

    assert "Open shortages 1 40.00 still missing" in before
    assert "What is due 1 A shortage to report, as soon as practicable" in before
    assert "Open shortages 1 Restored or put right; close the cases" in restored
    assert "What is due nothing" in restored
    assert "Open shortages none" in after


def test_home_names_the_statutory_deposit_that_is_due(browse: Browse) -> None:
    trust = open_trust(firm_in("au_nsw"))
    trust.today = date(2026, 7, 3)
    trust.receive(trust.ledger("Sale"), "84,000.00")
    pages = Pages(browse(trust.maker))

    assert re.search(
        r"What is due 1 (Late: )?Statutory deposit of [\d,.]+, by \d+ \w+ 2026",
        words(pages.text("/")),
    )


@pytest.mark.parametrize(
    ("place", "correct_by", "report_by"),
    [
        ("au_nsw", None, None),
        ("ca_sk", date(2026, 9, 10), date(2026, 9, 10)),
        ("ie", date(2026, 9, 11), date(2026, 9, 11)),
        ("ca_on", date(2026, 9, 4), None),
    ],
)
def test_deadlines_are_counted_by_the_place_from_the_day_of_finding(
    place: str, correct_by: date | None, report_by: date | None
) -> None:
    friday_before_labour_day = date(2026, 9, 4)

    days = deficiency_deadlines.of(Policy.of(load(place)), friday_before_labour_day)

    assert (days.correct_by, days.report_by) == (correct_by, report_by)
    assert days.rule


def test_a_case_that_is_late_says_so(browse: Browse) -> None:
    trust = open_trust(firm_in("ca_sk"), "ca_sk")
    case = registered.shortage(trust, "5.00")
    bob = Pages(browse(trust.maker))

    shown = words(bob.text(f"{BASE}/{case.id}/"))

    assert "Regulator told 4 Sep 2026 late" in shown
    assert "Rule 1526" in shown
    assert "Late: A shortage to report, by 4 Sep 2026" in words(bob.text("/"))
