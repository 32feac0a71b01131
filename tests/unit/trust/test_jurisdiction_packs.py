import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from chancery.trust.rules import pack_findings, pack_yaml, packs

EVERY = sorted(packs.load_all())
PLACES = [pack.code for pack in packs.choosable()]


def test_the_packs_have_nothing_wrong_with_them() -> None:
    assert pack_findings.read_all(packs.FOLDER).findings == []


def test_there_are_thirty_two_places_and_three_parents() -> None:
    assert len(PLACES) == 32
    assert {code for code in EVERY if code not in PLACES} == {"au_uniform", "au_model", "us"}


@pytest.mark.parametrize("code", EVERY)
def test_one_pack_alone_is_the_same_as_among_all(code: str) -> None:
    alone, among = packs.load(code), packs.load_all()[code]

    assert alone.label == among.label
    assert alone.parameters() == among.parameters()
    assert alone.terms == among.terms


@pytest.mark.parametrize("path", sorted(packs.FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_file_holds_what_other_readers_of_yaml_would_take_otherwise(path: Path) -> None:
    assert pack_yaml.read(path) == yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize("code", PLACES)
def test_every_place_is_complete(code: str) -> None:
    pack = packs.choose(code)

    assert all(word for key, word in vars(pack.terms).items() if key not in ("extra", "fallbacks"))
    assert pack.terms.fallbacks <= vars(pack.terms).keys()
    assert pack.account_kinds[0].kind == "current"
    assert pack.bank_number_fields
    assert ZoneInfo(pack.time_zone).key == pack.time_zone
    assert re.fullmatch(rf"en-{pack.country}", pack.locale)
    assert pack.regulator
    assert pack.instrument


def test_the_choice_is_ordered_by_country_and_then_by_name() -> None:
    labels = [pack.label for pack in packs.choosable()]

    assert labels[0] == "Australia: Australian Capital Territory"
    assert labels[1] == "Australia: New South Wales (Uniform Law)"
    assert labels[-1] == "United States: Washington"
    assert "New Zealand" in labels
    assert labels == sorted(labels)
    assert len(set(labels)) == len(labels)


def test_a_parent_cannot_be_chosen() -> None:
    with pytest.raises(packs.JurisdictionIsAParent) as refused:
        packs.choose("au_uniform")

    assert str(refused.value) == (
        "Australia: Uniform Law (parent) is a base for other places; choose the firm's own place."
    )


@pytest.mark.parametrize("code", ["xx", "sources", "../au_nsw", ""])
def test_an_unknown_place_cannot_be_chosen(code: str) -> None:
    with pytest.raises(packs.UnknownJurisdiction) as refused:
        packs.choose(code)

    assert str(refused.value) == (f"There is no jurisdiction “{code}”; choose one from the list.")


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("au_nsw", ["current", "investment", "controlled", "statutory"]),
        ("au_vic", ["current", "investment", "controlled", "statutory"]),
        ("au_wa", ["current", "investment", "controlled"]),
        ("au_qld", ["current", "investment", "controlled"]),
        ("au_sa", ["current", "investment", "controlled", "statutory"]),
        ("nz", ["current", "investment"]),
        ("gb_ew", ["current", "controlled"]),
        ("gb_nir", ["current"]),
        ("us_ca", ["current", "investment"]),
        ("za", ["current", "investment", "controlled"]),
    ],
)
def test_each_place_allows_its_own_kinds_of_account(code: str, kinds: list[str]) -> None:
    assert [kind.kind for kind in packs.load(code).account_kinds] == kinds


def test_a_kind_has_a_plain_name_and_a_local_word() -> None:
    kind = packs.load("nz").account_kind("investment")

    assert kind is not None
    assert (kind.name, kind.word) == ("Investment", "Interest bearing deposit (IBD)")
    assert kind.one_client
    assert kind.cited.confidence == "high"
    assert packs.load("nz").account_kind("controlled") is None


@pytest.mark.parametrize("code", EVERY)
def test_what_is_ours_is_never_sure(code: str) -> None:
    for kind in packs.load(code).account_kinds:
        assert kind.cited.basis != "derived" or kind.cited.confidence != "high"


def test_a_child_overrides_its_parent_value_by_value() -> None:
    uniform, territory = packs.load("au_uniform"), packs.load("au_nt")
    recorded = uniform.parameter("ledger.overdraw")
    absolute = territory.parameter("ledger.overdraw")

    assert recorded is not None
    assert absolute is not None
    assert recorded.stated_by == "au_uniform"
    assert absolute.stated_by == "au_nt"
    assert absolute.authority == "LPR r 39(1)"
    assert absolute.confidence == "high"
    assert isinstance(absolute.value, dict)
    assert absolute.value["detail"] == "the NT text has no contemporaneous-record exception"


