"""Hold a whole pool still, and see what was posted in it beside something: for acts on a pool as a unit."""

from datetime import date
from uuid import UUID

from django.db import connection

from chancery.ledger import balances
from chancery.ledger.models import Account

UNDOING = "undo:"
"""How the key of a journal begins that takes a unit back; the pair of them counts as never posted."""


def hold(pool_id: UUID) -> None:
    """Let nothing be posted in a pool by anybody else until commit.

    The ledgers first and then the pool's period, as everyone who posts does: so nobody waits in a ring.
    """
    assert connection.in_atomic_block, "a pool is held until its transaction ends"
    floored = Account.objects.filter(pool_id=pool_id, floored=True)
    balances.lock(list(floored.values_list("id", flat=True)), on=date.max)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(ledger_period_number(%s))", [pool_id])


def others(pool_id: UUID, *, unit: str) -> int:
    """Return how many journals of a pool have keys that do not begin with ``unit:``.

    What was undone as a unit does not count; setting money apart, and ending that, counts as a journal.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [pool_id, f"{unit}:%", pool_id])
        return int(cursor.fetchone()[0])


_OTHERS = """
SELECT (SELECT count(DISTINCT j.id) FROM ledger_account a
          JOIN ledger_entry e ON e.account_id = a.id
          JOIN ledger_journal j ON j.id = e.journal_id
          LEFT JOIN ledger_journal r ON r.reverses_id = j.id
         WHERE a.pool_id = %s AND j.key NOT LIKE %s AND j.key NOT LIKE 'undo:%%'
           AND (r.id IS NULL OR r.key NOT LIKE 'undo:%%'))
     + (SELECT count(*) FROM ledger_account a JOIN ledger_availability v ON v.account_id = a.id
         WHERE a.pool_id = %s)"""
