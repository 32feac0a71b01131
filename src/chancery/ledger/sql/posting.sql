-- Post n journals in one call: the one way that money moves, for a single deed and for an import alike.
-- Journals come as parallel arrays, and so do their entries; each entry names the place of its journal (from 1)
-- and its own line. It takes effect on its journal's day, and clears that day unless a later one is given.
-- ``seed`` is random, of this call alone: from it come the salts that hide the narratives in the seal.
-- Returns a row for each journal that was not written because its key stands already: its place, and what stands.
CREATE FUNCTION ledger_post(
  actor uuid, at timestamptz, seed bytea,
  ids uuid[], effective date[], kinds text[], narratives text[], keys text[], reversed uuid[], counts smallint[],
  entry_places integer[], entry_lines smallint[], entry_accounts uuid[], entry_sides text[], entry_amounts bigint[],
  entry_clears date[])
  RETURNS TABLE (place integer, journal_id uuid) LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp
  -- One plan by the indexes, made once a session: it must not be remembered from when the tables were small.
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  firm uuid := chancery_current_firm();
  written bigint;
BEGIN
  IF cardinality(ids) > 1000 THEN
    PERFORM set_config('work_mem', '64MB', true);  -- an import is sorted in memory
  END IF;

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
  queue AS (INSERT INTO ledger_unsealed (firm_id, journal_id) SELECT firm, id FROM journals)
  INSERT INTO ledger_entry (journal_id, line, firm_id, account_id, side, amount_minor, effective_on, clears_on)
  SELECT ids[e.place], e.line, firm, e.account_id, e.side, e.amount_minor, effective[e.place],
         coalesce(e.clears_on, effective[e.place])
    FROM unnest(entry_places, entry_lines, entry_accounts, entry_sides, entry_amounts, entry_clears)
      AS e (place, line, account_id, side, amount_minor, clears_on)
   WHERE (ids[e.place] IN (SELECT id FROM journals)) IS TRUE;
  GET DIAGNOSTICS written = ROW_COUNT;

  IF written < cardinality(entry_places) THEN
    RETURN QUERY SELECT * FROM ledger_same_as_before(
      ids, effective, kinds, narratives, keys, reversed,
      entry_places, entry_lines, entry_accounts, entry_sides, entry_amounts, entry_clears);
  END IF;
END $$;

-- Keys that stood already: the same content is the same journal, other content is refused.
CREATE FUNCTION ledger_same_as_before(
  ids uuid[], effective date[], kinds text[], narratives text[], keys text[], reversed uuid[],
  entry_places integer[], entry_lines smallint[], entry_accounts uuid[], entry_sides text[], entry_amounts bigint[],
  entry_clears date[])
  RETURNS TABLE (place integer, journal_id uuid) LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  draft record;
BEGIN
  FOR draft IN
    WITH asked AS (
      SELECT l.place, array_agg((account, side::varchar, amount, coalesce(clears, effective[l.place])) ORDER BY line) AS lines
        FROM unnest(entry_places, entry_lines, entry_accounts, entry_sides, entry_amounts, entry_clears)
          AS l (place, line, account, side, amount, clears) GROUP BY l.place)
    SELECT d.place, d.key, kept.id,
           (kept.effective_on, kept.kind, kept.reverses_id) IS NOT DISTINCT FROM (d.effective_on, d.kind, d.reverses_id)
           AND coalesce(kept.narrative_digest = sha256(kept.salt || convert_to(d.narrative, 'UTF8')), true)  -- or erased
           AND asked.lines = (SELECT array_agg((e.account_id, e.side, e.amount_minor, e.clears_on) ORDER BY e.line)
                                FROM ledger_entry e WHERE e.journal_id = kept.id) AS is_same
      FROM unnest(ids, effective, kinds, narratives, keys, reversed)
        WITH ORDINALITY AS d (id, effective_on, kind, narrative, key, reverses_id, place)
      JOIN asked ON asked.place = d.place
     CROSS JOIN LATERAL (SELECT * FROM ledger_journal x
                          WHERE x.key = d.key AND x.firm_id = chancery_current_firm() OFFSET 0) AS kept
     WHERE kept.id <> d.id ORDER BY d.place
  LOOP
    IF draft.is_same IS NOT TRUE THEN
      RAISE EXCEPTION 'key % names another journal', draft.key USING ERRCODE = 'CH012', DETAIL = draft.key;
    END IF;
    place := draft.place;
    journal_id := draft.id;
    RETURN NEXT;
  END LOOP;
END $$;
