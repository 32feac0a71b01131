"""The requisition of a withdrawal, put together from what the firm keeps of it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from chancery.ledger import balances
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.reports.gathered import methods
from chancery.reports.gathered.imprints import cancellation_of, imprint_of, steps_of
from chancery.reports.imprint import Fact, Words
from chancery.reports.requisitions import Callback, Requisition
from chancery.trust import payees, reversals, settings
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.requests import MoneyRequest
from chancery.trust.withdrawals import Withdrawal


def requisition_of(
    paid: Withdrawal, reader: Person, words: Mapping[str, str], at: datetime
) -> Requisition:
    """Return the requisition as it is printed now."""
    amount = Money(paid.amount_minor, paid.account.currency)
    after = Money(_held_by(paid.ledger, paid), amount.currency)
    matter, back = paid.ledger.matter, reversals.of_document(paid)
    zone = ZoneInfo(reader.firm.time_zone)
    return Requisition(
        imprint=imprint_of(reader, str(paid.id), at),
        words=Words.of(words),
        title=f"{words['money'].capitalize()} withdrawal",
        number=paid.number_shown,
        status=back.get_kind_display() if back else "Released",
        account=f"{paid.account.name}, {paid.account.number_shown}".rstrip(", "),
        on=paid.on,
        amount=amount,
        payee=paid.payee,
        bank_details=_bank_details(paid.request),
        method=methods.payment(paid.method, words),
        reason=paid.reason,
        client=matter.client.name if matter else "",
        matter=matter.number if matter else "",
        description=matter.title if matter else "",
        before=after + amount,
        after=after,
        steps=steps_of(paid.request, zone),
        rule=settings.policy().payments.records.rule,
        cheque_number=str(paid.cheque_number or ""),
        callback=_callback(paid.request, zone),
        cancelled=cancellation_of(back, zone),
    )


def _held_by(ledger: TrustLedger, document: Withdrawal) -> int:
    """Return what a ledger held at the end of the document's day, as it was known once it was posted."""
    return balances.known_at(ledger.id, on=document.on, at=document.at)


def _bank_details(asked: MoneyRequest | None) -> tuple[Fact, ...]:
    details = asked.payee_details if asked else None
    if details is None:
        return ()
    parts = settings.policy().pack.bank_number_fields
    numbers = [Fact(part.label, details.number.get(part.key, "")) for part in parts]
    return (Fact("Account name", details.account_name), *numbers)


def _callback(asked: MoneyRequest | None, zone: ZoneInfo) -> Callback | None:
    details = asked.payee_details if asked else None
    check = payees.check_of(details) if details else None
    if check is None:
        return None
    at = check.at.astimezone(zone)
    return Callback(check.by.name, at, check.called_number, check.spoke_with, "Confirmed")
