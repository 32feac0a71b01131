-- Move what accounts hold: from a day on, on that day and every later one. One row a pair (account, day).
-- The caller holds the accounts' balance rows. The checks on ledger_day refuse what no day may show.
-- Nothing here joins one array with another: the plan stays the same for one pair and for a hundred thousand.
CREATE FUNCTION ledger_move_days(firm uuid, accounts uuid[], days date[], by_held bigint[], by_available bigint[])
  RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger_day (account_id, day, firm_id, held_minor, available_minor)
  SELECT moved.account, moved.day, firm, coalesce(before.held_minor, 0), coalesce(before.available_minor, 0)
    FROM unnest(accounts, days) AS moved (account, day)
    LEFT JOIN LATERAL (SELECT d.held_minor, d.available_minor FROM ledger_day d
                        WHERE d.account_id = moved.account AND d.day <= moved.day
                        ORDER BY d.day DESC LIMIT 1) AS before ON true
  ON CONFLICT (account_id, day) DO NOTHING;

  IF cardinality(accounts) = 1 THEN
    UPDATE ledger_day SET held_minor = held_minor + by_held[1], available_minor = available_minor + by_available[1]
     WHERE account_id = accounts[1] AND day >= days[1];
    RETURN;
  END IF;

  WITH moved AS (SELECT * FROM unnest(accounts, days, by_held, by_available) AS m (account_id, day, held, available)),
  firsts AS (SELECT account_id, min(day) AS day FROM moved GROUP BY account_id),
  steps AS (
    SELECT account_id, day, held, available FROM moved
    UNION ALL
    SELECT d.account_id, d.day, 0, 0 FROM firsts f
     CROSS JOIN LATERAL (SELECT * FROM ledger_day x WHERE x.account_id = f.account_id AND x.day >= f.day OFFSET 0) AS d),
  grown AS (
    SELECT account_id, day, sum(sum(held)) OVER so_far AS held, sum(sum(available)) OVER so_far AS available
      FROM steps GROUP BY account_id, day WINDOW so_far AS (PARTITION BY account_id ORDER BY day))
  UPDATE ledger_day d SET held_minor = d.held_minor + g.held, available_minor = d.available_minor + g.available
    FROM grown g
   WHERE d.account_id = g.account_id AND d.day = g.day AND (g.held <> 0 OR g.available <> 0);
END $$;
