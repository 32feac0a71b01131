"""The requisition of a withdrawal, put together from what the firm keeps of it."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpResponse

from chancery.ledger import balances
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.reports.imprint import Cancellation, Fact, Imprint, Step, Words, paper_of
from chancery.reports.requisitions import Callback, Requisition
from chancery.trust import payees, requests, reversals, settings
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.requests import MoneyRequest
from chancery.trust.reversals import Reversal
from chancery.trust.withdrawals import Withdrawal
from chancery.web.requests import bill_words

_ACTS = {"asked": "Asked", "edited": "Edited", "approved": "Approved", "done": "Released"}


def requisition_of(
    paid: Withdrawal, reader: Person, words: Mapping[str, str], at: datetime
) -> Requisition:
    """Return the requisition as it is printed now."""
    amount = Money(paid.amount_minor, paid.account.currency)
    after = Money(held_by(paid.ledger, paid), amount.currency)
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
        method=bill_words.method(paid.method, words),
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


def imprint_of(reader: Person, run: str, at: datetime) -> Imprint:
    """Return who makes a paper, when, and on what."""
    firm = reader.firm
    return Imprint(
        practice=firm.name,
        run=run,
        made_at=at.astimezone(ZoneInfo(firm.time_zone)),
        made_by=reader.name,
        paper=paper_of(firm.country),
    )


def held_by(ledger: TrustLedger, document: Withdrawal) -> int:
    """Return what a ledger held at the end of the document's day, as it was known once it was posted."""
    return balances.known_at(ledger.id, on=document.on, at=document.at)


def steps_of(asked: MoneyRequest | None, zone: ZoneInfo) -> tuple[Step, ...]:
    """Return who asked, approved and released."""
    if asked is None:
        return ()
    taken = requests.steps_of(asked)
    return tuple(
        Step(_ACTS[step.act], step.by.name, step.at.astimezone(zone), step.words)
        for step in taken
        if step.act in _ACTS
    )


def cancellation_of(back: Reversal | None, zone: ZoneInfo) -> Cancellation | None:
    """Return why a document no longer counts."""
    if back is None:
        return None
    return Cancellation(
        back.reason, back.at.astimezone(zone), back.by.name, str(back.journal_id)[:8]
    )


def answer(name: str, content: bytes) -> HttpResponse:
    """Answer with a PDF to look at."""
    made = HttpResponse(content, content_type="application/pdf")
    made["Content-Disposition"] = f'inline; filename="{name}"'
    return made


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
