import pytest

from chancery.trust.rules import packs
from chancery.trust.rules.pack_schema import KindCode

FIRM = "Marlow & Finch Lawyers Pty Ltd"


@pytest.mark.parametrize(
    ("place", "kind", "name"),
    [
        ("au_nsw", "current", "Marlow & Finch Law Practice Trust Account"),
        ("au_nsw", "current", "MARLOW AND FINCH LAWYERS PTY LTD LAW PRACTICE TRUST A/C"),
        ("au_sa", "current", "Law Practice Trust Account \u2013 Marlow & Finch"),
        ("au_nsw", "controlled", "Marlow & Finch CMA/c Whitcombe estate"),
        ("au_act", "controlled", "Marlow & Finch Controlled Money Account 1042"),
        ("nz", "current", "Marlow and Finch Trust Account"),
        ("gb_ew", "current", "Marlow & Finch Client Account"),
        ("gb_ew", "controlled", "Marlow & Finch re Whitcombe Clients\u2019 Deposit"),
        ("gb_sct", "current", "Marlow & Finch Trustee Account"),
        ("ie", "current", "Clients Account"),
        ("us_ca", "current", "Marlow Trust Account"),
        ("us_ny", "current", "Attorney Escrow Account"),
        ("us_tx", "investment", "Marlow escrow"),
        ("us_fl", "current", "Marlow trust account"),
        ("us_nj", "current", "IOLTA Attorney Trust Account"),
        ("hk", "current", "Marlow client account"),
    ],
)
def test_a_name_with_the_wording_satisfies(place: str, kind: KindCode, name: str) -> None:
    finding = packs.load(place).check_account_name(kind, name, FIRM)

    assert finding.is_satisfied
    assert not finding.warns
    assert finding.missing == ()
    assert "This name has" in finding.sentence


@pytest.mark.parametrize(
    ("place", "kind", "name", "missing"),
    [
        ("au_nsw", "current", "Marlow & Finch Trust Account", ("the wording",)),
        ("au_nsw", "current", "Marlow & Finch Law Practice Trusty Account", ("the wording",)),
        ("au_nsw", "current", "Marlow Law Practice Trust Account", ("the firm's name",)),
        ("au_nsw", "current", "Office", ("the wording", "the firm's name")),
        ("au_nsw", "controlled", "Whitcombe estate CMA/c", ("the firm's name",)),
        ("au_nsw", "controlled", "Marlow & Finch Lawyers CMA", ("the particulars",)),
        ("au_nsw", "controlled", "Marlow & Finch Whitcombe CMAX", ("the wording",)),
        ("nz", "current", "Trust Account", ("the firm's name",)),
        ("gb_ew", "current", "Marlow & Finch Office Account", ("the wording",)),
        ("gb_ew", "current", "Client Account", ("the firm's name",)),
        ("gb_sct", "current", "Entrusted money", ("the wording",)),
        ("gb_sct", "current", "Antitrust money", ("the wording",)),
        ("ie", "current", "Marlow & Finch Office", ("the wording",)),
        ("us_ca", "current", "Marlow IOLTA", ("the wording",)),
        ("us_ny", "current", "Trust Account", ("the wording",)),
        ("us_tx", "current", "Marlow clients", ("the wording",)),
        ("us_fl", "current", "Marlow trust", ("the wording",)),
        ("us_nj", "current", "Trust Account", ("the wording",)),
        ("hk", "current", "Marlow trust account", ("the wording",)),
    ],
)
def test_a_name_without_the_wording_is_warned_of(
    place: str, kind: KindCode, name: str, missing: tuple[str, ...]
) -> None:
    finding = packs.load(place).check_account_name(kind, name, FIRM)

    assert finding.missing == missing
    assert finding.warns
    assert not finding.is_satisfied


def test_the_sentence_names_the_place_the_wording_and_the_rule() -> None:
    finding = packs.load("au_nsw").check_account_name(
        "current", "Marlow & Finch Law Practice Trust Account", FIRM
    )

    assert finding.sentence == (
        "New South Wales asks for “law practice trust account” or “law practice trust a/c”"
        " and for the firm's name in the account name (LPUGR r 35(1)(b)). This name has both."
    )
    assert finding.authority == "LPUGR r 35(1)(b)"
    assert finding.confidence == "high"
    assert [source.kind for source in finding.sources] == ["legislation"]
    assert finding.sources[0].url.startswith("https://")


def test_the_sentence_lists_three_things_asked_and_what_is_missing() -> None:
    finding = packs.load("au_vic").check_account_name("controlled", "Savings", FIRM)

    assert finding.sentence == (
        "Victoria asks for “controlled money account”, “CMA” or “CMA/c”, for the firm's name"
        " and for particulars that tell the account from others in the account name"
        " (LPUGR r 61). This name lacks the wording and the firm's name."
    )


def test_an_unchecked_rule_says_so() -> None:
    finding = packs.load("gb_ew").check_account_name("current", "Marlow & Finch Client", FIRM)

    assert finding.sentence == (
        "England and Wales ask for “client” and for the firm's name in the account name"
        " (r 3.2, not checked). This name has both."
    )
    assert finding.sources == ()


def test_a_rule_that_allows_like_words_does_not_call_the_name_wrong() -> None:
    finding = packs.load("gb_sct").check_account_name("current", "Executry money", FIRM)

    assert finding.sentence == (
        "Scotland asks for “client”, “trustee”, “trust” or a word like it in the account name"
        " (B6.1.1, B6.3.1(a)). This name lacks the wording, unless a word in it means the same."
    )


def test_where_the_authority_is_unknown_none_is_named() -> None:
    finding = packs.load("hk").check_account_name("current", "Marlow client account", FIRM)

    assert finding.sentence == "Hong Kong asks for “client” in the account name. This name has it."


@pytest.mark.parametrize(("place", "kind"), [("us_il", "current"), ("au_nsw", "statutory")])
def test_where_no_wording_is_known_the_name_is_not_judged(place: str, kind: KindCode) -> None:
    finding = packs.load(place).check_account_name(kind, "Anything", FIRM)

    assert finding.outcome == "nothing known"
    assert not finding.is_satisfied
    assert not finding.warns
    assert finding.sentence.startswith("No wording is known to be asked")


@pytest.mark.parametrize("firm", ["Legal Partners Pty Ltd", "The Law Practice"])
def test_a_firm_named_by_words_of_form_alone_is_looked_for_whole(firm: str) -> None:
    pack = packs.load("nz")

    assert pack.check_account_name("current", f"{firm} Trust Account", firm).is_satisfied
    assert pack.check_account_name("current", "Partners Trust Account", firm).warns


def test_a_firm_without_a_name_is_never_found_in_one() -> None:
    nsw = packs.load("au_nsw")

    finding = nsw.check_account_name("controlled", "Whitcombe CMA", "")

    assert finding.missing == ("the firm's name",)
