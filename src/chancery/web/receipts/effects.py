"""What a receipt would do, said before it is posted."""

from dataclasses import dataclass
from datetime import date

from chancery.lib.money import Money, total
from chancery.trust import settings, spendable
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.receipts import Method
from chancery.trust.rules import clearing, receipts
from chancery.web.receipts.forms import ReceiptForm


@dataclass(frozen=True)
class LedgerEffect:
    """One ledger before and after."""

    matter: str
    now: Money
    receipt: Money
    after: Money


@dataclass(frozen=True)
class Clearing:
    """From which day the money may leave, and by which rule."""

    on: date
    waits: bool
    rule: str
    note: str
    bank_by: date | None


@dataclass(frozen=True)
class Effect:
    """What the form comes to as far as it is filled in."""

    ledgers: tuple[LedgerEffect, ...]
    total: Money
    clearing: Clearing | None


def of(form: ReceiptForm, *, today: date) -> Effect:
    """Return what the form as typed would do; what is not typed yet is left out."""
    form.is_valid()
    ledgers = tuple(_ledger(ledger, amount, today) for ledger, amount in form.parts)
    typed = form.cleaned_data
    day, method = typed.get("received_on"), typed.get("method")
    return Effect(
        ledgers=ledgers,
        total=total((amount for _, amount in form.parts), form.currency),
        clearing=clearing_of(Method(method), day) if day and method else None,
    )


def clearing_of(method: Method, received_on: date) -> Clearing:
    """Return when money of a kind that came in on a day counts as cleared."""
    policy = settings.policy()
    on = max(clearing.clears_on(policy, method, received_on), received_on)
    hold = policy.clearing.hold
    return Clearing(
        on=on,
        waits=on > received_on,
        rule=hold.rule,
        note=hold.note,
        bank_by=receipts.bank_by(policy, received_on) if method in _CARRIED else None,
    )


_CARRIED = (Method.CASH, Method.CHEQUE, Method.BANK_CHEQUE)


def _ledger(ledger: TrustLedger, amount: Money, today: date) -> LedgerEffect:
    held = spendable.of_ledger(ledger, on=today).held
    matter = ledger.matter
    name = f"{matter.number} {matter.title}" if matter else str(ledger.kind)
    return LedgerEffect(name, held, amount, held + amount)
