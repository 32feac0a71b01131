"""The bare database, the figure beside ours: the least that still is a ledger, with no check at all.

Two entries and one balance row a posting; the bank's row is not touched. It is called as ours is: by
Django, in a transaction of the firm.
"""

from collections.abc import Iterable

import psycopg
from django.db import connection

from chancery.ledger.posting import Draft
from chancery.tenancy.scope import firm_scope
from ground.firms import Pool

TABLES = """
CREATE TABLE bare_entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, journal uuid, account uuid,
  side char(1), amount bigint, on_day date, key text UNIQUE);
CREATE TABLE bare_balance (account uuid PRIMARY KEY, pool uuid, amount bigint);
CREATE TABLE bare_day (account uuid, on_day date, amount bigint, PRIMARY KEY (account, on_day));
CREATE INDEX ON bare_balance (pool);
CREATE INDEX ON bare_entry (account, on_day, id);
CREATE FUNCTION bare_post(bank uuid, client uuid, amount bigint, on_day date, key text)
  RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := gen_random_uuid();
BEGIN
  INSERT INTO bare_entry (journal, account, side, amount, on_day, key)
  VALUES (journal, bank, 'D', amount, on_day, key), (journal, client, 'C', amount, on_day, NULL);
  UPDATE bare_balance b SET amount = b.amount + bare_post.amount WHERE b.account = client;
END $$;
CREATE FUNCTION bare_import(
  bank uuid, journals uuid[], clients uuid[], amounts bigint[], days date[], keys text[])
  RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO bare_entry (journal, account, side, amount, on_day, key)
  SELECT j, bank, 'D', a, d, k FROM unnest(journals, amounts, days, keys) AS x (j, a, d, k)
  UNION ALL
  SELECT j, c, 'C', a, d, NULL FROM unnest(journals, clients, amounts, days) AS x (j, c, a, d);
  UPDATE bare_balance b SET amount = b.amount + s.amount
    FROM (SELECT c, sum(a) AS amount FROM unnest(clients, amounts) AS x (c, a) GROUP BY c) AS s
   WHERE b.account = s.c;
END $$;
GRANT ALL ON bare_entry, bare_balance, bare_day TO chancery_app;
"""


def make(owner: str) -> None:
    """Make the tables and functions, as the owner."""
    with psycopg.connect(owner) as connected:
        connected.execute(TABLES)


def open_pool(pool: Pool) -> None:
    """Give each ledger of a pool its bare balance row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bare_balance SELECT unnest(%s::uuid[]), %s, 0",
            [list(pool.ledgers), pool.bank],
        )


def post(pool: Pool, draft: Draft) -> None:
    """Post one receipt."""
    line = draft.lines[1]
    with firm_scope(pool.firm_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT bare_post(%s, %s, %s, %s, %s)",
            [pool.bank, line.account_id, line.amount_minor, draft.on, draft.key],
        )


def post_all(pool: Pool, drafts: list[Draft]) -> None:
    """Post all receipts in one call."""
    arrays = (
        _plain(draft.id for draft in drafts),
        _plain(draft.lines[1].account_id for draft in drafts),
        _plain(draft.lines[1].amount_minor for draft in drafts),
        _plain(draft.on for draft in drafts),
        [draft.key for draft in drafts],
    )
    with firm_scope(pool.firm_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT bare_import(%s, %s::uuid[], %s::uuid[], %s::bigint[], %s::date[], %s::text[])",
            [pool.bank, *arrays],
        )


def copy_of(owner: str, pool: Pool) -> None:
    """Fill the bare tables with what a firm's pool holds, for questions about the same money."""
    with psycopg.connect(owner) as connected:
        connected.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(pool.firm_id)])
        connected.execute(
            """INSERT INTO bare_entry (journal, account, side, amount, on_day)
               SELECT journal_id, account_id, side, amount_minor, effective_on FROM ledger_entry
                ORDER BY effective_on, journal_id, line;
               INSERT INTO bare_day SELECT account_id, day, held_minor FROM ledger_day;
               INSERT INTO bare_balance SELECT b.account_id, a.pool_id, b.held_minor
                 FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id"""
        )


def _plain(values: Iterable[object]) -> str:
    return f"{{{','.join(map(str, values))}}}"
