"""What someone else changed meanwhile, field by field."""

from chancery.practice.history import Changes
from chancery.web.shell.timeline import FieldChange


def changes_of(changes: Changes) -> tuple[FieldChange, ...]:
    """Return each changed field with its old and new words; ``shell/missed.html`` shows them as ``missed``."""
    return tuple(FieldChange(field, old, new) for field, (old, new) in changes.items())
