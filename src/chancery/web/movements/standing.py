"""How things stand beside a register: what waits to be paid on, what is left of a cap, what is lent."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.ledger.accounts import AccountKind
from chancery.lib.money import Money
from chancery.trust import account_ledgers, advances
from chancery.trust.rules.own_funds import excess
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_funds import Interest, OwnFundsKind
from chancery.web.movements.kinds import MovementRegister

_LENT_SHOWN = 20


@dataclass(frozen=True)
class Stand:
    """One account, or one ledger that owes the firm: what is held or lent, and what is left of a cap.

    ``cap`` and ``left`` are None where the place sets no figure; ``over`` is what is too much.
    """

    name: str
    amount: Money
    cap: Money | None = None
    left: Money | None = None
    over: Money | None = None
    matter: str = ""
    account_id: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """All of them under one heading."""

    title: str
    amount_title: str
    stands: list[Stand]
    more: int = 0
    has_cap: bool = False


def of(register: MovementRegister, policy: Policy, *, on: date) -> Standing:
    """Return how things stand at the end of a day."""
    if register.slug == "advances":
        return _lent()
    if register.slug == "interest":
        waits = _held(AccountKind.FOUNDATION_INTEREST, on)
        if policy.funds.interest.value is Interest.CLIENT:
            waits = [one for one in waits if one.amount.minor]
        return Standing("Waits to be paid on", "Held", waits)
    if register.slug == "statutory-deposit":
        there = [one for one in _held(AccountKind.STATUTORY_DEPOSIT, on) if one.amount.minor]
        return Standing("On deposit now", "On deposit", there)
    has_cap = (
        policy.funds.own_funds.value.kind is OwnFundsKind.NONE
        or policy.funds.own_funds.value.cap is not None
    )
    held = _held(AccountKind.OWN_FUNDS, on)
    return Standing(
        "The firm's own money now",
        "Held",
        [_capped(one, policy) for one in held],
        has_cap=has_cap,
    )


def cap_of(policy: Policy) -> Money | None:
    """Return the most of its own that a firm may keep in an account; None where no figure is fixed."""
    own = policy.funds.own_funds.value
    if own.kind is OwnFundsKind.NONE:
        return Money(0, policy.pack.currency)
    return policy.money(own.cap) if own.cap is not None else None


def _held(kind: AccountKind, on: date) -> list[Stand]:
    accounts = account_ledgers.open_accounts()
    held = account_ledgers.held(accounts, kind, on=on)
    return [Stand(one.account.name, one.held, account_id=one.account.id) for one in held]


def _capped(one: Stand, policy: Policy) -> Stand:
    cap, nothing = cap_of(policy), Money(0, one.amount.currency)
    if cap is None or cap.currency != one.amount.currency:
        return one
    over = excess(policy, one.amount)
    left = max(cap - one.amount, nothing)
    return Stand(one.name, one.amount, cap, left, over if over.minor else None)


def _lent() -> Standing:
    lent = advances.all_outstanding()
    stands = [
        Stand(
            name=ledger.matter.title if ledger.matter else "",
            amount=amount,
            matter=ledger.matter.number if ledger.matter else "",
        )
        for ledger, amount in lent[:_LENT_SHOWN]
    ]
    more = max(len(lent) - _LENT_SHOWN, 0)
    return Standing("Lent and not taken back", "Lent", stands, more)
