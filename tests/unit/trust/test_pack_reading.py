from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import JsonValue, ValidationError

from chancery.trust.rules import pack_findings, pack_values, pack_yaml, packs
from chancery.trust.rules.pack_schema import Parameter

Shelve = Callable[..., Path]

PLACE = """\
code: xx
name: Erewhon
label: Erewhon
version: '2026.1'
country: XX
country_name: Erewhon
currency: XXD
locale: en-XX
time_zone: Europe/London
status: needs_verification
terms: {money: trust money, pool_account: trust account, firm_account: office account}
fallback_terms:
  {person: client, work_unit: matter, bill: bill, ledger: ledger, cheque: cheque, bank: bank,
  deposit_identifier: number, supervisor: partner, interest_account: deposit, journal: journal,
  reconciliation: reconciliation}
account_kinds:
  current: {word: Trust account, source: [act], confidence: high, basis: rule_text}
bank_number_fields: [{key: account, label: Account number, check: account_number}]
"""
SOURCES = "act: {title: The Act, url: 'https://example.org/act', kind: legislation}\n"


@pytest.fixture
def shelve(tmp_path: Path) -> Shelve:
    def write(**texts: str) -> Path:
        for name, text in {"sources": SOURCES, "xx": PLACE, **texts}.items():
            (tmp_path / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
        return tmp_path

    return write


def sentences(folder: Path) -> list[str]:
    return [str(finding) for finding in sorted(pack_findings.read_all(folder).findings)]


def test_a_sound_folder_has_no_findings(shelve: Shelve) -> None:
    assert sentences(shelve()) == []


def test_yaml_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "exact.yaml"
    path.write_text("{a: no, b: on, c: 2026-01-04, d: 1.10, e: 010, f: true, g: null, h: -3, i: }")

    assert pack_yaml.read(path) == {
        "a": "no",
        "b": "on",
        "c": "2026-01-04",
        "d": "1.10",
        "e": "010",
        "f": True,
        "g": None,
        "h": -3,
        "i": None,
    }


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (b"a: 1\nb: {c: 2, c: 3}\n", "the key “c” stands here twice"),
        (b"a: [1\n", "did not find expected ',' or ']'"),
        (b"- a\n", "a mapping of names was expected"),
        (b"1: a\n", "a mapping of names was expected"),
        (b"a: \xff\n", "invalid start byte"),
    ],
)
def test_what_is_no_mapping_of_names_is_unreadable(
    tmp_path: Path, written: bytes, fault: str
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(written)

    with pytest.raises(pack_yaml.UnreadablePack, match=fault.replace("[", r"\[")) as refused:
        pack_yaml.read(path)

    assert fault in str(refused.value)


def test_a_broken_pack_yields_all_its_findings(shelve: Shelve) -> None:
    folder = shelve(
        xx=PLACE
        + """\
account_name_rules:
  statutory:
    value: {must_contain_any: [trust]}
    source: [nowhere]
    confidence: medium
    basis: secondary
screen_terms: {bill: bill / invoice, money: trust money}
parameters:
  reconciliation:
    deadline:
      value: {n: -1, unit: fortnights, anchor: ''}
      source: [act]
      confidence: high
      basis: rule_text
  own_funds:
    allowed:
      value: [{max: 5, amount: many, currency: dollars}, {amount: 5}, {day_of_month: 32}]
      source: [act, gone]
      confidence: high
      basis: rule_text
"""
    )

    assert sentences(folder) == [
        "xx.yaml: account_name_rules.statutory: no source is named “nowhere”",
        "xx.yaml: account_name_rules.statutory: the place has no such kind of account",
        (
            "xx.yaml: parameters.own_funds.allowed: a currency is a code of three capitals,"
            " not 'dollars'"
        ),
        "xx.yaml: parameters.own_funds.allowed: a day of the month is 1 to 31, not 32",
        "xx.yaml: parameters.own_funds.allowed: a limit has one amount, not amount and max",
        (
            "xx.yaml: parameters.own_funds.allowed: amount is a whole amount from nought up,"
            " not 'many'"
        ),
        "xx.yaml: parameters.own_funds.allowed: an amount and its currency stand together",
        "xx.yaml: parameters.own_funds.allowed: no source is named “gone”",
        (
            "xx.yaml: parameters.reconciliation.deadline: an anchor says in words what the time runs"
            " from"
        ),
        "xx.yaml: parameters.reconciliation.deadline: n is a whole number from nought up, not -1",
        (
            "xx.yaml: parameters.reconciliation.deadline: the unit 'fortnights' is not one of"
            " banking_days, business_days, calendar_days, months, working_days"
        ),
        "xx.yaml: screen_terms.bill: “bill / invoice” needs one word for the screen",
    ]


def test_a_misshapen_pack_yields_every_fault_of_its_shape(shelve: Shelve) -> None:
    folder = shelve(
        xx="""\
code: XX
name: Erewhon
label: ''
version: '2026.1'
status: perfect
surprise: 1
account_kinds:
  current: {word: Trust account, source: [], confidence: sure, basis: hearsay}
  savings: {word: Savings, source: [], confidence: low, basis: recall, one_client: 'yes'}
account_name_rules:
  current: {value: {or_similar: true}, source: [], confidence: low, basis: recall}
parameters:
  a:
    recalled: {value: 1, source: [], confidence: high, basis: recall}
    unsourced: {value: 1, source: [], confidence: low, basis: secondary}
"""
    )

    found = {finding.where: finding.sentence for finding in pack_findings.read_all(folder).findings}

    assert found.keys() == {
        "code",
        "label",
        "status",
        "surprise",
        "account_kinds.current.confidence",
        "account_kinds.current.basis",
        "account_kinds.savings.[key]",
        "account_name_rules.current.value",
        "account_kinds.savings.one_client",
        "parameters.a.recalled",
        "parameters.a.unsourced",
        "act",  # nothing that could be read cites it
    }
    assert found["parameters.a.recalled"].endswith("what is recall is never of high confidence")
    assert found["parameters.a.unsourced"].endswith("the basis secondary needs a source")


def test_a_place_that_lacks_what_every_place_needs_is_found(shelve: Shelve) -> None:
    folder = shelve(
        yy="{code: yy, name: Y, label: Y, version: '1', status: not_found, country: YY,"
        " locale: en-AU, time_zone: Mars/Olympus, terms: {person: client}}"
    )

    assert sentences(folder) == [
        "yy.yaml: account_kinds: a place needs a current account",
        "yy.yaml: bank_number_fields: a place needs the fields of its bank account numbers",
        "yy.yaml: country_name: a place needs it, of its own or from a parent",
        "yy.yaml: currency: a place needs it, of its own or from a parent",
        "yy.yaml: locale: en-AU is not of YY",
        *(
            f"yy.yaml: terms.{key}: a place needs this word, cited or as a fallback"
            for key in (
                "bank",
                "bill",
                "cheque",
                "deposit_identifier",
                "firm_account",
                "interest_account",
                "journal",
                "ledger",
                "money",
                "pool_account",
                "reconciliation",
                "supervisor",
                "work_unit",
            )
        ),
        "yy.yaml: time_zone: “Mars/Olympus” is not a time zone",
    ]


@pytest.mark.parametrize("zone", ["", "time_zone: ../etc/passwd\n", "time_zone: Nowhere\n"])
def test_a_time_zone_that_is_none_is_found(shelve: Shelve, zone: str) -> None:
    folder = shelve(xx=PLACE.replace("time_zone: Europe/London\n", zone))

    assert [finding.where for finding in pack_findings.read_all(folder).findings] == ["time_zone"]


def test_lines_that_do_not_end_are_found(shelve: Shelve) -> None:
    folder = shelve(
        aa="{code: aa, name: A, label: A, version: '1', status: not_found, extends: bb}",
        bb="{code: bb, name: B, label: B, version: '1', status: not_found, extends: aa}",
        cc="{code: cc, name: C, label: C, version: '1', status: not_found, extends: dd}",
    )

    assert sentences(folder) == [
        "aa.yaml: extends: “aa” extends itself in the end",
        "bb.yaml: extends: “bb” extends itself in the end",
        "cc.yaml: extends: “dd” is not a pack",
    ]
    assert [str(each) for each in pack_findings.read_line(folder, "aa").findings] == [
        "aa.yaml: extends: “aa” extends itself in the end"
    ]
    assert [str(each) for each in pack_findings.read_line(folder, "cc").findings] == [
        "cc.yaml: extends: “dd” is not a pack"
    ]


def test_one_unreadable_file_does_not_hide_the_next(shelve: Shelve) -> None:
    folder = shelve(
        aa="[", bb="{code: bb}", cc=PLACE.replace("code: xx", "code: zz"), sources=f"{SOURCES}a: 1"
    )

    found = [(each.file, each.where) for each in sorted(pack_findings.read_all(folder).findings)]

    assert found == [
        ("aa.yaml", "file"),
        ("bb.yaml", "label"),
        ("bb.yaml", "name"),
        ("bb.yaml", "status"),
        ("bb.yaml", "version"),
        ("cc.yaml", "code"),
        ("sources.yaml", "a"),
    ]
    assert [each.file for each in pack_findings.read_line(folder, "aa").findings] == [
        "sources.yaml",
        "aa.yaml",
    ]


def test_a_source_that_nobody_cites_is_found(shelve: Shelve) -> None:
    folder = shelve(sources=SOURCES + SOURCES.replace("act:", "idle:"))

    assert sentences(folder) == ["sources.yaml: idle: no pack cites this source"]


def test_a_fallback_for_a_cited_word_is_found(shelve: Shelve) -> None:
    folder = shelve(
        yy="{code: yy, name: Y, label: Y, version: '1', status: not_found, extends: xx,"
        " time_zone: Europe/London, terms: {bill: account}, fallback_terms: {bill: bill}}"
    )

    assert sentences(folder) == ["yy.yaml: fallback_terms.bill: a cited word needs no fallback"]


def test_a_childs_own_word_is_heard_over_its_parents_substitutes(shelve: Shelve) -> None:
    folder = shelve(
        xx=PLACE + "screen_terms: {money: client money, bill: note}\n",
        yy="{code: yy, name: Y, label: Y, version: '1', status: not_found, extends: xx,"
        " time_zone: Europe/London, terms: {money: clients' money, person: principal}}",
    )

    terms = packs._packs(pack_findings.read_all(folder))["yy"].terms

    assert terms.money == "clients' money"
    assert terms.person == "principal"
    assert terms.bill == "note"
    assert "person" not in terms.fallbacks
    assert "bill" in terms.fallbacks


def test_broken_packs_are_raised_with_every_finding(
    shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shelve(aa="[", bb="[")
    monkeypatch.setattr(packs, "FOLDER", folder)
    packs.load_all.cache_clear()

    with pytest.raises(packs.BrokenPacks) as broken:
        packs.load_all()

    packs.load_all.cache_clear()
    assert [finding.file for finding in broken.value.findings] == ["aa.yaml", "bb.yaml"]
    assert str(broken.value).count("\n") == 1


def test_one_pack_is_read_without_the_others(
    shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shelve(zz="[")
    monkeypatch.setattr(packs, "FOLDER", folder)
    packs.load.cache_clear()
    packs._codes.cache_clear()

    pack = packs.load("xx")

    packs.load.cache_clear()
    packs._codes.cache_clear()
    assert pack.name == "Erewhon"
    assert pack.is_thin


def test_few_values_make_a_pack_thin(shelve: Shelve) -> None:
    value = "    v{}: {{value: 1, source: [act], confidence: medium, basis: secondary}}\n"
    ready = PLACE.replace("needs_verification", "ready_for_legal_review")

    def thin_with(count: int) -> bool:
        values = "".join(value.format(number) for number in range(count))
        low = "    low: {value: 1, source: [], confidence: low, basis: recall}\n"
        folder = shelve(xx=f"{ready}parameters:\n  a:\n{values}{low}")
        return packs._packs(pack_findings.read_all(folder))["xx"].is_thin

    assert thin_with(7)
    assert not thin_with(8)


@pytest.mark.parametrize("value", [0.5, [0.5], {"rate": 0.5}, {"rates": [{"first": 0.5}]}])
def test_a_float_is_refused_wherever_it_hides(value: JsonValue) -> None:
    with pytest.raises(ValidationError, match="a float is never exact"):
        Parameter(value=value, source=("act",), confidence="high", basis="rule_text")


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("a.b", {"n": 3}, ["n needs its unit"]),
        ("retention.years", {"n": 3}, []),
        ("a.b", {"n": 0}, []),
        ("a.b", {"n": True, "unit": "months"}, ["n is a whole number from nought up, not True"]),
        ("a.b", {"unit": "months"}, ["a unit needs its n"]),
        ("a.b", {"anchor": "end of month"}, []),
        ("a.b", {"anchor": 3}, ["an anchor says in words what the time runs from"]),
        ("a.b", {"day_of_month": 31}, []),
        ("a.b", {"day_of_month": 0}, ["a day of the month is 1 to 31, not 0"]),
        ("a.b", {"max": 0, "currency": "AUD"}, []),
        ("a.b", {"max": -1, "currency": "AUD"}, ["max is a whole amount from nought up, not -1"]),
        ("a.b", {"currency": "AUD"}, ["an amount and its currency stand together"]),
        (
            "a.b",
            {"over": 1, "currency": "Aud"},
            ["a currency is a code of three capitals, not 'Aud'"],
        ),
        ("a.b", {"over": 1, "currency": 3}, ["a currency is a code of three capitals, not 3"]),
        ("a.b", {"within": [{"unit": "months"}]}, ["a unit needs its n"]),
        ("a.b", "free text", []),
    ],
)
def test_limits_and_deadlines_have_their_shape(
    path: str, value: JsonValue, found: list[str]
) -> None:
    assert list(pack_values.faults(path, value)) == found


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not established"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ("three_way", "three way"),
        ("LPUGR r_1 stays", "LPUGR r_1 stays"),
        (["first_one", 2], "first one; 2"),
        (
            {"n": 15, "unit": "working_days", "anchor": "end of month"},
            "15 working days after end of month",
        ),
        ({"n": 1, "unit": "months", "anchor": "entitlement"}, "1 month after entitlement"),
        ({"n": 5, "unit": "working_days"}, "5 working days"),
        ({"n": 7, "anchor": "last entry"}, "7 after last entry"),
        ({"n": 0, "cancelled_by": "objection"}, "0; cancelled by: objection"),
        ({"day_of_month": 25, "anchor": "following month"}, "by day 25 of following month"),
        ({"day_of_month": 25}, "by day 25"),
        ({"anchor": "end of following month"}, "by end of following month"),
        ({"amount": 10000, "currency": "AUD", "per": "matter"}, "AUD 10,000; per: matter"),
        ({"max": 500, "currency": "CAD"}, "max CAD 500"),
        ({"amount": 500}, "amount: 500"),
        ({"policy": "block_absolute"}, "policy: block absolute"),
        ({}, ""),
    ],
)
def test_a_value_is_said_in_plain_words(value: JsonValue, said: str) -> None:
    assert pack_values.say(value) == said
