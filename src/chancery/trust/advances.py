"""The firm lends a client's ledger its own money, and takes it back: its interest in trust."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db.models import Q, Sum

from chancery.ledger import balances
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice.people import Person
from chancery.trust import movements, settings
from chancery.trust.models import Movement, MovementKind, Reversal, TrustLedger
from chancery.trust.movements import Plan, Said
from chancery.trust.rules import overdraw

_KINDS = (MovementKind.ADVANCE, MovementKind.ADVANCE_RECOVERED)
_LENT = Sum("amount_minor", filter=Q(kind=MovementKind.ADVANCE), default=0)
_TAKEN = Sum("amount_minor", filter=Q(kind=MovementKind.ADVANCE_RECOVERED), default=0)


@dataclass(eq=False)
class AdvancesNotAllowed(Refusal):
    """The place lets a firm lend no money to a client's ledger."""

    code: ClassVar[str] = "trust.advances_not_allowed"

    rule: str

    def __str__(self) -> str:
        return "The firm may not lend its own money to a client's ledger here. Pay from the office account."


@dataclass(eq=False)
class MoreThanAdvanced(Refusal):
    """The firm would take back more than it lent."""

    code: ClassVar[str] = "trust.more_than_advanced"

    advanced: Money
    asked: Money

    def __str__(self) -> str:
        return f"The firm has lent this ledger {self.advanced}; {self.asked} was to be taken back."


def outstanding(ledger: TrustLedger) -> Money:
    """Return what the firm has lent a ledger and not taken back."""
    undone = Reversal.objects.filter(document_kind="movement").values("document_id")
    standing = Movement.objects.filter(ledger=ledger).exclude(pk__in=undone)
    owed = standing.aggregate(owed=_LENT - _TAKEN)["owed"]
    return Money(owed, ledger.account.currency)


def all_outstanding() -> list[tuple[TrustLedger, Money]]:
    """Return every ledger that the firm has lent money and not taken it back, the largest first."""
    undone = Reversal.objects.filter(document_kind="movement").values("document_id")
    standing = Movement.objects.exclude(pk__in=undone).filter(kind__in=_KINDS)
    owing = (
        standing.values("ledger_id").annotate(owed=_LENT - _TAKEN).filter(owed__gt=0)
    ).values_list("ledger_id", "owed")
    owed = dict(owing)
    ledgers = TrustLedger.objects.select_related("account", "matter__client").filter(pk__in=owed)
    found = [(ledger, Money(owed[ledger.id], ledger.account.currency)) for ledger in ledgers]
    return sorted(found, key=lambda one: (-one[1].minor, str(one[0].id)))


def lend(
    *,
    ledger: TrustLedger,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Lend a client's ledger the firm's own money, paid in from the office account.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, AdvancesNotAllowed, PeriodLocked, LedgerClosed.
    """
    movements.allow(ledger.account, said, by=by, today=today)
    allowed = settings.policy().funds.advances
    if not allowed.value:
        raise AdvancesNotAllowed(allowed.rule)
    refuse_any([] if amount.minor > 0 else [Problem("amount", "Enter an amount above nought.")])
    lines = (Line(ledger.account_id, "D", amount.minor), Line(ledger.id, "C", amount.minor))
    plan = Plan(ledger.account, MovementKind.ADVANCE, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def recover(
    *,
    ledger: TrustLedger,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Take back what the firm lent, to its office account, as far as the ledger holds it.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, MoreThanAdvanced, WouldOverdraw, PeriodLocked.
    """
    movements.allow(ledger.account, said, by=by, today=today)
    refuse_any([] if amount.minor > 0 else [Problem("amount", "Enter an amount above nought.")])
    held = balances.lock([ledger.id], on=said.on)[ledger.id]
    if done := movements.done_before(MovementKind.ADVANCE_RECOVERED, amount, said, key=key):
        return done
    lent = outstanding(ledger)
    if amount > lent:
        raise MoreThanAdvanced(lent, amount)
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    lines = (Line(ledger.id, "D", amount.minor), Line(ledger.account_id, "C", amount.minor))
    plan = Plan(ledger.account, MovementKind.ADVANCE_RECOVERED, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]
