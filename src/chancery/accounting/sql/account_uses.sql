-- An account serves as one thing, and what it serves as is settled when it is written: a trust account
-- can never become an office account, nor the other way round.
CREATE FUNCTION accounting_use_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    -- Only a firm that leaves its package before anything was sent there lets go of its accounts.
    IF EXISTS (SELECT FROM accounting_sentdocument WHERE firm_id = OLD.firm_id) THEN
      RAISE EXCEPTION 'what an account serves as is kept: something was already sent'
        USING ERRCODE = 'CH011';
    END IF;
    RETURN OLD;
  END IF;
  IF (NEW.firm_id, NEW.use, NEW.trust_account_id, NEW.office_account_id)
     IS DISTINCT FROM (OLD.firm_id, OLD.use, OLD.trust_account_id, OLD.office_account_id) THEN
    RAISE EXCEPTION 'an account that serves as one thing never serves as another'
      USING ERRCODE = 'CH011';
  END IF;
  IF OLD.chart_account_id IS NOT NULL AND NEW.use IN ('trust_bank', 'office_bank')
     AND NEW.chart_account_id IS DISTINCT FROM OLD.chart_account_id THEN
    RAISE EXCEPTION 'a bank account keeps its account in the package' USING ERRCODE = 'CH011';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER use_is_settled BEFORE UPDATE OR DELETE ON accounting_accountuse
  FOR EACH ROW EXECUTE FUNCTION accounting_use_is_settled();
