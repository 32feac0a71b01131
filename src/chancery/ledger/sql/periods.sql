-- Everyone who posts holds the pool's period lightly until commit; whoever locks it holds it alone. So a
-- posting is either in before the lock or sees it, and postings never wait for one another.
CREATE FUNCTION ledger_period_number(pool uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT hashtextextended('ledger period ' || pool::text, 0) $$;

CREATE FUNCTION ledger_locked_through(pool uuid) RETURNS date LANGUAGE sql STABLE AS
$$ SELECT locked_through FROM ledger_periodlock WHERE pool_id = pool ORDER BY turn DESC LIMIT 1 $$;

CREATE FUNCTION ledger_turn_period() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(ledger_period_number(NEW.pool_id));
  NEW.turn := 1 + (SELECT count(*) FROM ledger_periodlock WHERE pool_id = NEW.pool_id);
  RETURN NEW;
END $$;

CREATE TRIGGER period_turns BEFORE INSERT ON ledger_periodlock
  FOR EACH ROW EXECUTE FUNCTION ledger_turn_period();
