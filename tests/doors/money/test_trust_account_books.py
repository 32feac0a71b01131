"""The books of a trust account: totals, ledgers, statement, cash books, trial balance and locked days."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from chancery.lib import clock
from chancery.trust import cash_books, period_locks, standings
from chancery.trust.models import TrustLedger
from conftest import Browse
from money import Trust, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db
NONE = "\N{EN DASH}"


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


@pytest.fixture
def purchase(trust: Trust) -> TrustLedger:
    """Give a ledger that holds 60.00: a receipt of 100.00 less a withdrawal of 40.00."""
    ledger = trust.ledger("Purchase")
    trust.receive(ledger, "100.00", received_from="Vera Buyer")
    trust.pay(ledger, "40.00")
    return ledger


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    apart = re.sub(r"</?(t[dhr]|span|p)\b", r" \g<0>", answer.content.decode())
    return " ".join(strip_tags(apart).split())


def page(trust: Trust, name: str = "") -> str:
    return f"/trust-accounts/{trust.account.id}/{name}"


def test_the_list_says_what_each_account_holds_and_that_nothing_is_below_zero(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    found = text(browse(trust.maker), "/trust-accounts/")

    assert "60.00 60.00 0.00 0.00 0.00 0.00 Ledgers equal the bank" in found
    assert "All trust money, AUD 60.00" in found


def test_an_account_lists_its_ledgers_with_their_total(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    trust.ledger("Lease")
    client = browse(trust.maker)

    assert "All 2 60.00 0.00 0.00 60.00" in text(client, page(trust))
    holding = text(client, page(trust, "?shown=holding"))
    assert "Purchase" in holding
    assert "Lease" not in holding
    assert "Purchase" not in text(client, page(trust, "?shown=empty"))
    assert "Lease" in text(client, page(trust, "?text=lease"))
    assert "No ledger fits" in text(client, page(trust, "?shown=closed"))


def test_the_ledgers_go_out_as_csv_with_their_total(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    sheet = browse(trust.maker).get(page(trust, "export/?format=csv")).content.decode()

    assert '"Held, AUD"' in sheet
    assert sheet.splitlines()[-1].startswith('"","Total","",60.00,0.00,0.00,60.00')


def test_the_bank_account_is_shown_line_by_line_with_its_balance(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    found = text(browse(trust.maker), page(trust, "statement/"))

    assert f"100.00 {NONE} 100.00" in found
    assert f"{NONE} 40.00 60.00" in found


def test_a_statement_goes_on_where_its_page_ended(
    trust: Trust, browse: Browse, purchase: TrustLedger
) -> None:
    for _ in range(50):
        trust.receive(purchase, "1.00")
    client = browse(trust.maker)

    first = client.get(page(trust, "statement/")).content.decode()
    onward = re.findall(r'rel="next" href="([^"]+)"', first)[0].replace("&amp;", "&")

    assert "110.00" in text(client, page(trust, f"statement/{onward}"))


def test_an_account_in_which_nothing_ever_lay_has_empty_books(trust: Trust, browse: Browse) -> None:
    client = browse(trust.maker)

    assert "Nothing has moved yet" in text(client, page(trust, "statement/"))
    assert "Nothing in this month" in text(client, page(trust, "cash-book/"))
    assert "No ledger holds money" in text(client, page(trust, "trial-balance/"))
    assert "No ledger yet" in text(client, page(trust))


def test_each_cash_book_has_its_month(trust: Trust, purchase: TrustLedger, browse: Browse) -> None:
    client = browse(trust.maker)

    came_in = text(client, page(trust, "cash-book/?book=receipts&month=2026-09"))
    went_out = text(client, page(trust, "cash-book/?book=payments&month=2026-09"))

    assert "R-1 Vera Buyer" in came_in
    assert "1 of the month 100.00" in came_in
    assert "W-1 Revenue NSW" in went_out
    assert "1 of the month 40.00" in went_out
    assert "Nothing in this month" in text(client, page(trust, "cash-book/?month=2026-08"))


def test_what_is_taken_back_in_its_month_counts_nothing_and_later_has_a_minus(
    trust: Trust, purchase: TrustLedger
) -> None:
    same = trust.receive(purchase, "5.00")
    trust.reverse(same)
    later = trust.receive(purchase, "7.00")
    trust.today = date(2026, 10, 2)
    trust.reverse(later)

    with acting(trust.maker):
        september, october = (
            cash_books.rows(trust.account, "receipts", cash_books.month_of(day))
            for day in (date(2026, 9, 1), date(2026, 10, 1))
        )
        totals = [
            str(cash_books.total(trust.account, "receipts", cash_books.month_of(day)).amount)
            for day in (date(2026, 9, 1), date(2026, 10, 1))
        ]

    assert [(row.number, row.is_cancelled) for row in september] == [
        ("R-1", False),
        ("R-2", True),
        ("R-3", False),
    ]
    assert [(row.number, str(row.amount)) for row in october] == [("R-3", "−7.00")]
    assert totals == ["107.00", "−7.00"]


def test_the_two_cash_books_are_what_the_bank_account_moved_by(
    trust: Trust, purchase: TrustLedger
) -> None:
    trust.reverse(trust.receive(purchase, "5.00"))
    month = cash_books.month_of(trust.today)

    with acting(trust.maker):
        came, went = (
            cash_books.total(trust.account, which, month).amount for which in cash_books.DIRECTIONS
        )
        stands = standings.of_accounts([trust.account], on=trust.today)[0]

    assert came - went == stands.bank


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize("name", ["cash-book/file/", "trial-balance/file/"])
def test_books_go_out_as_files(
    name: str, kind: str, trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    answer = browse(trust.maker).get(page(trust, f"{name}?month=2026-09&format={kind}"))

    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]


def test_a_trial_balance_equals_the_bank_account(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    on = trust.today.isoformat()
    found = text(browse(trust.maker), page(trust, f"trial-balance/?on={on}"))

    assert "The same figure." in found
    assert "Ledgers at nothing or more 60.00" in found


def test_a_shortage_is_never_called_proved(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    receipt = trust.receive(purchase, "50.00")
    trust.pay(purchase, "90.00")
    trust.reverse(receipt, "dishonor")
    client = browse(trust.maker)

    found = text(client, page(trust, f"trial-balance/?on={trust.today.isoformat()}"))

    assert "The same figure." not in found
    assert "Short by −30.00." in found
    assert "proof agrees" not in client.get(page(trust, "trial-balance/")).content.decode()
    assert "Short" in text(client, "/trust-accounts/")


def test_a_day_before_and_an_instant_before_show_what_was_so_then(
    trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    client = browse(trust.maker)
    before = (trust.today - timedelta(days=1)).isoformat()

    assert "No ledger holds money" in text(client, page(trust, f"trial-balance/?on={before}"))
    known = f"trial-balance/?on={trust.today.isoformat()}&known_on={before}"
    assert "No ledger holds money" in text(client, page(trust, known))
    assert "No ledger holds money" in text(client, page(trust, "trial-balance/?seal=1"))


def test_an_administrator_locks_days_and_opens_them_again_with_reasons(
    marlow: Marlow, trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    client = browse(marlow.alice)
    today = clock.today(marlow.firm.time_zone)
    through = (today - timedelta(days=1)).isoformat()
    where = page(trust, "locked-days/")

    locked = client.post(where, {"act": "lock", "through": through, "reason": "Settled"})
    assert locked.status_code == 302
    assert "Settled" in text(client, where)
    again = client.post(where, {"act": "lock", "through": through, "reason": "Settled"})
    assert again.status_code == 409
    opened = client.post(where, {"act": "reopen", "through": "", "reason": "A late slip"})
    assert opened.status_code == 302
    with acting(marlow.alice):
        assert period_locks.locked_through(trust.account.id) is None


@pytest.mark.parametrize(
    ("through", "reason"), [("", "Settled"), ("2026-01-31", ""), ("2999-01-01", "Settled")]
)
def test_a_lock_needs_a_day_that_is_over_and_a_reason(
    through: str, reason: str, marlow: Marlow, trust: Trust, purchase: TrustLedger, browse: Browse
) -> None:
    form = {"act": "lock", "through": through, "reason": reason}
    answer = browse(marlow.alice).post(page(trust, "locked-days/"), form)

    assert answer.status_code == 422
    with acting(marlow.alice):
        assert period_locks.locked_through(trust.account.id) is None


def test_a_bookkeeper_sees_the_locks_and_may_not_turn_them(trust: Trust, browse: Browse) -> None:
    client = browse(trust.maker)

    assert "Ask an administrator" in text(client, page(trust, "locked-days/"))
    form = {"act": "lock", "through": "2026-01-31", "reason": "Settled"}
    assert client.post(page(trust, "locked-days/"), form).status_code == 403
