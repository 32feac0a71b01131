-- Post n journals in one call: the one way that money moves, for a single deed and for an import alike.
-- Journals and their entries come as parallel arrays; each entry names its journal's id and its own line.
-- Returns a row a journal asked for, in that order: its id, and whether the key had posted it before.
CREATE FUNCTION ledger_post(
  actor uuid, at timestamptz,
  ids uuid[], effective date[], kinds text[], narratives text[], keys text[], reversed uuid[], counts smallint[],
  entry_ids uuid[], entry_lines smallint[], entry_accounts uuid[], entry_sides text[], entry_amounts bigint[],
  entry_effective date[], entry_clears date[])
  RETURNS TABLE (journal_id uuid, was_there boolean) LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp
  -- One plan by the indexes, made once a session: it must not be remembered from when the tables were small.
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  firm uuid := chancery_current_firm();
  seed bytea := uuid_send(gen_random_uuid());
  written bigint;
  known uuid[];
BEGIN
  -- One global order: floored accounts by id, before anything is written. The same key spends from the same
  -- ledgers, so whoever posts it again waits here and then finds the first posting below.
  PERFORM FROM (SELECT DISTINCT unnest(entry_accounts) AS id ORDER BY id) AS a
   CROSS JOIN LATERAL (SELECT FROM ledger_balance b WHERE b.account_id = a.id FOR UPDATE) AS held;

  -- A journal whose key is there already is not written, and gives no row to ``journals``: neither are its
  -- lines. IS TRUE keeps the question about it a hash, for one line and for a hundred thousand.
  WITH journals AS (
    INSERT INTO ledger_journal (id, firm_id, effective_on, recorded_at, kind, narrative, salt, narrative_digest,
                                actor_id, key, reverses_id, entry_count)
    SELECT id, firm, effective_on, at, kind, narrative, salt, sha256(salt || convert_to(narrative, 'UTF8')),
           actor, key, reverses_id, n
      FROM (SELECT *, substr(sha256(seed || uuid_send(id)), 1, 16) AS salt
              FROM unnest(ids, effective, kinds, narratives, keys, reversed, counts)
                AS d (id, effective_on, kind, narrative, key, reverses_id, n)) AS salted
    ON CONFLICT (key, firm_id) DO NOTHING
    RETURNING id),
  queue AS (INSERT INTO ledger_unsealed (journal_id, firm_id) SELECT id, firm FROM journals)
  INSERT INTO ledger_entry (journal_id, line, firm_id, account_id, side, amount_minor, effective_on, clears_on)
  SELECT e.id, e.line, firm, e.account_id, e.side, e.amount_minor, e.effective_on, e.clears_on
    FROM unnest(entry_ids, entry_lines, entry_accounts, entry_sides, entry_amounts, entry_effective, entry_clears)
      AS e (id, line, account_id, side, amount_minor, effective_on, clears_on)
   WHERE (e.id IN (SELECT id FROM journals)) IS TRUE;
  GET DIAGNOSTICS written = ROW_COUNT;

  IF written = cardinality(entry_ids) THEN
    RETURN QUERY SELECT asked, false FROM unnest(ids) AS asked;
    RETURN;
  END IF;
  SELECT array_agg(d.id) INTO known FROM unnest(ids) AS d (id)
   WHERE NOT EXISTS (SELECT FROM ledger_journal x WHERE x.id = d.id);
  RETURN QUERY SELECT * FROM ledger_same_as_before(
    known, ids, effective, kinds, narratives, keys, reversed,
    entry_ids, entry_lines, entry_accounts, entry_sides, entry_amounts, entry_clears);
END $$;

-- A key that was there already: the same content is the same journal, other content is refused.
CREATE FUNCTION ledger_same_as_before(
  known uuid[], ids uuid[], effective date[], kinds text[], narratives text[], keys text[], reversed uuid[],
  entry_ids uuid[], entry_lines smallint[], entry_accounts uuid[], entry_sides text[], entry_amounts bigint[],
  entry_clears date[])
  RETURNS TABLE (journal_id uuid, was_there boolean) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  draft record;
  kept ledger_journal;
  asked text[];
  stands text[];
BEGIN
  FOR draft IN SELECT * FROM unnest(ids, effective, kinds, narratives, keys, reversed)
                 AS d (id, effective_on, kind, narrative, key, reverses_id)
  LOOP
    SELECT * INTO STRICT kept FROM ledger_journal
     WHERE firm_id = chancery_current_firm() AND key = draft.key;
    was_there := draft.id = ANY (known);
    IF was_there THEN
      SELECT array_agg(format('%s %s %s %s', account, side, amount, clears) ORDER BY line) INTO asked
        FROM unnest(entry_ids, entry_lines, entry_accounts, entry_sides, entry_amounts, entry_clears)
          AS l (id, line, account, side, amount, clears) WHERE l.id = draft.id;
      SELECT array_agg(format('%s %s %s %s', account_id, side, amount_minor, clears_on) ORDER BY line) INTO stands
        FROM ledger_entry e WHERE e.journal_id = kept.id;
      IF (kept.effective_on, kept.kind, kept.reverses_id) IS DISTINCT FROM
           (draft.effective_on, draft.kind, draft.reverses_id)
         OR kept.narrative_digest <> sha256(kept.salt || convert_to(draft.narrative, 'UTF8'))
         OR asked IS DISTINCT FROM stands THEN
        RAISE EXCEPTION 'key % names another journal', draft.key USING ERRCODE = 'CH012', DETAIL = draft.key;
      END IF;
    END IF;
    journal_id := kept.id;
    RETURN NEXT;
  END LOOP;
END $$;
