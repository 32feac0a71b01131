"""Rules that only the database can judge: which one a write has broken."""

from django.db import IntegrityError


def broken_by(error: IntegrityError) -> str:
    """Return the name of the rule that the database refused by, or nothing where it names none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
