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
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_GET)
            before = cursor.fetchone()
            cursor.execute(_SET, [_text(firm_id), _text(user_id)])
        yield
        if connection.needs_rollback:
            return
        with connection.cursor() as cursor:
            cursor.execute(_SET, [setting or "" for setting in before])


def _text(value: UUID | None) -> str:
    return str(value) if value else ""
