import pytest

from chancery.trust.rules import packs
from chancery.trust.rules.pack_facts import Fact, facts


def told(code: str) -> dict[str, Fact]:
    return {fact.label: fact for fact in facts(packs.load(code))}


def test_a_place_is_told_in_six_lines() -> None:
    lines = told("au_nsw")

    assert list(lines) == [
        "Words",
        "Reconcile",
        "Costs from trust",
        "Records kept",
        "Accounts allowed",
        "Pack",
    ]
    assert lines["Words"].sentence == "trust money, office account, bill, matter"
    assert lines["Accounts allowed"].sentence == "Current, Investment, Controlled, Statutory"
    assert lines["Pack"].sentence == packs.load("au_nsw").summary


def test_a_line_carries_what_makes_it_believable() -> None:
    line = told("au_nsw")["Reconcile"]

    assert line.sentence == "Each month, within 15 working days after end of month."
    assert line.authority == "LPUGR r 48(3)"
    assert line.confidence == "high"
    assert line.sources[0].title.endswith("r 48 - Reconciliation")


def test_a_line_of_two_values_is_no_surer_than_the_weaker() -> None:
    frequency = packs.load("ca_bc").parameter("reconciliation.frequency")

    assert frequency is not None
    assert frequency.confidence == "high"
    assert told("ca_bc")["Reconcile"].confidence == "low"
    deadline = packs.load("au_act").parameter("reconciliation.deadline")
    assert deadline is not None
    assert deadline.confidence == "high"
    assert told("au_act")["Reconcile"].confidence == "medium"


@pytest.mark.parametrize(
    ("code", "label", "sentence"),
    [
        ("ca_on", "Reconcile", "Monthly, by day 25 of following month."),
        ("za", "Reconcile", "Update and balance monthly, by last day of following month."),
        ("sg", "Reconcile", "Monthly (was three-monthly before 1 April 2004)."),
        (
            "gb_ew",
            "Reconcile",
            "At most 5 weeks apart, within the five-week interval; no separate number of days.",
        ),
        ("us_nc", "Reconcile", "Bank to book: monthly; three way: quarterly."),
        ("gb_nir", "Reconcile", "Not established."),
        (
            "au_qld",
            "Costs from trust",
            "7 calendar days after bill given; cancelled by: objection.",
        ),
        ("ca_on", "Costs from trust", "Billing delivered before withdrawal."),
        ("hk", "Costs from trust", "Not established."),
        ("au_nsw", "Records kept", "7 years."),
        ("nz", "Records kept", "6 years after last transaction."),
        ("ie", "Records kept", "Not established."),
    ],
)
def test_each_form_of_rule_is_said_in_a_sentence(code: str, label: str, sentence: str) -> None:
    assert told(code)[label].sentence == sentence


def test_what_is_not_established_cites_nothing() -> None:
    line = told("gb_nir")["Records kept"]

    assert (line.authority, line.sources, line.confidence) == ("", (), None)


def test_several_terms_of_years_are_all_said() -> None:
    assert told("ca_on")["Records kept"].sentence == (
        "Trust journals ledgers recon: 10; trust transfer journal: 6; general: 6;"
        " plus: current year (years)."
    )


@pytest.mark.parametrize("pack", packs.choosable(), ids=lambda pack: pack.code)
def test_every_place_has_its_lines(pack: packs.Pack) -> None:
    for fact in facts(pack):
        assert fact.sentence
        assert "_" not in fact.sentence
        assert "{" not in fact.sentence
