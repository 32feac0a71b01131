"""What a proof says of the books of one account: ledgers below nothing, and a bank that differs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Held:
    """What one ledger holds by its own entries; ``is_owing`` where it tells of money that is missing."""

    ledger_id: UUID
    minor: int
    is_owing: bool = False


@dataclass(frozen=True)
class Judged:
    """What is wrong with an account, in minor units; nothing where all is well.

    ``difference_minor`` is what the bank account holds beyond its ledgers, below nothing where less.
    """

    below: tuple[Held, ...]
    difference_minor: int

    @property
    def amount_minor(self) -> int:
        """Return how much is wrong: what is below nothing, and what bank and ledgers differ by."""
        return sum(-one.minor for one in self.below) + abs(self.difference_minor)


def judge(bank_minor: int, held: Sequence[Held]) -> Judged:
    """Return what is wrong with an account; ledgers below nothing are never set off against others."""
    ledgers = sum(-one.minor if one.is_owing else one.minor for one in held)
    below = tuple(one for one in held if one.minor < 0)
    return Judged(below, bank_minor - ledgers)
