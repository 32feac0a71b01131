-- Row security, same-firm keys, and the rule that the choice of package is final once something was sent.
SELECT chancery_protect(protected) FROM unnest(ARRAY[
  'accounting_packagechoice', 'accounting_consent', 'accounting_connection', 'accounting_tokenpair',
  'accounting_chartaccount', 'accounting_taxrate', 'accounting_accountuse',
  'accounting_sentdocument']::regclass[]) AS protected;
SELECT chancery_append_only('accounting_sentdocument');
SELECT chancery_same_firm('accounting_packagechoice', 'chosen_by_id', 'practice_person');
SELECT chancery_same_firm('accounting_consent', 'person_id', 'practice_person');
SELECT chancery_same_firm('accounting_connection', 'connected_by_id', 'practice_person');
SELECT chancery_same_firm('accounting_tokenpair', 'connection_id', 'accounting_connection');
SELECT chancery_same_firm('accounting_accountuse', 'chart_account_id', 'accounting_chartaccount');
SELECT chancery_same_firm('accounting_accountuse', 'trust_account_id', 'trust_trustbankaccount');
SELECT chancery_same_firm('accounting_accountuse', 'office_account_id', 'office_officebankaccount');
SELECT chancery_same_firm('accounting_accountuse', 'decided_by_id', 'practice_person');

CREATE FUNCTION accounting_choice_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM accounting_sentdocument WHERE firm_id = OLD.firm_id) THEN
    RAISE EXCEPTION 'the choice of accounting package is final: something was already sent'
      USING ERRCODE = 'CH010';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER choice_is_final BEFORE UPDATE OR DELETE ON accounting_packagechoice
  FOR EACH ROW EXECUTE FUNCTION accounting_choice_is_final();
