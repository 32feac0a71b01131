-- What every new entry must obey, whichever way it came: checked once for all entries of a statement.
-- Most of a posting's time goes to starting statements, so there are few and small ones. Accounts and journals
-- are looked up one by one (OFFSET 0): a table that grows is never read whole.
CREATE FUNCTION ledger_judge_entries() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  line record;
  seen integer := 0;
  balance bigint := 0;
  one_journal uuid;
  earliest date;
  pools_touched uuid[];
  moved_accounts uuid[];
  moved_days date[];
  moved_clears date[];
  moved_held bigint[];
  found record;
  pool uuid;
  locked date;
  closed uuid;
BEGIN
  -- A receipt or a withdrawal, as almost every posting is: two plain lines of one journal in one pool, one of them
  -- of a floored account. Seen so line by line, it needs no adding up.
  FOR line IN
    SELECT e.journal_id, e.account_id, e.effective_on, a.pool_id, a.floored,
           CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END AS debit,
           CASE e.side WHEN a.side THEN e.amount_minor ELSE -e.amount_minor END AS held,
           j.entry_count = 2 AND e.line IN (1, 2) AND e.effective_on = j.effective_on
             AND e.clears_on = e.effective_on AND a.floored IS NOT NULL AS plain
      FROM (SELECT * FROM fresh LIMIT 3) AS e
      LEFT JOIN LATERAL (SELECT x.firm_id, x.entry_count, x.effective_on FROM ledger_journal x
                          WHERE x.id = e.journal_id OFFSET 0) AS j ON j.firm_id = e.firm_id
      LEFT JOIN LATERAL (SELECT x.firm_id, x.pool_id, x.side, x.floored FROM ledger_account x
                          WHERE x.id = e.account_id OFFSET 0) AS a ON a.firm_id = e.firm_id
  LOOP
    seen := seen + 1;
    one_journal := coalesce(one_journal, line.journal_id);
    pools_touched := coalesce(pools_touched, ARRAY[line.pool_id]);
    IF line.plain IS NOT TRUE OR line.journal_id <> one_journal OR line.pool_id <> pools_touched[1] THEN
      seen := 3;
      EXIT;
    END IF;
    balance := balance + line.debit;
    IF line.floored THEN
      moved_accounts := moved_accounts || line.account_id;
      moved_held := moved_held || line.held;
    END IF;
  END LOOP;

  IF seen = 2 AND balance = 0 AND cardinality(moved_accounts) = 1 THEN
    earliest := line.effective_on;
    moved_days := ARRAY[earliest];
    moved_clears := moved_days;
  ELSE
    -- All others are added up in two ways at once: by journal and pool, to see that each line fits its journal and
    -- that each journal balances in each pool; by floored account and day, to see what moves; and by pool.
    SELECT min(journal_id::text) FILTER (WHERE misfits) AS misfit,
           min(journal_id::text) FILTER (WHERE by_journal AND debit <> 0) AS lopsided,
           array_agg(pool_id) FILTER (WHERE by_pool) AS pools, min(effective_on) AS first_on,
           array_agg(account_id) FILTER (WHERE floored) AS accounts, array_agg(effective_on) FILTER (WHERE floored) AS days,
           array_agg(clears_on) FILTER (WHERE floored) AS clears, array_agg(held) FILTER (WHERE floored) AS held INTO found
      FROM (SELECT grouping(e.journal_id) = 0 AS by_journal, grouping(e.journal_id, e.account_id) = 3 AS by_pool,
                   e.journal_id, a.pool_id,
                   e.account_id, a.floored, e.effective_on, e.clears_on,
                   sum(CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END) AS debit,
                   sum(CASE e.side WHEN a.side THEN e.amount_minor ELSE -e.amount_minor END)::bigint AS held,
                   bool_or(a.pool_id IS NULL OR j.entry_count IS NULL OR e.line NOT BETWEEN 1 AND j.entry_count
                           OR e.effective_on <> j.effective_on
                           OR (a.floored AND e.side <> a.side AND e.clears_on <> e.effective_on
                               AND j.reverses_id IS NULL)) AS misfits
              FROM fresh e
              LEFT JOIN LATERAL (SELECT x.firm_id, x.entry_count, x.effective_on, x.reverses_id FROM ledger_journal x
                                  WHERE x.id = e.journal_id OFFSET 0) AS j ON j.firm_id = e.firm_id
              LEFT JOIN LATERAL (SELECT x.firm_id, x.pool_id, x.side, x.floored FROM ledger_account x
                                  WHERE x.id = e.account_id OFFSET 0) AS a ON a.firm_id = e.firm_id
             GROUP BY GROUPING SETS ((e.journal_id, a.pool_id), (a.pool_id),
                                     (e.account_id, a.floored, e.effective_on, e.clears_on))
           ) AS sums;
    IF found.misfit IS NOT NULL THEN
      RAISE EXCEPTION 'a line does not fit journal %', found.misfit USING ERRCODE = 'CH003';
    ELSIF found.lopsided IS NOT NULL THEN
      RAISE EXCEPTION 'journal % does not balance', found.lopsided USING ERRCODE = 'CH002';
    ELSIF found.pools IS NULL THEN
      RETURN NULL;  -- no entry was written
    END IF;
    earliest := found.first_on;
    pools_touched := found.pools;
    moved_accounts := found.accounts;
    moved_days := found.days;
    moved_clears := found.clears;
    moved_held := found.held;
  END IF;

  FOREACH pool IN ARRAY pools_touched LOOP
    -- The lock first, and then the look: a lock of the period that was committed meanwhile is seen.
    PERFORM pg_advisory_xact_lock_shared(ledger_period_number(pool));
    SELECT locked_through INTO locked FROM ledger_periodlock WHERE pool_id = pool ORDER BY turn DESC LIMIT 1;
    -- No lock must be false here, not unknown: unknown would have every line looked at for each account.
    IF coalesce(earliest <= locked, false) AND EXISTS (
         SELECT FROM fresh e
          CROSS JOIN LATERAL (SELECT FROM ledger_account x
                               WHERE x.id = e.account_id AND x.pool_id = pool OFFSET 0) AS a
          WHERE e.effective_on <= locked) THEN
      RAISE EXCEPTION 'the period of % is locked through %', pool, locked USING ERRCODE = 'CH011', DETAIL = locked::text;
    END IF;
  END LOOP;
  IF moved_accounts IS NULL THEN
    RETURN NULL;  -- only bank accounts moved
  END IF;

  -- The balance rows are held already, in the order of their ids, by whoever posts; the update holds them for
  -- others. It leaves a closed ledger as it stands, to be named here and not by a check.
  IF cardinality(moved_accounts) = 1 THEN
    UPDATE ledger_balance b
       SET held_minor = CASE WHEN b.is_closed THEN b.held_minor ELSE b.held_minor + moved_held[1] END,
           last_moved_on = greatest(b.last_moved_on, moved_days[1])
     WHERE b.account_id = moved_accounts[1]
    RETURNING CASE WHEN b.is_closed THEN b.account_id END INTO closed;
  ELSE
    WITH touched AS (
      UPDATE ledger_balance b
         SET held_minor = CASE WHEN b.is_closed THEN b.held_minor ELSE b.held_minor + s.held END,
             last_moved_on = greatest(b.last_moved_on, s.last_on)
        FROM (SELECT m.account_id, sum(m.held)::bigint AS held, max(m.day) AS last_on
                FROM unnest(moved_accounts, moved_days, moved_held) AS m (account_id, day, held)
               GROUP BY m.account_id) AS s
       WHERE b.account_id = s.account_id
      RETURNING b.account_id, b.is_closed)
    SELECT account_id INTO closed FROM touched WHERE is_closed LIMIT 1;
  END IF;
  IF closed IS NOT NULL THEN
    RAISE EXCEPTION 'ledger % is closed', closed USING ERRCODE = 'CH010';
  END IF;

  -- A statement of its own, after the rows are held: it must see what others committed before that.
  PERFORM ledger_move_days(chancery_current_firm(), moved_accounts, moved_days, moved_held, moved_held, moved_clears);
  RETURN NULL;
END $$;

CREATE TRIGGER entries_are_judged AFTER INSERT ON ledger_entry
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_judge_entries();
