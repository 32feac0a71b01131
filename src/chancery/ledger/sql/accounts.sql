-- An account that is floored has a balance row from its first moment, so that there is always a row to
-- lock: a lock on a row that is not there locks nothing.
CREATE FUNCTION ledger_give_balance() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.floored AND NOT EXISTS (SELECT FROM ledger_account WHERE id = NEW.pool_id AND kind = 'trust_bank') THEN
    RAISE EXCEPTION 'the pool of account % is no bank account of its firm', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_pool_is_a_bank_account';
  END IF;
  IF NEW.currency <> (SELECT currency FROM ledger_account WHERE id = NEW.pool_id) THEN
    RAISE EXCEPTION 'account % has another currency than its pool', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_has_its_pools_currency';
  END IF;
  IF NEW.floored THEN
    INSERT INTO ledger_balance (account_id, firm_id, held_minor, is_closed) VALUES (NEW.id, NEW.firm_id, 0, false);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER account_has_a_balance AFTER INSERT ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_give_balance();

-- Closing and opening again are turns, one after the other; the balance row says where the account stands.
CREATE FUNCTION ledger_turn_account() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  stands boolean;
BEGIN
  SELECT is_closed INTO stands FROM ledger_balance WHERE account_id = NEW.account_id FOR UPDATE;
  IF stands IS NULL OR stands = NEW.is_closed THEN
    RAISE EXCEPTION 'account % stands so already', NEW.account_id USING ERRCODE = 'CH015';
  END IF;
  NEW.turn := 1 + (SELECT count(*) FROM ledger_closing WHERE account_id = NEW.account_id);
  UPDATE ledger_balance SET is_closed = NEW.is_closed WHERE account_id = NEW.account_id;
  RETURN NEW;
END $$;

CREATE TRIGGER account_turns BEFORE INSERT ON ledger_closing
  FOR EACH ROW EXECUTE FUNCTION ledger_turn_account();
