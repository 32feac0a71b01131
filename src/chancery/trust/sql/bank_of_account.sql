-- The contact that a trust account names as its bank stays a bank: the account says where the money lies.
CREATE FUNCTION trust_keep_bank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM trust_trustbankaccount WHERE firm_id = OLD.firm_id AND bank_id = OLD.contact_id) THEN
    RAISE EXCEPTION 'contact % is the bank of a trust account', OLD.contact_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trust_account_bank_is_a_bank';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER bank_stays_a_bank BEFORE DELETE OR UPDATE ON practice_contactrole
  FOR EACH ROW WHEN (OLD.role = 'bank') EXECUTE FUNCTION trust_keep_bank();
