"""Cases that a proof opens by itself: a ledger below nothing, a bank that differs, a row that was changed.

The figures are added up from the entries, not from what is kept of each day. While a case of an account
is open, no proof opens another.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import connection

from chancery.ledger import proofs, standings
from chancery.ledger.accounts import AccountKind
from chancery.lib import clock
from chancery.lib.money import Money
from chancery.practice import firms as firms_of_practice
from chancery.trust import deficiencies, jurisdiction, queries, settings
from chancery.trust.deficiencies import OF_PROOF, Found
from chancery.trust.models import Deficiency, TrustBankAccount, TrustLedger
from chancery.trust.rules.book_findings import Held, Judged, judge

_OWING = (AccountKind.DEFICIENCY, AccountKind.STATUTORY_DEPOSIT)


def firms() -> list[UUID]:
    """Return the firms that have a trust account, and not a word of what is in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust_firms_with_accounts()")
        return [row[0] for row in cursor.fetchall()]


def look(*, firm_id: UUID, at: datetime, findings: Sequence[str] = ()) -> list[Deficiency]:
    """Open a case for each account of a firm whose figures are wrong; return those that are new.

    ``findings`` are what a proof of all rows found: where they are of no account's figures, the firm
    has one case for them.
    """
    firm = firms_of_practice.read(firm_id)
    today = clock.day_of(at, firm.time_zone)
    wrong = [
        (account, judged)
        for account in queries.bank_accounts()
        if (judged := judged_of(account, at=at, today=today)).amount_minor
    ]
    found = [_of_account(account, judged, today) for account, judged in wrong]
    if findings and not found:
        found = [Found(None, Money(0, firm.currency), today, _told(findings), OF_PROOF)]
    return [case for one in found if (case := _open(one, firm_id=firm.id, at=at))]


def is_mended(case: Deficiency, *, at: datetime, today: date) -> bool:
    """Tell whether what a proof found is right again: the figures by now, or all rows by a later proof."""
    if case.account:
        return not judged_of(case.account, at=at, today=today).amount_minor
    last = proofs.last()
    return bool(last and not last.finding_count and last.proved_at > case.at)


def judged_of(account: TrustBankAccount, *, at: datetime, today: date) -> Judged:
    """Return what is wrong with an account by its entries alone."""
    held = [
        Held(one.account_id, one.held_minor, is_owing=one.kind in _OWING)
        for one in standings.known_at(account.id, on=today, at=at)
    ]
    return judge(standings.bank_known_at(account.id, on=today, at=at), held)


def _of_account(account: TrustBankAccount, judged: Judged, today: date) -> Found:
    ledgers = TrustLedger.objects.select_related("matter").in_bulk(
        [one.ledger_id for one in judged.below]
    )
    said = [
        f"{_called(ledgers[one.ledger_id])} is below nothing by {Money(-one.minor, account.currency)}"
        for one in judged.below
    ]
    if judged.difference_minor:
        difference = Money(abs(judged.difference_minor), account.currency)
        way = "more" if judged.difference_minor > 0 else "less"
        said.append(f"the bank account holds {difference} {way} than its ledgers, by our books")
    only = ledgers[judged.below[0].ledger_id] if len(judged.below) == 1 else None
    return Found(
        account=account,
        amount=Money(judged.amount_minor, account.currency),
        on=today,
        cause=f"A proof of the books found: {'; '.join(said)}",
        source=OF_PROOF,
        ledger=only,
        rule=settings.policy().ledger.overdraw.rule if jurisdiction.of_firm() else "",
    )


def _called(ledger: TrustLedger) -> str:
    return ledger.matter.number if ledger.matter else str(ledger.kind).replace("_", " ")


def _told(findings: Sequence[str]) -> str:
    many = f"{len(findings)} rows are" if len(findings) > 1 else "1 row is"
    return f"A proof of the books found that {many} not as it must be. {findings[0]}"


def _open(found: Found, *, firm_id: UUID, at: datetime) -> Deficiency | None:
    """Open a case unless one of the same account is open; each is named by how many there were before.

    Two proofs at once name the same one, so that the database keeps but one.
    """
    before = Deficiency.objects.filter(source=OF_PROOF, account=found.account)
    if before.exclude(steps__act="closed").exists():
        return None
    about = found.account.id if found.account else firm_id
    named = Found(**{**vars(found), "source_id": uuid5(about, f"proof {before.count()}")})
    return deficiencies.open_case(named, by=None, at=at, firm_id=firm_id)
