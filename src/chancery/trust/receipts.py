"""Take money in: for one matter or several, on a day, with the official receipt's number.

A receipt is posted and numbered in one transaction. What a place asks of it is decided in
``rules.receipts``; from which day it may be spent in ``rules.clearing``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection

from chancery.ledger import posting
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.lib.money import Money, total
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers
from chancery.trust.models import Receipt as Receipt
from chancery.trust.models import ReceiptLine
from chancery.trust.receipt_settings import ReceiptSetting, gather
from chancery.trust.rules import clearing
from chancery.trust.rules import receipts as rules
from chancery.trust.rules.policy_clearing import Method as Method
from chancery.trust.rules.receipts import ReceiptFacts

KIND = "receipt"
LANE = "documents"
LINES_AT_MOST = 50


@dataclass(eq=False)
class NoSuchReceipt(Refusal):
    """This firm has no such receipt."""

    code: ClassVar[str] = "trust.no_such_receipt"

    def __str__(self) -> str:
        return "There is no such receipt. Go back to the list."


@dataclass(frozen=True)
class Part:
    """The part of a receipt that goes to one ledger."""

    ledger_id: UUID
    amount: Money


@dataclass(frozen=True)
class ReceiptDetails:
    """Money received, as someone describes it. ``received_on`` is the day it came in.

    ``drawer`` holds what a cheque says of itself (bank, branch, number), or a deposit's reference.
    """

    account_id: UUID
    parts: tuple[Part, ...]
    received_on: date
    method: Method
    received_from: str
    reason: str
    payer_id: UUID | None = None
    drawer: Mapping[str, str] = field(default_factory=dict)


def visible(receipt_id: UUID) -> Receipt:
    """Return a receipt of this firm with its account and who made it.

    Refuses: NoSuchReceipt.
    """
    found = Receipt.objects.select_related("account", "by").filter(pk=receipt_id).first()
    if found is None:
        raise NoSuchReceipt
    return found


def take(*, details: ReceiptDetails, by: Person, at: datetime, today: date, key: str) -> Receipt:
    """Record money received and give it its official receipt.

    The same key returns the same receipt. Refuses: NotAllowed, NoSuchAccount, AccountClosed,
    DetailsNotRight, CashOverLimit, PeriodLocked, LedgerClosed, KeyNamesAnother.
    """
    permissions.require(by, permissions.Act.TAKE_RECEIPTS)
    setting = gather(details.account_id, [part.ledger_id for part in details.parts])
    client_ledgers.require_open(setting.till)
    refuse_any(_problems(details, setting, by=by, today=today))
    draft = _draft(details, setting, key)
    _limit_cash(details, setting, draft.key)
    posted = posting.post([draft], by=by.id, at=at)[0]
    if posted.was_there:
        return Receipt.objects.get(journal_id=posted.journal_id)
    return _write(details, setting, draft, by=by, at=at, today=today)


def _problems(
    details: ReceiptDetails, setting: ReceiptSetting, *, by: Person, today: date
) -> list[Problem]:
    found = [*_part_problems(details, setting)]
    if details.received_on > today:
        found.append(Problem("received_on", "Money is received today or earlier."))
    if len(details.received_from) > 200 or len(details.reason) > 300:  # noqa: PLR2004 - the columns
        found.append(Problem("reason", "Use at most 200 characters for a name, 300 for a reason."))
    if found:
        return found
    ledgers = [setting.ledgers[part.ledger_id] for part in details.parts]
    whose = next((ledger for ledger in ledgers if ledger.matter_number), None)
    facts = ReceiptFacts(
        amount=_total(details, setting),
        number="given when it is posted",
        made_out_on=today,
        received_on=details.received_on,
        form_of_money=details.method,
        received_from=tidy(details.received_from),
        client_name=(whose and whose.client_name) or by.firm.name,
        matter_description=(whose and whose.matter_title) or "none",
        matter_reference=(whose and whose.matter_number) or "none",
        reason=tidy(details.reason),
        practice_name=by.firm.name,
        made_out_by=by.name,
    )
    return rules.missing(setting.policy, facts)


def _part_problems(details: ReceiptDetails, setting: ReceiptSetting) -> list[Problem]:
    wanted = [part.ledger_id for part in details.parts]
    if not wanted:
        return [Problem("parts", "Choose at least one client ledger of this account.")]
    if set(wanted) - setting.ledgers.keys():
        return [Problem("parts", "One of the ledgers does not belong to this account.")]
    if len(wanted) != len(set(wanted)) or len(wanted) > LINES_AT_MOST:
        return [Problem("parts", f"Name each ledger once, at most {LINES_AT_MOST} of them.")]
    if any(part.amount.minor <= 0 for part in details.parts):
        return [Problem("amount", "Enter an amount above nought for each ledger.")]
    return []


def _limit_cash(details: ReceiptDetails, setting: ReceiptSetting, key: str) -> None:
    """Refuse cash over the limit; what this very key took before is not counted against itself."""
    if details.method is not Method.CASH or posting.journal_under(key):
        return
    earlier = ReceiptLine.objects.filter(
        ledger_id__in=list(setting.ledgers), receipt__method=Method.CASH
    )
    already = sum(earlier.values_list("amount_minor", flat=True))
    currency = setting.till.currency
    rules.allow_cash(setting.policy, _total(details, setting), Money(already, currency))


def _draft(details: ReceiptDetails, setting: ReceiptSetting, key: str) -> Draft:
    clears_on = clearing.clears_on(setting.policy, details.method, details.received_on)
    credited = (
        Line(part.ledger_id, "C", part.amount.minor, max(clears_on, details.received_on))
        for part in details.parts
    )
    bank = Line(setting.till.id, "D", _total(details, setting).minor)
    narrative = f"Received from {tidy(details.received_from)}: {tidy(details.reason)}"
    return Draft(KIND, details.received_on, narrative, f"{KIND}:{key}", (bank, *credited))


def _write(
    details: ReceiptDetails,
    setting: ReceiptSetting,
    draft: Draft,
    *,
    by: Person,
    at: datetime,
    today: date,
) -> Receipt:
    """Write the receipt last: its number waits for nobody longer than it must."""
    receipt_id = ids.new()
    history.record(of=(KIND, receipt_id), firm_id=by.firm_id, act="Posted", by=by, at=at)
    message = messages.Draft(
        "trust.receipt", receipt_id, f"trust.receipt:{receipt_id}", LANE, is_held=True
    )
    messages.enqueue(message, firm_id=by.firm_id, at=at)
    columns: dict[str, Any] = {
        "id": receipt_id,
        "firm_id": by.firm_id,
        "account_id": setting.till.id,
        "journal_id": draft.id,
        "on": details.received_on,
        "made_on": today,
        "amount_minor": _total(details, setting).minor,
        "reason": tidy(details.reason),
        "by_id": by.id,
        "at": at,
        "method": details.method,
        "received_from": tidy(details.received_from),
        "payer_id": details.payer_id,
        "clears_on": draft.lines[-1].clears_on or details.received_on,
        "drawer": {name: tidy(words) for name, words in details.drawer.items() if words.strip()},
    }
    columns |= _number(columns, details.parts)
    return Receipt(**columns)


def _number(columns: dict[str, Any], parts: tuple[Part, ...]) -> dict[str, Any]:
    """Write the receipt with its parts; return the number that the database gave it."""
    values: list[Any] = [
        json.dumps(columns, default=str),
        [ids.new() for _ in parts],
        [part.ledger_id for part in parts],
        [part.amount.minor for part in parts],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        return dict(zip(("number", "number_shown"), cursor.fetchone(), strict=True))


_WRITE = """SELECT number, number_shown FROM trust_write_receipt(
  jsonb_populate_record(NULL::trust_receipt, %s), %s::uuid[], %s::uuid[], %s::bigint[])"""


def _total(details: ReceiptDetails, setting: ReceiptSetting) -> Money:
    return total((part.amount for part in details.parts), setting.till.currency)
