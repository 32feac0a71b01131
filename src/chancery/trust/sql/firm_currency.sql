-- A firm that keeps client money keeps its currency: figures already written would change their meaning.
CREATE FUNCTION trust_keep_firm_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM trust_trustbankaccount WHERE firm_id = NEW.id) THEN
    RAISE EXCEPTION 'firm % has trust bank accounts; its currency stays %', NEW.id, OLD.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'firm_currency_is_fixed';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER currency_is_fixed BEFORE UPDATE OF currency ON practice_firm
  FOR EACH ROW WHEN (OLD.currency <> NEW.currency) EXECUTE FUNCTION trust_keep_firm_currency();
