from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chancery.accounting import port
from chancery.accounting.port import AccountType, NewAccount, WantedAccount
from chancery.accounting.xero import adapter, wire

ORGANISATION = {
    "OrganisationID": "o-1",
    "Name": "Marlow & Finch Lawyers",
    "BaseCurrency": "AUD",
    "CountryCode": "AU",
}


@pytest.mark.parametrize(
    "text",
    [
        "/Date(1584585851967)/",
        "/Date(1584585851967+0000)/",
        "/Date(1584585851967+1300)/",
        "2020-03-19T02:44:11.9670000",
        "2020-03-19T02:44:11.967Z",
    ],
)
def test_every_form_of_an_instant_is_the_same_instant(text: str) -> None:
    assert wire.instant(text) == datetime(2020, 3, 19, 2, 44, 11, 967000, tzinfo=UTC)


def test_a_lock_date_is_a_day_and_may_be_absent() -> None:
    locked = wire.WireOrganisation.model_validate(
        ORGANISATION | {"PeriodLockDate": "/Date(1782777600000+0000)/"}
    )

    assert (locked.PeriodLockDate, locked.EndOfYearLockDate) == (date(2026, 6, 30), None)


@given(some.integers(min_value=-(10**12), max_value=10**13))
def test_ticks_are_milliseconds_since_1970_in_utc(ticks: int) -> None:
    read = wire.instant(f"/Date({ticks}+1100)/")

    assert (read - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000 == pytest.approx(ticks)


def test_figures_are_read_exactly() -> None:
    body = wire.parse('{"TaxRates": [{"Name": "GST", "TaxType": "OUTPUT", "EffectiveRate": 0.1}]}')

    assert wire.TaxRates.model_validate(body).TaxRates[0].EffectiveRate == Decimal("0.1")


def test_fields_we_do_not_know_and_nulls_do_no_harm() -> None:
    read = wire.WireAccount.model_validate(
        {"AccountID": "a-1", "Type": "BANK", "Code": None, "Surprise": {"deep": [1]}}
    )

    assert (read.Code, read.AccountID) == ("", "a-1")


@pytest.mark.parametrize("theirs", ["CREDITCARD", "PAYPAL"])
def test_a_card_is_not_a_bank(theirs: str) -> None:
    card = wire.WireAccount(AccountID="a-1", Type="BANK", BankAccountType=theirs)

    assert adapter.account_of(card).type == AccountType.CARD


def test_a_type_that_is_new_to_us_is_other() -> None:
    odd = wire.WireAccount(AccountID="a-1", Type="SUPERANNUATIONLIABILITY")

    assert adapter.account_of(odd).type == AccountType.OTHER


def test_a_bank_account_is_asked_for_with_its_number_and_nothing_that_xero_refuses_on_one() -> None:
    new = NewAccount(WantedAccount("Trust", AccountType.BANK, "062000 1"), "090")

    assert adapter.body_of(new) == {
        "Code": "090",
        "Name": "Trust",
        "Type": "BANK",
        "BankAccountNumber": "062000 1",
    }


def test_a_liability_is_asked_for_with_payments_allowed() -> None:
    new = NewAccount(WantedAccount("Trust Liability", AccountType.CURRENT_LIABILITY), "825")

    assert adapter.body_of(new) == {
        "Code": "825",
        "Name": "Trust Liability",
        "Type": "CURRLIAB",
        "EnablePaymentsToAccount": True,
    }


def rate(tax_type: str, *, suits: bool = True, is_active: bool = True) -> port.TaxRate:
    return port.TaxRate(tax_type, tax_type, Decimal(0), is_active, suits)


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([rate("NONE"), rate("BASEXCLUDED")], {"TaxType": "BASEXCLUDED"}),
        ([rate("NONE"), rate("OUTPUT")], {"TaxType": "NONE"}),
        ([rate("BASEXCLUDED", suits=False), rate("NONE")], {"TaxType": "NONE"}),
        ([rate("BASEXCLUDED", is_active=False), rate("NONE")], {"TaxType": "NONE"}),
        ([rate("OUTPUT")], {}),
    ],
)
def test_a_liability_takes_the_organisations_own_word_for_untaxed(
    rates: list[port.TaxRate], expected: dict[str, str]
) -> None:
    assert adapter.untaxed(rates) == expected
