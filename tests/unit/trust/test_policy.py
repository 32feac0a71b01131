import re
from dataclasses import fields, is_dataclass

import pytest

from chancery.trust.rules import packs, policy_coverage, ruled
from chancery.trust.rules.packs import Pack
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.ruled import Reading, Setting

EVERY = tuple(packs.load_all().values())
PLACES = packs.choosable()
SETTINGS = policy_coverage.every_setting()
BY_TITLE = {setting.title: setting for setting in SETTINGS}


def own_readings(setting: Setting[object]) -> list[tuple[str, object]]:
    return [
        (pack.code, found)
        for pack in EVERY
        for path in setting.paths
        if (parameter := pack.parameter(path))
        and (found := ruled._read(setting, parameter)) is not None
    ]


@pytest.mark.parametrize("pack", EVERY, ids=lambda pack: pack.code)
def test_every_value_of_a_pack_is_read_or_named_as_other_work(pack: Pack) -> None:
    forgotten = {
        each.path
        for each in pack.parameters()
        if each.path not in policy_coverage.read_paths()
        and not policy_coverage.belongs_elsewhere(each.path)
    }

    assert forgotten == set()


def test_nothing_is_read_that_no_pack_has() -> None:
    stated = {each.path for pack in EVERY for each in pack.parameters()}
    sections = {path.partition(".")[0] for path in stated}

    assert policy_coverage.read_paths() - stated == set()
    assert policy_coverage.OTHER_WORK.keys() - stated - sections == set()


@pytest.mark.parametrize("pack", EVERY, ids=lambda pack: pack.code)
def test_every_typed_reading_in_a_pack_is_read_by_a_setting(pack: Pack) -> None:
    unread = {
        each.path
        for each in pack.parameters()
        if each.parameter.typed is not None
        and all(
            setting.read(each.parameter.typed) is None
            for setting in SETTINGS
            if each.path in setting.paths
        )
    }

    assert unread == set()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.title)
def test_no_place_asks_more_than_the_strictest(setting: Setting[object]) -> None:
    readings = own_readings(setting)

    assert readings, "no place says anything typed"
    assert [
        (code, found)
        for code, found in readings
        if not setting.is_as_strict(setting.strictest, setting.completed(found, setting.strictest))
    ] == []


def test_every_setting_stands_in_the_policy_once() -> None:
    policy = Policy.of(packs.load("au_nsw"))

    titles = [each.title for each in policy.settings()]

    assert sorted(titles) == sorted(BY_TITLE)
    assert len(titles) == len(SETTINGS)


@pytest.mark.parametrize("pack", PLACES, ids=lambda pack: pack.code)
def test_a_known_value_is_the_places_own_and_cites_it(pack: Pack) -> None:
    for each in Policy.of(pack).settings():
        parameter = pack.parameter(each.path)
        if each.is_known:
            assert parameter is not None
            assert parameter.confidence != "low"
            assert each.rule == Reading(pack).cite(parameter)
            assert each.rule


@pytest.mark.parametrize("pack", PLACES, ids=lambda pack: pack.code)
def test_what_is_not_known_is_the_strictest_and_says_so(pack: Pack) -> None:
    for each in Policy.of(pack).settings():
        setting = BY_TITLE[each.title]
        if not each.is_known:
            assert each.note in (
                *(ruled.NOT_STATED, ruled.NOT_READABLE, ruled.NOT_SURE, ruled.NOT_ASKED),
            )
            is_strict = setting.is_as_strict(each.value, setting.strictest)
            assert is_strict or setting.silent == each.value


@pytest.mark.parametrize("pack", PLACES, ids=lambda pack: pack.code)
def test_every_value_can_be_said_in_words(pack: Pack) -> None:
    policy = Policy.of(pack)

    for each in policy.settings():
        assert each.in_words
        assert not re.search(r"frozenset|Span\(|<|_", each.in_words), each
    for words in policy.words():
        assert words.text
        assert words.rule


def test_a_low_confidence_value_gives_way_to_the_strictest() -> None:
    wa, vic = (Policy.of(packs.load(code)) for code in ("au_wa", "au_vic"))

    assert wa.deposit.kind.value == "notified_by_regulator"
    assert wa.deposit.kind.note == ruled.NOT_READABLE
    assert not wa.deposit.kind.is_known
    assert vic.deposit.kind.is_known


def test_a_low_limit_that_is_one_places_own_is_still_applied_there() -> None:
    ontario, england = (Policy.of(packs.load(code)) for code in ("ca_on", "gb_ew"))

    assert ontario.receipts.cash_limit.value.whole == 7500
    assert ontario.receipts.cash_limit.note == ruled.NOT_SURE
    assert england.receipts.cash_limit.value.whole is None
    assert england.receipts.cash_limit.note == ruled.NOT_ASKED


def test_a_place_of_which_nothing_is_known_is_strict_in_everything() -> None:
    policy = Policy.of(packs.load("gb_nir"))

    assert policy.ledger.overdraw.value == "block"
    assert policy.payments.release.value.people == 2
    assert str(policy.costs.waiting.value) == "7 business days, stopped by an objection"
    assert policy.funds.own_funds.value.kind == "none"
    assert policy.care.retention.value.years == 10
    assert {each.rule for each in policy.settings()} == {ruled.STRICT_DEFAULT, ""}


