import httpx2
import pytest

from sandbox_server import KAURI, SandboxServer
from xero_sandbox.books import tax_rates
from xero_sandbox.books.account_rules import CLASS_OF_TYPE


def organisation(api: httpx2.Client) -> dict[str, object]:
    (found,) = api.get("/Organisation").json()["Organisations"]
    return dict(found)


def test_australian_organisation_says_where_it_is(api: httpx2.Client) -> None:
    found = organisation(api)

    assert found["Name"] == "Marlow & Finch Lawyers"
    assert (found["BaseCurrency"], found["CountryCode"], found["Version"]) == ("AUD", "AU", "AU")
    assert found["Timezone"] == "AUSEASTERNSTANDARDTIME"
    assert (found["FinancialYearEndDay"], found["FinancialYearEndMonth"]) == (30, 6)
    assert found["OrganisationID"] == api.headers["xero-tenant-id"]


def test_new_zealand_organisation_says_where_it_is(sandbox: SandboxServer) -> None:
    with sandbox.api(KAURI) as api:
        found = organisation(api)

    assert (found["BaseCurrency"], found["CountryCode"]) == ("NZD", "NZ")
    assert found["Timezone"] == "NEWZEALANDSTANDARDTIME"


def test_lock_dates_are_shown_only_when_set(sandbox: SandboxServer, api: httpx2.Client) -> None:
    locks = ("PeriodLockDate", "EndOfYearLockDate")
    assert not [name for name in locks if name in organisation(api)]

    sandbox.control(
        "lock-dates", tenant_id=sandbox.tenant(), period="2026-10-31", end_of_year="2026-06-30"
    )
    found = organisation(api)
    assert [found[name] for name in locks] == [
        "/Date(1793404800000+0000)/",
        "/Date(1782777600000+0000)/",
    ]

    sandbox.control("lock-dates", tenant_id=sandbox.tenant(), period=None)
    assert [name for name in locks if name in organisation(api)] == ["EndOfYearLockDate"]


def test_actions_say_that_demo_organisations_have_one_currency(api: httpx2.Client) -> None:
    actions = {
        one["Name"]: one["Status"] for one in api.get("/Organisation/Actions").json()["Actions"]
    }

    assert actions["CreateInvoicePayment"] == "ALLOWED"
    assert actions["UseMulticurrency"] == "NOT-ALLOWED"


def test_third_organisation_can_be_made(sandbox: SandboxServer) -> None:
    sandbox.control("organisations", name="Thistle Law LLP", country="GB")

    with sandbox.api("Thistle Law LLP") as api:
        assert organisation(api)["BaseCurrency"] == "GBP"
        assert len(api.get("/Accounts").json()["Accounts"]) > 10


@pytest.mark.parametrize("sent", [{}, {"name": KAURI}, {"name": "X", "country": "FR"}])
def test_organisation_that_cannot_be_is_refused(
    sandbox: SandboxServer, sent: dict[str, str]
) -> None:
    assert sandbox.http.post("/_control/organisations", json=sent).status_code == 400
    assert len(sandbox.control("organisations", "GET")["organisations"]) == 2


def test_rates_say_which_accounts_they_apply_to(api: httpx2.Client) -> None:
    rates = {one["TaxType"]: one for one in api.get("/TaxRates").json()["TaxRates"]}

    assert rates["BASEXCLUDED"]["CanApplyToLiabilities"] is True
    assert rates["OUTPUT"]["CanApplyToExpenses"] is False
    assert rates["OUTPUT"]["EffectiveRate"] == 10
    assert "NONE" not in rates


def test_rate_is_found_by_its_type(api: httpx2.Client) -> None:
    by_path = api.get("/TaxRates/INPUT").json()["TaxRates"]
    by_query = api.get("/TaxRates?TaxType=INPUT").json()["TaxRates"]

    assert [one["Name"] for one in by_path] == ["GST on Expenses"]
    assert by_query == by_path
    assert api.get("/TaxRates/OUTPUT2").status_code == 404


@pytest.mark.parametrize("version", ["AU", "NZ", "UK", "GLOBAL"])
@pytest.mark.parametrize("kind", sorted(CLASS_OF_TYPE))
def test_usual_rate_of_a_type_exists_and_fits_its_class(version: str, kind: str) -> None:
    rate = tax_rates.of_version(version)[tax_rates.usual(version, kind)]

    assert CLASS_OF_TYPE[kind] in rate.classes
