from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chancery.accounting import account_rules, codes
from chancery.accounting.account_rules import Adopt, Create, Intent, Restore, Situation, Stop
from chancery.accounting.port import Account, AccountType, Rejected, WantedAccount

WANTED = WantedAccount("Trust", AccountType.BANK, "062000 1234", "AUD")
OFFICE = Account("x-1", "090", "Business", AccountType.BANK, is_active=True, bank_number="1")
MADE = Account("x-2", "091", "Trust", AccountType.BANK, is_active=True, bank_number="0620001234")
MEANT = Intent("Trust", "091", "062000 1234")
CODES = some.sets(some.integers(min_value=1, max_value=999).map("{:03}".format), max_size=60)


def decide(
    *chart: Account, intents: tuple[Intent, ...] = (), **more: object
) -> account_rules.Decision:
    situation = Situation(WANTED, chart, intents)
    return account_rules.decide(replace(situation, **more))  # type: ignore[arg-type]  # by field


def test_the_next_free_code_is_taken_where_nothing_is_in_the_way() -> None:
    assert decide(OFFICE) == Create("091")
    assert decide(OFFICE, refused_codes=frozenset({"091"})) == Create("092")


def test_codes_of_archived_accounts_are_taken_too() -> None:
    assert decide(replace(OFFICE, is_active=False)) == Create("091")


@pytest.mark.parametrize(
    ("kind", "first"), [(AccountType.BANK, "091"), (AccountType.CURRENT_LIABILITY, "825")]
)
def test_codes_begin_where_such_accounts_are_looked_for(kind: AccountType, first: str) -> None:
    assert codes.next_free(kind, taken=[]) == first


@given(CODES)
def test_a_free_code_has_three_digits_and_is_free(taken: set[str]) -> None:
    code = codes.next_free(AccountType.BANK, taken=taken)

    assert code is not None
    assert len(code) == 3
    assert code not in taken


def test_codes_go_on_below_when_all_above_are_taken_and_end_when_all_are() -> None:
    above = {f"{number:03}" for number in range(90, 1000)}
    every = {f"{number:03}" for number in range(1000)}

    assert codes.next_free(AccountType.BANK, taken=above) == "001"
    assert codes.next_free(AccountType.BANK, taken=every) is None


def test_what_an_earlier_try_meant_and_is_there_is_ours() -> None:
    assert decide(OFFICE, MADE, intents=(MEANT,)) == Adopt(MADE)


def test_what_an_earlier_try_made_under_a_wish_that_changed_is_not_left_and_made_again() -> None:
    wanted = replace(WANTED, name="Trust two", bank_number="062000 9999")

    decision = decide(OFFICE, MADE, intents=(MEANT,), wanted=wanted)

    assert isinstance(decision, Stop)
    assert decision.trouble.code == "accounting.earlier_try_is_there"
    assert decision.account == MADE
    archived = replace(MADE, is_active=False)
    assert isinstance(decide(archived, intents=(MEANT,), wanted=wanted), Create)


@pytest.mark.parametrize(
    "other",
    [
        replace(MADE, code="092"),
        replace(MADE, bank_number="999"),
        replace(MADE, type=AccountType.EXPENSE),
    ],
)
def test_a_namesake_that_is_not_what_was_meant_is_never_taken_in_silence(other: Account) -> None:
    decision = decide(other, intents=(MEANT,))

    assert isinstance(decision, Stop)
    assert decision.trouble.code == "accounting.name_taken"


def test_without_an_intent_the_same_account_is_somebody_elses() -> None:
    decision = decide(MADE)

    assert isinstance(decision, Stop)
    assert [r.kind for r in decision.trouble.remedies] == ["use_existing", "rename"]


def test_an_account_that_serves_already_is_never_ours_and_never_offered() -> None:
    decision = decide(MADE, intents=(MEANT,), serving=frozenset({MADE.external_id}))

    assert isinstance(decision, Stop)
    assert [r.kind for r in decision.trouble.remedies] == ["rename"]


def test_names_are_the_same_whatever_their_case_and_spaces() -> None:
    assert isinstance(decide(replace(MADE, name="  TRUST ", bank_number="")), Stop)


def test_an_archived_twin_may_be_restored_and_is_when_asked() -> None:
    twin = replace(MADE, is_active=False)
    offered = decide(twin)

    assert isinstance(offered, Stop)
    assert [r.kind for r in offered.trouble.remedies] == ["restore", "rename"]
    assert decide(twin, restoring=twin.external_id) == Restore(twin)
    assert decide(MADE, restoring=twin.external_id) == Adopt(MADE)


def test_a_twin_that_is_gone_when_it_should_be_restored_is_said() -> None:
    decision = decide(restoring="x-9")

    assert isinstance(decision, Stop)
    assert decision.trouble.code == "accounting.archived_twin_gone"


def test_one_bank_number_is_one_account_whatever_its_name_and_marks() -> None:
    decision = decide(replace(MADE, name="By hand", bank_number="062-000 1234"))

    assert isinstance(decision, Stop)
    assert decision.trouble.code == "accounting.number_taken"


@pytest.mark.parametrize(
    ("said", "code", "name"),
    [
        ("Please enter a unique Code.", True, False),
        ("Please enter a unique Name.", False, True),
        ("Name is required.", False, False),
        ("The code is too long.", False, False),
    ],
)
def test_xeros_sentences_on_what_is_taken_are_told_apart(
    said: str, *, code: bool, name: bool
) -> None:
    refusal = Rejected((said,))

    assert account_rules.code_was_taken(refusal) is code
    assert account_rules.name_was_taken(refusal) is name


def test_every_stop_says_what_to_do_with_a_button_that_does_it() -> None:
    stops = [
        decide(MADE),
        decide(replace(MADE, is_active=False)),
        decide(replace(MADE, name="By hand")),
        decide(replace(MADE, type=AccountType.EXPENSE)),
        decide(restoring="x-9"),
    ]

    for stop in stops:
        assert isinstance(stop, Stop)
        assert stop.trouble.remedies
        assert stop.trouble.sentence.endswith(".")
