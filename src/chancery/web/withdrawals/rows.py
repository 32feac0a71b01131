"""Withdrawals as pages show them: frozen, with every word ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chancery.lib.money import Money
from chancery.reports.gathered import methods
from chancery.trust import reversals
from chancery.trust.reversals import Reversal
from chancery.trust.withdrawals import Withdrawal
from chancery.web.requests import bill_words
from chancery.web.requests.rows import LedgerLabel, kind_labels, ledger_label
from chancery.web.shell import places


@dataclass(frozen=True)
class WithdrawalRow:
    """A withdrawal as a line of a list."""

    id: UUID
    number: str
    on: date
    ledger: LedgerLabel
    kind_label: str
    payee: str
    payee_number: str
    method: str
    cheque_number: int | None
    amount: Money
    reason: str
    by: str
    is_reversed: bool


@dataclass(frozen=True)
class TakenBack:
    """What took a document back."""

    label: str
    on: date
    reason: str
    by: str
    at: datetime
    is_cheque: bool


@dataclass(frozen=True)
class WithdrawalView:
    """A withdrawal whole, with the ways on from it."""

    row: WithdrawalRow
    made_on: date
    facts: tuple[tuple[str, str], ...]
    request_id: UUID | None
    back: TakenBack | None
    reversal_url: str
    is_cheque_out: bool


def row_of(withdrawal: Withdrawal, words: Mapping[str, str]) -> WithdrawalRow:
    """Return a withdrawal as a line of a list; ``is_reversed`` is at hand where a list was asked for."""
    return WithdrawalRow(
        id=withdrawal.id,
        number=withdrawal.number_shown,
        on=withdrawal.on,
        ledger=ledger_label(withdrawal.ledger),
        kind_label=kind_labels(words)[withdrawal.purpose],
        payee=withdrawal.payee,
        payee_number=withdrawal.payee_number_shown,
        method=methods.payment(withdrawal.method, words),
        cheque_number=withdrawal.cheque_number,
        amount=Money(withdrawal.amount_minor, withdrawal.account.currency),
        reason=withdrawal.reason,
        by=withdrawal.by.name,
        is_reversed=bool(getattr(withdrawal, "is_reversed", False)),
    )


def view_of(withdrawal: Withdrawal, words: Mapping[str, str]) -> WithdrawalView:
    """Return a withdrawal for its page."""
    back = reversals.of_document(withdrawal)
    asked = withdrawal.request
    return WithdrawalView(
        row=row_of(withdrawal, words),
        made_on=withdrawal.made_on,
        facts=bill_words.facts_of(asked, words) if asked else (),
        request_id=withdrawal.request_id,
        back=taken_back(back),
        reversal_url="" if back else places.address("reversal", "withdrawal", withdrawal.id),
        is_cheque_out=withdrawal.cheque_number is not None and back is None,
    )


def taken_back(reversal: Reversal | None) -> TakenBack | None:
    """Return what took a document back, for its page."""
    if reversal is None:
        return None
    return TakenBack(
        label=reversal.get_kind_display(),
        on=reversal.on,
        reason=reversal.reason,
        by=reversal.by.name,
        at=reversal.at,
        is_cheque=reversal.kind in ("stop", "stale"),
    )
