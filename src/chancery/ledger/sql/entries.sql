-- What every new entry must obey, whichever way it came: checked once for all entries of a statement.
-- Accounts and journals are looked up one by one (OFFSET 0): a table that grows is never read whole.
CREATE FUNCTION ledger_judge_entries() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  fault record;
  part record;
  moved record;
BEGIN
  -- A journal is whole when it is written, takes no further line, and balances in each pool; accounts are its firm's.
  FOR part IN
    SELECT pool_id, min(first_on) AS first_on, bool_or(misfits) AS misfits, bool_or(total <> 0) AS lopsided,
           min(journal_id::text) FILTER (WHERE misfits OR total <> 0) AS journal
      FROM (SELECT e.journal_id, a.pool_id, min(e.effective_on) AS first_on,
                   sum(CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END) AS total,
                   bool_or(a.pool_id IS NULL OR j.entry_count IS NULL OR e.line NOT BETWEEN 1 AND j.entry_count
                           OR e.effective_on <> j.effective_on
                           OR (a.floored AND e.side <> a.side AND e.clears_on <> e.effective_on
                               AND j.reverses_id IS NULL)) AS misfits
              FROM fresh e
              LEFT JOIN LATERAL (SELECT x.firm_id, x.entry_count, x.effective_on, x.reverses_id FROM ledger_journal x
                                  WHERE x.id = e.journal_id OFFSET 0) AS j ON j.firm_id = e.firm_id
              LEFT JOIN LATERAL (SELECT x.firm_id, x.pool_id, x.side, x.floored FROM ledger_account x
                                  WHERE x.id = e.account_id OFFSET 0) AS a ON a.firm_id = e.firm_id
             GROUP BY e.journal_id, a.pool_id) AS journals
     GROUP BY pool_id ORDER BY pool_id
  LOOP
    IF part.misfits THEN
      RAISE EXCEPTION 'a line does not fit journal %', part.journal USING ERRCODE = 'CH003';
    ELSIF part.lopsided THEN
      RAISE EXCEPTION 'journal % does not balance', part.journal USING ERRCODE = 'CH002';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(ledger_period_number(part.pool_id));
    IF part.first_on <= ledger_locked_through(part.pool_id) THEN
      RAISE EXCEPTION 'the period of % is locked through %', part.pool_id, ledger_locked_through(part.pool_id)
        USING ERRCODE = 'CH011', DETAIL = ledger_locked_through(part.pool_id)::text;
    END IF;
  END LOOP;

  -- The rows are held already, in the order of their ids, by whoever posts; the update holds them for others.
  WITH sums AS (
    SELECT e.account_id, max(e.effective_on) AS last_on,
           sum(CASE WHEN e.side = a.side THEN e.amount_minor ELSE -e.amount_minor END) AS held
      FROM fresh e
     CROSS JOIN LATERAL (SELECT x.side FROM ledger_account x WHERE x.id = e.account_id AND x.floored OFFSET 0) AS a
     GROUP BY e.account_id),
  touched AS (
    UPDATE ledger_balance b
       SET held_minor = b.held_minor + s.held, last_moved_on = greatest(b.last_moved_on, s.last_on)
      FROM sums s WHERE b.account_id = s.account_id
    RETURNING b.account_id, b.is_closed)
  SELECT min(account_id::text) AS account INTO fault FROM touched WHERE is_closed;
  IF fault.account IS NOT NULL THEN
    RAISE EXCEPTION 'ledger % is closed', fault.account USING ERRCODE = 'CH010';
  END IF;

  SELECT min(firm::text)::uuid AS firm, array_agg(account_id) AS accounts, array_agg(day) AS days,
         array_agg(held) AS held, array_agg(available) AS available INTO moved
    FROM (SELECT e.account_id, step.day, min(e.firm_id::text) AS firm, sum(step.held * a.sign)::bigint AS held,
                 sum(step.available * a.sign)::bigint AS available
            FROM fresh e
           CROSS JOIN LATERAL (SELECT CASE WHEN e.side = x.side THEN 1 ELSE -1 END AS sign FROM ledger_account x
                                WHERE x.id = e.account_id AND x.floored OFFSET 0) AS a
           CROSS JOIN LATERAL (
             SELECT e.effective_on AS day, e.amount_minor AS held,
                    CASE WHEN e.clears_on = e.effective_on THEN e.amount_minor ELSE 0 END AS available
             UNION ALL
             SELECT e.clears_on, 0, e.amount_minor WHERE e.clears_on > e.effective_on) AS step
           GROUP BY e.account_id, step.day) AS sums;
  IF moved.accounts IS NOT NULL THEN
    PERFORM ledger_move_days(moved.firm, moved.accounts, moved.days, moved.held, moved.available);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER entries_are_judged AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_judge_entries();
