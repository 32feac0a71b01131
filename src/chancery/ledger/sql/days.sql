-- Move what accounts hold from a day on, that day and every later one, and what of it is available from the day
-- it clears on. The caller holds the accounts' balance rows. The checks on ledger_day refuse what no day may show.
-- Each row is written once, with its final figures.
CREATE FUNCTION ledger_move_days(firm uuid, accounts uuid[], days date[], by_held bigint[], by_available bigint[],
                                 clears date[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- One ledger on one day, as almost every posting moves: the same in a third of the time.
  IF cardinality(accounts) = 1 AND clears[1] = days[1] THEN
    WITH later AS (
      UPDATE ledger_day SET held_minor = held_minor + by_held[1], available_minor = available_minor + by_available[1]
       WHERE account_id = accounts[1] AND day > days[1])
    INSERT INTO ledger_day AS d (account_id, day, firm_id, held_minor, available_minor)
    SELECT accounts[1], days[1], firm, coalesce(b.held_minor, 0) + by_held[1],
           coalesce(b.available_minor, 0) + by_available[1]
      FROM (VALUES (1)) AS one
      LEFT JOIN LATERAL (SELECT x.held_minor, x.available_minor FROM ledger_day x
                          WHERE x.account_id = accounts[1] AND x.day <= days[1] ORDER BY x.day DESC LIMIT 1) AS b ON true
    ON CONFLICT (account_id, day) DO UPDATE
      SET held_minor = EXCLUDED.held_minor, available_minor = EXCLUDED.available_minor;
    RETURN;
  END IF;

  -- Nothing here joins one array with another: the plan stays the same for two moves and for a hundred thousand.
  -- ``before`` is what an account held when its first move comes; ``step`` what each later day changed of it.
  WITH moved AS (SELECT * FROM unnest(accounts, days, by_held, by_available, clears)
                   AS m (account_id, day, held, available, clears)),
  firsts AS (SELECT account_id, min(day) AS day FROM moved GROUP BY account_id),
  steps AS (
    SELECT m.account_id, m.day, m.held, CASE m.clears WHEN m.day THEN m.available ELSE 0 END AS available,
           0::bigint AS step_held, 0::bigint AS step_available, false AS is_there FROM moved m
    UNION ALL
    SELECT m.account_id, m.clears, 0, m.available, 0, 0, false FROM moved m WHERE m.clears > m.day
    UNION ALL
    SELECT f.account_id, greatest(d.day, f.day), 0, 0, d.step_held, d.step_available, d.day >= f.day
      FROM firsts f
     CROSS JOIN LATERAL (
       SELECT x.day, x.held_minor - lag(x.held_minor, 1, 0::bigint) OVER later AS step_held,
              x.available_minor - lag(x.available_minor, 1, 0::bigint) OVER later AS step_available
         FROM (SELECT * FROM (SELECT y.day, y.held_minor, y.available_minor FROM ledger_day y
                               WHERE y.account_id = f.account_id AND y.day <= f.day ORDER BY y.day DESC LIMIT 1) AS before
               UNION ALL
               SELECT y.day, y.held_minor, y.available_minor FROM ledger_day y
                WHERE y.account_id = f.account_id AND y.day > f.day) AS x
       WINDOW later AS (ORDER BY x.day)) AS d),
  grown AS (
    SELECT account_id, day, bool_or(is_there) AS is_there,
           (sum(sum(held)::bigint) OVER so_far)::bigint AS held,
           (sum(sum(available)::bigint) OVER so_far)::bigint AS available,
           (sum(sum(step_held)::bigint) OVER so_far)::bigint AS held_before,
           (sum(sum(step_available)::bigint) OVER so_far)::bigint AS available_before
      FROM steps GROUP BY account_id, day WINDOW so_far AS (PARTITION BY account_id ORDER BY day))
  INSERT INTO ledger_day AS d (account_id, day, firm_id, held_minor, available_minor)
  SELECT g.account_id, g.day, firm, g.held_before + g.held, g.available_before + g.available
    FROM grown g WHERE g.held <> 0 OR g.available <> 0 OR NOT g.is_there
  ON CONFLICT (account_id, day) DO UPDATE
    SET held_minor = EXCLUDED.held_minor, available_minor = EXCLUDED.available_minor;
END $$;
