"""What a movement would do, said before it is recorded."""

from dataclasses import dataclass
from datetime import date

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.lib.money import Money
from chancery.trust import account_ledgers, advances, settings, spendable, statutory_deposits
from chancery.trust.account_ledgers import Held
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.rules import own_funds, statutory_deposit
from chancery.web.movements import standing
from chancery.web.movements.forms import AccountForm, AdvanceForm, InterestForm
from chancery.web.movements.kinds import RecordedAct
from chancery.web.shell import times

_OUT = frozenset({"interest-paid-on", "own-money-out", "advance-back", "deposit-drawn"})


@dataclass(frozen=True)
class Part:
    """One ledger before and after, and further figures that a person decides by."""

    name: str
    now: Money
    moved: Money
    after: Money
    more: tuple[tuple[str, Money], ...] = ()


@dataclass(frozen=True)
class Effect:
    """What the form comes to as far as it is filled in; ``warning`` is said in words."""

    parts: tuple[Part, ...] = ()
    warning: str = ""


def of(act: RecordedAct, form: AccountForm | InterestForm | AdvanceForm, *, today: date) -> Effect:
    """Return what the form as typed would do; what is not typed yet is left out."""
    form.is_valid()
    if isinstance(form, InterestForm):
        shares = form.shares()
        return Effect(tuple(_ledger(one.ledger, one.net, today) for one in shares))
    if isinstance(form, AdvanceForm):
        return Effect(tuple(_lent(act, ledger, amount, today) for ledger, amount in form.parts))
    account, amount = form.account_chosen, form.amount_typed
    if account is None or amount is None:
        return Effect()
    return _on_account(act, account, amount, today)


def _on_account(act: RecordedAct, account: TrustBankAccount, amount: Money, today: date) -> Effect:
    if act.slug == "bank-charge":
        return _charge(account, amount, today)
    if act.register == "own-money":
        return _own(act, account, amount, today)
    if act.register == "statutory-deposit":
        return _deposited(act, account, amount, today)
    held = _held(account, AccountKind.FOUNDATION_INTEREST, today)
    return Effect((_part("Waits to be paid on", held.held, _signed(act, amount)),))


def _ledger(ledger: TrustLedger, moved: Money, today: date) -> Part:
    matter = ledger.matter
    name = f"{matter.number} {matter.title}" if matter else str(ledger.kind)
    return _part(name, spendable.of_ledger(ledger, on=today).held, moved)


def _lent(act: RecordedAct, ledger: TrustLedger, amount: Money, today: date) -> Part:
    part = _ledger(ledger, _signed(act, amount), today)
    lent = advances.outstanding(ledger)
    more = (("Lent and not taken back", lent), ("Lent after", lent + _signed(act, amount)))
    return Part(part.name, part.now, part.moved, part.after, more)


def _charge(account: TrustBankAccount, charge: Money, today: date) -> Effect:
    held = _held(account, AccountKind.OWN_FUNDS, today)
    borne = own_funds.bank_charge(settings.policy(), charge, held.available)
    part = _part("The firm's own money", held.held, _less(borne.from_float))
    return Effect((part,), _said_of(borne))


def _said_of(borne: own_funds.Charge) -> str:
    """Return what of a charge falls to the office; no client ever bears it."""
    if borne.shortage.minor:
        return (
            f"{borne.shortage} is not covered: it is recorded as a shortage, which the office makes"
            " good. No client bears it."
        )
    if borne.office_restores.minor:
        return f"The office bears charges here: it pays {borne.office_restores} back in."
    return ""


def _own(act: RecordedAct, account: TrustBankAccount, amount: Money, today: date) -> Effect:
    held = _held(account, AccountKind.OWN_FUNDS, today)
    part = _part("The firm's own money", held.held, _signed(act, amount))
    cap = standing.cap_of(settings.policy())
    if cap is None or cap.currency != amount.currency:
        return Effect((part,))
    left = max(cap - part.after, Money(0, cap.currency))
    more = (("Allowed at most", cap), ("Left after", left))
    over = part.after > cap and act.slug == "own-money-in"
    warning = "This is more than the place lets the firm keep here; it will be refused."
    return Effect(
        (Part(part.name, part.now, part.moved, part.after, more),), warning if over else ""
    )


def _deposited(act: RecordedAct, account: TrustBankAccount, amount: Money, today: date) -> Effect:
    moved, policy = _signed(act, amount), settings.policy()
    bank = Money(balances.of_bank(account.id, on=today), account.currency)
    parts = (
        _part("On deposit", statutory_deposits.on_deposit(account, on=today), moved),
        _part(account.name, bank, _less(moved)),
    )
    if act.slug != "deposit-drawn" or policy.deposit.restored.value.within is None:
        return Effect(parts)
    by = statutory_deposit.restore_by(policy, today)
    return Effect(parts, f"What is drawn today is restored by {times.day(by)}.")


def _part(name: str, now: Money, moved: Money) -> Part:
    return Part(name, now, moved, now + moved)


def _signed(act: RecordedAct, amount: Money) -> Money:
    return _less(amount) if act.slug in _OUT else amount


def _less(amount: Money) -> Money:
    return Money(-amount.minor, amount.currency)


def _held(account: TrustBankAccount, kind: AccountKind, today: date) -> Held:
    return account_ledgers.held([account], kind, on=today)[0]