def test_a_capped_parent_hands_on_nothing_surer_than_its_cap() -> None:
    queensland = packs.load("au_qld")
    own = queensland.parameter("costs_withdrawal.waiting_period")
    from_model = queensland.parameter("reconciliation.deadline")
    from_uniform = queensland.parameter("statements.triggers")
    low = queensland.parameter("residual.unclaimed")

    assert own is not None
    assert own.confidence == "high"
    assert from_model is not None
    assert (from_model.stated_by, from_model.confidence) == ("au_model", "medium")
    assert from_uniform is not None
    assert (from_uniform.stated_by, from_uniform.confidence) == ("au_uniform", "medium")
    assert low is not None
    assert low.confidence == "low"
    controlled = queensland.account_kind("controlled")
    assert controlled is not None
    assert controlled.cited.confidence == "medium"
    finding = queensland.check_account_name("current", "A", "B")
    assert finding.confidence == "medium"


def test_a_parent_without_a_cap_hands_on_its_confidence() -> None:
    deadline = packs.load("au_nsw").parameter("reconciliation.deadline")

    assert deadline is not None
    assert deadline.confidence == "high"
    assert deadline.value == {"n": 15, "unit": "working_days", "anchor": "end of month"}


def test_what_a_parent_tells_of_itself_is_inherited_and_its_status_is_not() -> None:
    victoria = packs.load("au_vic")

    assert (victoria.country, victoria.currency, victoria.locale) == ("AU", "AUD", "en-AU")
    assert victoria.instrument == packs.load("au_uniform").instrument
    assert victoria.status == "ready_for_legal_review"
    assert next(each.path for each in victoria.own_parameters()) == "examination.part_a_b_due"


def test_words_are_local_and_ready_for_the_screen() -> None:
    assert packs.load("au_nsw").terms.summary == "trust money, office account, bill, matter"
    assert packs.load("us_ny").terms.pool_account == "attorney trust account"
    assert packs.load("us_nj").terms.firm_account == "attorney business account"
    assert packs.load("us_tx").terms.cheque == "check"
    assert packs.load("ca_mb").terms.supervisor == "trust account supervisor"
    assert "supervisor" in packs.load("ca_mb").terms.fallbacks
    assert packs.load("sg").terms.extra


def test_words_have_plurals() -> None:
    terms = packs.load("gb_ew").terms

    assert terms.bills == "bills of costs"
    assert (terms.people, terms.work_units) == ("clients", "matters")
    assert (terms.ledgers, terms.cheques) == ("client ledgers", "cheques")


def test_a_dated_rule_says_from_when() -> None:
    banking = packs.load("gb_sct").parameter("receipts.banking_deadline")

    assert banking is not None
    assert banking.valid_from == date(2023, 1, 4)


def test_a_pack_says_how_far_it_may_be_trusted() -> None:
    nsw = packs.load("au_nsw")
    counts = nsw.confidence_counts()

    assert sum(counts.values()) == len(nsw.parameters())
    assert nsw.summary == (
        f"2026.1, high confidence in {counts['high']} of {len(nsw.parameters())} values."
        " Research, not legal advice."
    )
    assert repr(nsw) == "<Pack au_nsw 2026.1>"


def test_packs_that_were_not_read_well_say_that_they_are_thin() -> None:
    thin = {code for code in PLACES if packs.load(code).is_thin}

    assert thin == {
        *("au_nt", "au_sa", "au_tas", "ca_mb", "ca_nb", "ca_nl", "ca_sk", "gb_nir", "gb_sct"),
        *("hk", "sg", "us_ny", "za"),
    }


def test_every_parameter_has_its_sources_at_hand() -> None:
    deadline = next(
        each for each in packs.load("au_nsw").parameters() if each.path == "reconciliation.deadline"
    )

    assert [source.title for source in deadline.sources] == [
        "Legal Profession Uniform General Rules 2015 r 48 - Reconciliation"
    ]


@pytest.mark.parametrize(
    ("country", "keys"),
    [
        ("AU", ["bsb", "account"]),
        ("CA", ["institution", "transit", "account"]),
        ("GB", ["sort_code", "account"]),
        ("HK", ["account"]),
        ("IE", ["iban"]),
        ("NZ", ["account"]),
        ("SG", ["account"]),
        ("US", ["routing", "account"]),
        ("ZA", ["account"]),
    ],
)
def test_every_country_has_the_parts_of_its_bank_numbers(country: str, keys: list[str]) -> None:
    places = [pack for pack in packs.choosable() if pack.country == country]

    assert places
    for pack in places:
        assert [field.key for field in pack.bank_number_fields] == keys


def test_a_whole_bank_number_is_read_by_the_fields_of_the_place() -> None:
    number = packs.load("au_nsw").read_bank_number({"bsb": "062555", "account": "10427731"})

    assert number.is_valid
    assert number.parts == {"bsb": "062555", "account": "10427731"}
    assert number.shown == "062-555 1042 7731"


def test_a_whole_bank_number_says_what_is_wrong_with_each_part() -> None:
    number = packs.load("ca_on").read_bank_number({"institution": "3", "transit": "00011"})

    assert not number.is_valid
    assert number.parts == {"transit": "00011"}
    assert number.findings == {
        "institution": ("An institution number has 3 digits; this has 1.",),
        "account": ("Enter an account number.",),
    }


@pytest.mark.parametrize("code", PLACES)
def test_a_place_whose_rules_speak_of_a_name_checks_it(code: str) -> None:
    pack = packs.load(code)
    asks = pack.parameter("account.name_must_contain") or pack.parameter("account.label")

    finding = pack.check_account_name("current", "Anything", "Somebody")

    assert not asks or finding.warns
