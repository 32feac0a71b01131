"""The journal of a transfer, put together from what the firm keeps of it."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chancery.ledger import balances
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.reports.gathered.imprints import cancellation_of, imprint_of, steps_of
from chancery.reports.imprint import Words
from chancery.reports.transfer_journals import LedgerSide, TransferJournal
from chancery.trust import reversals, settings
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.transfers import Transfer


def journal_of(
    moved: Transfer, reader: Person, words: Mapping[str, str], at: datetime
) -> TransferJournal:
    """Return the journal as it is printed now."""
    amount = Money(moved.amount_minor, moved.account.currency)
    zone = ZoneInfo(reader.firm.time_zone)
    return TransferJournal(
        imprint=imprint_of(reader, str(moved.id), at),
        words=Words.of(words),
        title=f"{words['money'].capitalize()} {words['journal']}",
        number=moved.number_shown,
        account=f"{moved.account.name}, {moved.account.number_shown}".rstrip(", "),
        on=moved.on,
        amount=amount,
        reason=moved.reason,
        authority=moved.authority,
        source=_side(moved.source, moved, amount, is_out=True),
        target=_side(moved.target, moved, amount, is_out=False),
        steps=steps_of(moved.request, zone),
        rule=settings.policy().accounts.written_authority.rule,
        authority_on=authority_on(moved),
        cancelled=cancellation_of(reversals.of_document(moved), zone),
    )


def authority_on(transfer: Transfer) -> date | None:
    """Return the day of the written authority, where the request says it."""
    kept = transfer.request.details.get("authority_on") if transfer.request else None
    return date.fromisoformat(kept) if kept else None


def _side(ledger: TrustLedger, moved: Transfer, amount: Money, *, is_out: bool) -> LedgerSide:
    after = Money(balances.known_at(ledger.id, on=moved.on, at=moved.at), amount.currency)
    matter = ledger.matter
    return LedgerSide(
        client=matter.client.name if matter else "",
        matter=matter.number if matter else "",
        description=matter.title if matter else ledger.kind,
        before=after + amount if is_out else after - amount,
        after=after,
    )
