"""A movement and the register that tells of it: which one, and the figures it has columns for."""

from chancery.lib.money import Money
from chancery.trust.movements import Movement
from chancery.web.movements.kinds import REGISTERS, MovementRegister
from chancery.web.movements.rows import row_of


def register_of(moved: Movement) -> MovementRegister | None:
    """Return the register that lists a movement first of all, if one does."""
    fitting = (one for one in REGISTERS.values() if moved.kind in one.kinds)
    return next(fitting, None)


def parts_of(moved: Movement) -> list[tuple[str, Money]]:
    """Return the figures of a movement that its register has columns for."""
    listed = register_of(moved)
    if listed is None:
        return [("Amount", Money(moved.amount_minor, moved.account.currency))]
    pairs = zip(listed.amounts, row_of(moved, listed).amounts, strict=True)
    return [(column.title, amount) for column, amount in pairs if amount is not None]