@pytest.mark.parametrize(
    ("code", "title", "expected", "rule"),
    [
        ("au_nsw", "An entry that would overdraw a client's ledger", "record", "LPUGR r 40(2)(a)"),
        ("au_nt", "An entry that would overdraw a client's ledger", "block", "LPR r 39(1)"),
        ("nz", "An entry that would overdraw a client's ledger", "block", "reg 6"),
        ("nz", "One ledger for each", "client", "reg 12(1)-(2)"),
        ("gb_ew", "One ledger for each", "client and matter", "r 8.1"),
        ("au_qld", "Post to the ledger", "within 5 working days", "LPUGR r 47(4)"),
        ("ca_mb", "Put a posted entry right", "by a reversing entry dated today", "Rule 5-43"),
        ("au_vic", "Put a posted entry right", "by a reversing entry", "LPUGR r 40(2)(e)"),
        ("nz", "A receipt is made out for", "cash or on request", "reg 12(5)"),
        ("ca_sk", "Money is banked", "within 3 business days", "Rule 1504(1)"),
        ("ca_on", "Money is banked", "within 1 banking day", "By-Law 9 s 7(2)"),
        ("gb_sct", "Money is banked", "as soon as practicable", "B6.3.1(c)"),
        ("gb_sct", "A shortage is", "made good as soon as practicable, reported as soon as", ""),
        ("hk", "The firm's part of a mixed payment is moved out", "within 14 calendar days", ""),
        ("au_act", "Wait after the bill is given", "7 calendar days", "LPR 2007 s 62(4)"),
        ("ca_ab", "Wait after the bill is given", "none", "old Rule 119.21(4)(b)"),
        ("ca_ab", "The firm's own money in the account", "at most 500", "Rule 119.22(3)(d)"),
        ("ca_sk", "The firm's own money in the account", "at most 300", "Rule 1505(4)"),
        ("us_tx", "The firm's own money in the account", "what bank charges need", "MR 1.15(b)"),
        ("za", "Bank charges are borne by", "office", ""),
        ("us_ny", "Bank charges are borne by", "float", "MR 1.15(b)"),
        ("ie", "Money handed out in cash", "witnessed signature", ""),
        ("sg", "A cheque to cash", "with client authority", "r 8(4)"),
        ("us_ny", "A cheque to cash", "never", "1.15(e)"),
        ("sg", "Behind a payment stand", "two people above 5,000, else one", "r 8(5)"),
        ("ca_nb", "Behind a payment stand", "two people; one where only one may sign", ""),
        ("au_nsw", "Behind a payment stand", "1 person", "LPUGR r 43(2)"),
        ("gb_ew", "A small balance of an owner not found goes to charity", "up to 500 of", "r 5.1"),
        ("ie", "A balance is looked into after", "24 months", ""),
        ("za", "A balance is looked into after", "12 months", "LPA s 87(4)(a)"),
        ("ie", "A shortage is", "made good within 7 calendar days", ""),
        ("ca_sk", "A shortage is", "made good within 3 business days", "Rule 1526"),
        ("ca_on", "A shortage is", "made good at once", ""),
        ("ca_on", "Records are kept", "10 years", ""),
        ("nz", "Records are kept", "6 years after last transaction", "reg 11(5)"),
        ("ca_on", "Interest on the pooled account goes to", "foundation", ""),
        ("za", "Interest on the pooled account goes to", "public fund", ""),
        ("nz", "Interest on the pooled account goes to", "client", "LCA 2006 s 114"),
        ("au_nsw", "A statutory deposit", "quarterly formula", ""),
        ("au_sa", "A statutory deposit", "half yearly formula", "LPA 1981 s 53(2)"),
        ("au_nsw", "A statutory deposit is made", "within 20 banking days", ""),
        ("au_sa", "A statutory deposit is made", "within 14 calendar days", "LPA 1981 s 53(1)"),
        ("ca_nl", "Money received waits", "cheque: 5 business days", ""),
        ("ca_mb", "Money received waits", "cheque: 4 business days", ""),
        ("au_tas", "An objection lapses", "60 calendar days after the bill", ""),
        ("au_vic", "An objection lapses", "never", ""),
        ("au_qld", "Spoken instructions are confirmed in writing", "within 5 working days", ""),
        ("ca_ab", "Costs the firm may take leave client money within", "1 month", "old Rule"),
    ],
)
def test_what_places_ask(code: str, title: str, expected: str, rule: str) -> None:
    found = next(each for each in Policy.of(packs.load(code)).settings() if each.title == title)

    assert found.in_words.find(expected) >= 0, found.in_words
    assert rule in found.rule


def test_a_policy_is_made_of_frozen_parts() -> None:
    policy = Policy.of(packs.load("nz"))

    for area in policy.areas:
        assert is_dataclass(area)
        assert fields(area)
        with pytest.raises(AttributeError):
            area.words = ()  # type: ignore[misc]  # it is frozen: that is what is tried


def test_money_is_in_the_currency_of_the_place() -> None:
    assert Policy.of(packs.load("gb_ew")).money(500).currency == "GBP"
