"""The ledgers of a trust account: what the list may be narrowed to, by matter number. Reads only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from chancery.ledger import accounts, balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.balances import Standing
from chancery.lib.money import Money, total
from chancery.practice import folding
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.models import TrustLedger

Shown = Literal["", "holding", "empty", "closed"]
_HOLDS_NOTHING = (AccountKind.DEFICIENCY.value, AccountKind.STATUTORY_DEPOSIT.value)
"""What is missing, and what lies elsewhere: the trial balance lists them, this list does not."""
ORDER = ("matter_number", "id")


@dataclass(frozen=True)
class LedgerFilter:
    """What is asked for; an empty part asks nothing.

    ``text`` begins a word of the matter's title, its number or reference, or a word of the client's name.
    """

    text: str = ""
    shown: Shown = ""

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.shown)


@dataclass(frozen=True)
class Held:
    """What one ledger, or several together, hold at the end of a day."""

    held: Money
    available: Money
    protected: Money

    @property
    def uncleared(self) -> Money:
        """Return what is held but has not cleared."""
        return self.held - self.available - self.protected


def found(account: TrustBankAccount, asked: LedgerFilter) -> QuerySet[TrustLedger]:
    """Return the ledgers of an account that fit; those of no matter come first."""
    ledgers = TrustLedger.objects.filter(account=account).exclude(kind__in=_HOLDS_NOTHING)
    ledgers = ledgers.select_related("matter__client", "matter__responsible")
    ledgers = ledgers.annotate(matter_number=Coalesce(F("matter__number"), Value("")))
    if asked.text.strip():
        of_matter = Q(matter_id__in=folding.beginning("matter", asked.text))
        of_client = Q(matter__client_id__in=folding.beginning("contact", asked.text))
        ledgers = ledgers.filter(of_matter | of_client)
    if asked.shown == "holding":
        ledgers = ledgers.filter(pk__in=accounts.holding())
    elif asked.shown == "empty":
        ledgers = ledgers.exclude(pk__in=accounts.holding()).exclude(pk__in=accounts.closed())
    elif asked.shown == "closed":
        ledgers = ledgers.filter(pk__in=accounts.closed())
    return ledgers.order_by(*ORDER)


def closed_among(ledger_ids: Collection[UUID]) -> set[UUID]:
    """Return which of some ledgers are closed."""
    return set(accounts.closed().filter(account_id__in=ledger_ids))


def held_by(
    ledgers: Collection[TrustLedger], *, currency: str, on: date
) -> Mapping[UUID, tuple[Held, date | None]]:
    """Return what each ledger holds at the end of a day, and when it last moved."""
    ids = [ledger.id for ledger in ledgers]
    apart = balances.protected_by(ids, on=on)
    return {
        ledger_id: (_held(one, apart.get(ledger_id, 0), currency), one.last_moved_on)
        for ledger_id, one in balances.of_accounts(ids, on=on).items()
    }


def sum_of(parts: Collection[Held], currency: str) -> Held:
    """Return what several ledgers hold together."""
    return Held(
        total((part.held for part in parts), currency),
        total((part.available for part in parts), currency),
        total((part.protected for part in parts), currency),
    )


def _held(standing: Standing, protected_minor: int, currency: str) -> Held:
    return Held(
        Money(standing.held_minor, currency),
        Money(standing.available_minor, currency),
        Money(protected_minor, currency),
    )
