-- Hold accounts until commit, in the order of their ids, and say how they stand: what may leave on a day is
-- the least that is available on it or on any later day. Two statements: the second sees what the lock waited for.
CREATE FUNCTION ledger_lock(accounts uuid[], on_day date)
  RETURNS TABLE (account_id uuid, held_minor bigint, available_minor bigint, spendable_minor bigint, is_closed boolean)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  PERFORM FROM (SELECT DISTINCT unnest(accounts) AS id ORDER BY id) AS a
   CROSS JOIN LATERAL (SELECT FROM ledger_balance b WHERE b.account_id = a.id FOR UPDATE) AS held;
  RETURN QUERY
  SELECT b.account_id, b.held_minor, coalesce(day.available_minor, 0),
         least(coalesce(day.available_minor, 0),
               (SELECT min(d.available_minor) FROM ledger_day d WHERE d.account_id = b.account_id AND d.day > on_day)),
         b.is_closed
    FROM (SELECT DISTINCT unnest(accounts) AS id) AS a
   CROSS JOIN LATERAL (SELECT * FROM ledger_balance x WHERE x.account_id = a.id OFFSET 0) AS b
    LEFT JOIN LATERAL (SELECT d.available_minor FROM ledger_day d WHERE d.account_id = a.id AND d.day <= on_day
                        ORDER BY d.day DESC LIMIT 1) AS day ON true;
END $$;
