"""A part of the pooled money lies on deposit by statute: how much, by when, made and drawn.

The deposit is an asset within the pool of the account it comes from: the clients' ledgers do not move,
only where their money lies.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.practice.people import Person
from chancery.trust import client_ledgers, movements, settings
from chancery.trust.models import Movement, MovementKind, TrustBankAccount, TrustLedger
from chancery.trust.movements import Plan, Said
from chancery.trust.rules import overdraw
from chancery.trust.rules import statutory_deposit as rules

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Lowest:
    """The day of a stretch on which bank and deposit together held least, and what each held then.

    ``on`` is None where no day of the stretch counts: nothing was ever in the account by then.
    """

    on: date | None
    bank: Money
    deposit: Money

    @property
    def together(self) -> Money:
        """Return bank and deposit together."""
        return self.bank + self.deposit


@dataclass(frozen=True)
class Asked:
    """What the place asks to be on deposit for a quarter, by the firm's own books.

    ``quarter`` and ``window`` are the lowest of bank and deposit together in each; ``is_final`` tells
    whether the window has ended. ``on_deposit`` is what lies there now, or for a quarter before the
    latest, what lay there when it was due: ``stands_on`` says which day.
    """

    due: rules.Due
    quarter: Lowest
    window: Lowest
    worked: rules.Worked
    on_deposit: Money
    stands_on: date
    is_latest: bool
    is_final: bool

    @property
    def amount(self) -> Money:
        """Return what has to be on deposit."""
        return self.worked.amount


@dataclass(frozen=True)
class AskedHalfYear:
    """The base of a half-yearly deposit, and by when it is made; the regulator says how much."""

    due_by: date
    base: Lowest
    on_deposit: Money


def asked(*, account: TrustBankAccount, quarter_end: date, today: date) -> Asked:
    """Return what a quarter asks of an account, as far as it can be known today.

    Refuses: JurisdictionNotChosen, NoStatutoryDeposit, AmountComesFromRegulator.
    """
    policy = settings.policy()
    rules.require_formula(policy)
    due = rules.due(policy, quarter_end)
    first = date(quarter_end.year, quarter_end.month - 2, 1)
    quarter = lowest(account, first, quarter_end)
    window = lowest(account, quarter_end + _DAY, min(due.window_end, today))
    is_latest = rules.periods(policy, today, 1)[0].last == quarter_end
    stands_on = today if is_latest else min(due.due_by, today)
    return Asked(
        due=due,
        quarter=quarter,
        window=window,
        worked=rules.worked(policy, quarter.together, window.together),
        on_deposit=on_deposit(account, on=stands_on),
        stands_on=stands_on,
        is_latest=is_latest,
        is_final=today > due.window_end,
    )


def asked_half_year(
    *, account: TrustBankAccount, period: rules.Period, today: date
) -> AskedHalfYear:
    """Return the base that a half-year gives, and by when the deposit is made.

    Refuses: JurisdictionNotChosen, NoStatutoryDeposit.
    """
    dues = dict(rules.half_year_due(settings.policy(), period.last.year))
    base = lowest(account, period.first, period.last)
    return AskedHalfYear(dues[period.last], base, on_deposit(account, on=today))


def lowest(account: TrustBankAccount, first: date, last: date) -> Lowest:
    """Return the day of a stretch on which bank and deposit together held least, by the firm's books.

    The days before money was ever in the account do not count.
    """
    ledger = _deposit_of(account)
    both = [account.id, *([ledger.id] if ledger else [])]
    total = balances.of_bank(account.id, on=first - _DAY)
    total += on_deposit(account, on=first - _DAY).minor
    changes = balances.changes_of(both, since=first, until=last)
    held = []
    if balances.moved_before(both, on=first) and not (changes and changes[0][0] == first):
        held.append((total, first))
    for day, change in changes:
        total += change
        held.append((total, day))
    if first > last or not held:
        nothing = Money(0, account.currency)
        return Lowest(None, nothing, nothing)
    _, on = min(held)
    bank = Money(balances.of_bank(account.id, on=on), account.currency)
    return Lowest(on, bank, on_deposit(account, on=on))


def on_deposit(account: TrustBankAccount, *, on: date) -> Money:
    """Return what an account has on deposit at the end of a day."""
    ledger = _deposit_of(account)
    minor = balances.of_accounts([ledger.id], on=on)[ledger.id].held_minor if ledger else 0
    return Money(minor, account.currency)


def make(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Move money of an account to its statutory deposit.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, WouldOverdraw, NoStatutoryDeposit, PeriodLocked.
    """
    movements.allow(account, said, by=by, today=today)
    refuse_any([] if amount.minor > 0 else [Problem("amount", "Enter an amount above nought.")])
    policy = settings.policy()
    rules.require(policy)
    ledger = client_ledgers.of_account(
        account=account, kind=AccountKind.STATUTORY_DEPOSIT, by=by, at=at
    )
    balances.lock([ledger.id], on=said.on)
    if done := movements.done_before(MovementKind.DEPOSIT_MADE, amount, said, key=key):
        return done
    at_bank = Money(balances.of_bank(account.id, on=said.on), amount.currency)
    overdraw.allow_withdrawal(policy, at_bank, amount)
    lines = (Line(ledger.id, "D", amount.minor), Line(account.id, "C", amount.minor))
    plan = Plan(account, MovementKind.DEPOSIT_MADE, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def draw(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Take money back from the statutory deposit into its account.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, WouldOverdraw, PeriodLocked.
    """
    movements.allow(account, said, by=by, today=today)
    refuse_any([] if amount.minor > 0 else [Problem("amount", "Enter an amount above nought.")])
    ledger = client_ledgers.of_account(
        account=account, kind=AccountKind.STATUTORY_DEPOSIT, by=by, at=at
    )
    held = balances.lock([ledger.id], on=said.on)[ledger.id]
    if done := movements.done_before(MovementKind.DEPOSIT_DRAWN, amount, said, key=key):
        return done
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    lines = (Line(account.id, "D", amount.minor), Line(ledger.id, "C", amount.minor))
    plan = Plan(account, MovementKind.DEPOSIT_DRAWN, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def _deposit_of(account: TrustBankAccount) -> TrustLedger | None:
    return TrustLedger.objects.filter(account=account, kind=AccountKind.STATUTORY_DEPOSIT).first()
