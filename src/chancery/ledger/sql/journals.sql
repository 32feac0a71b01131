-- A journal stands with all its lines at the end of the statement that writes it; a reversal is the mirror
-- of what it reverses, no earlier, and its money clears when the original's would have.
CREATE FUNCTION ledger_judge_journals() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  fault record;
BEGIN
  SELECT min(j.id::text) FILTER (WHERE j.entry_count <> (SELECT count(*) FROM ledger_entry e WHERE e.journal_id = j.id))
           AS id, bool_or(j.reverses_id IS NOT NULL) AS reverses INTO fault FROM fresh j;
  IF fault.id IS NOT NULL THEN
    RAISE EXCEPTION 'journal % lacks lines', fault.id USING ERRCODE = 'CH003';
  END IF;

  IF fault.reverses THEN
    SELECT j.id INTO fault
      FROM fresh j LEFT JOIN ledger_journal o ON o.id = j.reverses_id  -- another firm's is not seen here
     WHERE j.reverses_id IS NOT NULL AND (o.id IS NULL
        OR o.reverses_id IS NOT NULL OR o.firm_id <> j.firm_id OR j.effective_on < o.effective_on
        OR o.entry_count <> j.entry_count
        OR EXISTS (SELECT FROM ledger_entry x
                    WHERE x.journal_id = o.id AND NOT EXISTS (
                      SELECT FROM ledger_entry m
                       WHERE m.journal_id = j.id AND m.line = x.line AND m.account_id = x.account_id
                         AND m.side <> x.side AND m.amount_minor = x.amount_minor
                         AND m.clears_on = greatest(j.effective_on, ledger_clears_on(x.journal_id, x.line)))))
     LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'journal % does not mirror what it reverses', fault.id USING ERRCODE = 'CH004';
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- The day from which an entry counts as cleared, an early release included.
CREATE FUNCTION ledger_clears_on(journal uuid, at_line smallint) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT least(e.clears_on, (SELECT v.from_on FROM ledger_availability v
                              WHERE v.kind = 'clear_early' AND v.journal_id = journal AND v.line = at_line))
    FROM ledger_entry e WHERE e.journal_id = journal AND e.line = at_line
$$;

CREATE TRIGGER journals_are_judged AFTER INSERT ON ledger_journal
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_judge_journals();
