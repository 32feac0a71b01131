"""What a movement does to a ledger: what it holds and may spend today, and what it would afterwards."""

from dataclasses import dataclass
from datetime import date

from chancery.ledger import balances
from chancery.lib.money import Money
from chancery.trust.client_ledgers import TrustLedger
from chancery.web.requests.rows import LedgerLabel, ledger_label


@dataclass(frozen=True)
class Effect:
    """One ledger before and after an amount comes in or goes out."""

    ledger: LedgerLabel
    on: date
    held: Money
    not_available: Money
    available: Money
    amount: Money
    is_out: bool
    held_after: Money
    available_after: Money

    @property
    def is_short(self) -> bool:
        """Tell whether more would leave than may."""
        return self.available_after.minor < 0


def effect_of(ledger: TrustLedger, amount: Money, on: date, *, is_out: bool) -> Effect:
    """Return what an amount would do to a ledger on a day."""
    stands = balances.of_accounts([ledger.id], on=on)[ledger.id]
    held = Money(stands.held_minor, amount.currency)
    available = Money(stands.available_minor, amount.currency)
    return Effect(
        ledger=ledger_label(ledger),
        on=on,
        held=held,
        not_available=held - available,
        available=available,
        amount=amount,
        is_out=is_out,
        held_after=held - amount if is_out else held + amount,
        available_after=available - amount if is_out else available + amount,
    )
