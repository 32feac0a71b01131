"""Set money of a ledger apart with a reason, so that it cannot leave, and end that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import balances, holds
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import settings
from chancery.trust.client_ledgers import KIND as LEDGER_KIND
from chancery.trust.models import Protection as Protection
from chancery.trust.models import ProtectionEnd, TrustLedger
from chancery.trust.rules import overdraw

KIND = "protection"
LONGEST_REASON = 300


@dataclass(eq=False)
class NoSuchProtection(Refusal):
    """This firm has no such protection."""

    code: ClassVar[str] = "trust.no_such_protection"

    def __str__(self) -> str:
        return "There is no such protected amount. Go back to the ledger."


@dataclass(eq=False)
class ProtectionEnded(Refusal):
    """A protection ends once."""

    code: ClassVar[str] = "trust.protection_ended"

    def __str__(self) -> str:
        return "This amount is no longer protected. There is nothing left to end."


def of_ledger(ledger: TrustLedger) -> list[Protection]:
    """Return the protections of a ledger that have not ended, the oldest first."""
    standing = Protection.objects.filter(ledger=ledger, end__isnull=True).select_related("by")
    return list(standing.order_by("on", "id"))


def visible(protection_id: UUID) -> Protection:
    """Return a protection of this firm with its ledger.

    Refuses: NoSuchProtection.
    """
    protections = Protection.objects.select_related(
        "ledger__account", "ledger__matter__client", "by", "end__by"
    )
    found = protections.filter(pk=protection_id).first()
    if found is None:
        raise NoSuchProtection
    return found


def protect(
    *,
    ledger: TrustLedger,
    amount: Money,
    reason: str,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Protection:
    """Keep an amount from leaving a ledger from today on; the same key returns the same protection.

    Refuses: NotAllowed, DetailsNotRight, WouldOverdraw.
    """
    permissions.require(by, permissions.Act.PROTECT_MONEY)
    reason = _reason(reason, amount)
    held = balances.lock([ledger.id], on=today)[ledger.id]
    if known := Protection.objects.filter(key=key).first():
        return known
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    moved = holds.protect(
        account_id=ledger.id, amount_minor=amount.minor, on=today, by=by.id, at=at
    )
    protection = Protection.objects.create(
        firm_id=by.firm_id,
        ledger=ledger,
        availability_id=moved,
        amount_minor=amount.minor,
        reason=reason,
        on=today,
        key=key,
        by=by,
        at=at,
    )
    changes = {"Amount": ("", str(amount)), "Why": ("", reason)}
    _record(protection, "Protected money", by, at, changes)
    return protection


def release(
    *, protection: Protection, reason: str, by: Person, at: datetime, today: date
) -> ProtectionEnd:
    """Let a protected amount leave again, from today on.

    Refuses: NotAllowed, DetailsNotRight, ProtectionEnded.
    """
    permissions.require(by, permissions.Act.PROTECT_MONEY)
    currency = protection.ledger.account.currency
    amount = Money(protection.amount_minor, currency)
    reason = _reason(reason, amount)
    balances.lock([protection.ledger_id], on=today)
    if ProtectionEnd.objects.filter(protection=protection).exists():
        raise ProtectionEnded
    holds.unprotect(protection_id=protection.availability_id, on=today, by=by.id, at=at)
    end = ProtectionEnd.objects.create(
        firm_id=by.firm_id, protection=protection, reason=reason, on=today, by=by, at=at
    )
    changes = {"Amount": (str(amount), ""), "Why": ("", reason)}
    _record(protection, "Released protected money", by, at, changes)
    return end


def _reason(reason: str, amount: Money) -> str:
    reason = tidy(reason)
    problems = []
    if not 0 < len(reason) <= LONGEST_REASON:
        problems.append(Problem("reason", "Say why, in at most 300 characters."))
    if amount.minor <= 0:
        problems.append(Problem("amount", "Enter an amount above nought."))
    refuse_any(problems)
    return reason


def _record(
    protection: Protection, act: str, by: Person, at: datetime, changes: history.Changes
) -> None:
    """Write the act into the history of the amount, and into that of the ledger that it lies in."""
    history.record_many(
        of=[(KIND, protection.id), (LEDGER_KIND, protection.ledger_id)],
        firm_id=by.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )
