"""What is read: plain rows, joined and sorted, and no function of the ledger."""

_LAST = "9223372036854775807"  # the place of what is not sealed: after all that is
_MOMENT = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""

FIRMS = "SELECT id, encode(convert_to(name, 'UTF8'), 'hex') FROM practice_firm ORDER BY id"

JOURNALS = f"""
SELECT coalesce(s.firm_id, j.firm_id), coalesce(s.number, {_LAST}), s.kind, s.subject_id,
       encode(s.digest, 'hex'), to_char(s.sealed_at, {_MOMENT}), u.journal_id IS NOT NULL,
       j.id, j.firm_id, j.effective_on, to_char(j.recorded_at, {_MOMENT}),
       encode(convert_to(j.kind, 'UTF8'), 'hex'),
       j.actor_id, encode(convert_to(j.key, 'UTF8'), 'hex'), j.reverses_id, encode(j.narrative_digest, 'hex'),
       encode(j.salt, 'hex'), encode(convert_to(j.narrative, 'UTF8'), 'hex'), j.entry_count
  FROM ledger_journal j FULL JOIN ledger_seal s ON s.subject_id = j.id
  LEFT JOIN ledger_unsealed u ON u.journal_id = j.id
 ORDER BY 1, 2, coalesce(j.id, s.subject_id)"""

ENTRIES = f"""
SELECT coalesce(s.firm_id, j.firm_id, e.firm_id), coalesce(s.number, {_LAST}), e.journal_id, e.line, e.firm_id,
       e.account_id, e.side, e.amount_minor, e.effective_on, e.clears_on
  FROM ledger_entry e LEFT JOIN ledger_journal j ON j.id = e.journal_id
  LEFT JOIN ledger_seal s ON s.subject_id = e.journal_id
 ORDER BY 1, 2, 3, 4"""

REVERSED = "SELECT reverses_id FROM ledger_journal WHERE reverses_id IS NOT NULL"

DAYS = """SELECT account_id, day, firm_id, held_minor, available_minor FROM ledger_day
 ORDER BY account_id, day"""

BALANCES = "SELECT account_id, firm_id, held_minor, last_moved_on, is_closed FROM ledger_balance"

STRAYS = """
SELECT 'ledger_unsealed', u.journal_id, u.firm_id FROM ledger_unsealed u
 WHERE NOT EXISTS (SELECT FROM ledger_journal x WHERE x.id = u.journal_id AND x.firm_id = u.firm_id)
UNION ALL
SELECT 'ledger_unsealedevent', u.subject_id, u.firm_id FROM ledger_unsealedevent u
 WHERE NOT EXISTS (
   SELECT FROM (SELECT id, firm_id, 'account' AS kind, opened_at AS recorded_at FROM ledger_account
                UNION ALL SELECT id, firm_id, 'availability', recorded_at FROM ledger_availability
                UNION ALL SELECT id, firm_id, 'closing', recorded_at FROM ledger_closing
                UNION ALL SELECT id, firm_id, 'periodlock', recorded_at FROM ledger_periodlock) AS x
    WHERE (x.id, x.firm_id, x.kind, x.recorded_at) = (u.subject_id, u.firm_id, u.kind, u.recorded_at))"""

PROOFS = """SELECT firm_id, head_number, encode(head_digest, 'hex') FROM ledger_proof
 WHERE head_number > 0 AND finding_count = 0 ORDER BY proved_at"""

# Each gives id, firm, when it was recorded, whether it waits for its seal; then what is sealed, by name.
_WAITS = "EXISTS (SELECT FROM ledger_unsealedevent u WHERE u.subject_id = x.id)"
EVENTS = {
    "account": (
        ("kind", "side", "floored", "currency", "pool", "opened_at"),
        f"""SELECT x.id, x.firm_id, to_char(x.opened_at, {_MOMENT}), {_WAITS}, x.kind, x.side,
                   CASE WHEN x.floored THEN 'yes' ELSE 'no' END, x.currency, x.pool_id,
                   to_char(x.opened_at, {_MOMENT}) FROM ledger_account x""",
    ),
    "availability": (
        ("account", "kind", "amount_minor", "from_on", "until_on", "journal", "line", "ends", "actor",
         "recorded_at"),
        f"""SELECT x.id, x.firm_id, to_char(x.recorded_at, {_MOMENT}), {_WAITS}, x.account_id, x.kind,
                   x.amount_minor, x.from_on, x.until_on, x.journal_id, x.line, x.ends_id, x.actor_id,
                   to_char(x.recorded_at, {_MOMENT}) FROM ledger_availability x""",
    ),
    "closing": (
        ("account", "turn", "is_closed", "actor", "recorded_at"),
        f"""SELECT x.id, x.firm_id, to_char(x.recorded_at, {_MOMENT}), {_WAITS}, x.account_id, x.turn,
                   CASE WHEN x.is_closed THEN 'yes' ELSE 'no' END, x.actor_id,
                   to_char(x.recorded_at, {_MOMENT}) FROM ledger_closing x""",
    ),
    "periodlock": (
        ("pool", "turn", "locked_through", "actor", "recorded_at"),
        f"""SELECT x.id, x.firm_id, to_char(x.recorded_at, {_MOMENT}), {_WAITS}, x.pool_id, x.turn,
                   x.locked_through, x.actor_id, to_char(x.recorded_at, {_MOMENT})
              FROM ledger_periodlock x""",
    ),
}  # fmt: skip
