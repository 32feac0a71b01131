"""Movements as pages and files show them: frozen, with every figure ready."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.lib.money import Money
from chancery.trust.movements import Movement
from chancery.web.movements.kinds import MovementRegister
from chancery.web.requests.rows import LedgerLabel, ledger_label


@dataclass(frozen=True)
class MovementRow:
    """A movement as a line of a register; ``amounts`` stand in the order of the register's columns."""

    id: UUID
    on: date
    what: str
    account: str
    ledger: LedgerLabel | None
    amounts: tuple[Money | None, ...]
    reason: str
    reference: str
    by: str
    is_reversed: bool


def row_of(moved: Movement, register: MovementRegister) -> MovementRow:
    """Return a movement as a line of a register."""
    return MovementRow(
        id=moved.id,
        on=moved.on,
        what=moved.get_kind_display(),
        account=moved.account.name,
        ledger=ledger_label(moved.ledger) if moved.ledger else None,
        amounts=tuple(
            _money(column.minor(moved), moved.account.currency) for column in register.amounts
        ),
        reason=moved.reason,
        reference=moved.reference,
        by=moved.by.name,
        is_reversed=bool(getattr(moved, "is_reversed", False)),
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
