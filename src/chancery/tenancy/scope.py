"""Set the firm inside a transaction, and only there: a pooled connection must never remember it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

_SET = "SELECT set_config('chancery.firm_id', %s, true), set_config('chancery.user_id', %s, true)"
_GET = "SELECT current_setting('chancery.firm_id', true), current_setting('chancery.user_id', true)"


@contextmanager
def firm_scope(firm_id: UUID | None, *, user_id: UUID | None = None) -> Iterator[None]:
    """Run the block in one transaction that sees this firm's rows and no other's.

    Without a firm, only what belongs to the user (where they work) is seen. Both settings end with
    the transaction; inside another scope, the outer one is put back.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = ("", "") if is_outermost else _settings()
        _set(_text(firm_id), _text(user_id))
        yield
        if not is_outermost and not connection.needs_rollback:
            _set(*before)


def _settings() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_GET)
        firm, user = cursor.fetchone()
        return firm or "", user or ""


def _set(firm: str, user: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, [firm, user])


def _text(value: UUID | None) -> str:
    return str(value) if value else ""
