-- Numbers of documents: given by the database in the document's own transaction, so that none is left out
-- and none is given twice; what rolls back gives its number back.
CREATE FUNCTION trust_give_number() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wanted text := TG_ARGV[0];
  account record;
BEGIN
  SELECT CASE wanted WHEN 'receipt' THEN a.receipt_prefix WHEN 'withdrawal' THEN a.withdrawal_prefix
                     ELSE a.transfer_prefix END AS prefix,
         CASE wanted WHEN 'receipt' THEN a.receipt_first WHEN 'withdrawal' THEN a.withdrawal_first
                     ELSE a.transfer_first END AS first
    INTO account FROM trust_trustbankaccount a WHERE a.id = NEW.account_id;
  UPDATE trust_numberseries s SET last_number = s.last_number + 1
   WHERE s.account_id = NEW.account_id AND s.series = wanted RETURNING s.last_number INTO NEW.number;
  IF NOT FOUND THEN
    INSERT INTO trust_numberseries AS s (id, firm_id, account_id, series, last_number)
    VALUES (gen_random_uuid(), NEW.firm_id, NEW.account_id, wanted, account.first)
    ON CONFLICT (account_id, series) DO UPDATE SET last_number = s.last_number + 1
    RETURNING s.last_number INTO NEW.number;
  END IF;
  NEW.number_shown := account.prefix || NEW.number;
  RETURN NEW;
END $$;

CREATE TRIGGER numbered BEFORE INSERT ON trust_receipt FOR EACH ROW EXECUTE FUNCTION trust_give_number('receipt');
CREATE TRIGGER numbered BEFORE INSERT ON trust_withdrawal
  FOR EACH ROW EXECUTE FUNCTION trust_give_number('withdrawal');
CREATE TRIGGER numbered BEFORE INSERT ON trust_transfer FOR EACH ROW EXECUTE FUNCTION trust_give_number('transfer');

-- All that a receipt is judged by, in one question: a row for each ledger asked for, or one without a ledger.
-- No row means no such account.
CREATE FUNCTION trust_receipt_setting(asked_account uuid, asked_ledgers uuid[])
  RETURNS TABLE (name varchar, currency varchar, status varchar, place varchar, stricter text, ledger_id uuid,
                 matter_number varchar, matter_title varchar, client_name varchar)
  LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
  SELECT a.name, a.currency, a.status, (SELECT c.code FROM trust_jurisdictionchoice c),
         (SELECT s.stricter::text FROM trust_trustsettings s), l.id, m.number, m.title, c.name
    FROM trust_trustbankaccount a
    LEFT JOIN trust_trustledger l ON l.id = ANY (asked_ledgers) AND l.account_id = a.id
    LEFT JOIN practice_matter m ON m.id = l.matter_id
    LEFT JOIN practice_contact c ON c.id = m.client_id
   WHERE a.id = asked_account;
END $$;

-- The receipt with its parts, last in its transaction: whoever wants the next number waits for the least time.
CREATE FUNCTION trust_write_receipt(
  receipt trust_receipt, line_ids uuid[], ledgers uuid[], amounts bigint[], OUT number integer, OUT number_shown varchar)
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO trust_receipt AS r SELECT receipt.* RETURNING r.number, r.number_shown INTO number, number_shown;
  INSERT INTO trust_receiptline (id, firm_id, receipt_id, ledger_id, line, amount_minor)
  SELECT l.id, receipt.firm_id, receipt.id, l.ledger_id, l.line, l.amount
    FROM unnest(line_ids, ledgers, amounts) WITH ORDINALITY AS l (id, ledger_id, amount, line);
END $$;

-- A request that is done is a record of what was released: it changes no more.
CREATE FUNCTION trust_keep_ended_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'request % has ended', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'trust_request_that_ended_stays';
END $$;

CREATE TRIGGER ended_request_stays BEFORE UPDATE ON trust_moneyrequest
  FOR EACH ROW WHEN (OLD.state IN ('done', 'rejected', 'withdrawn')) EXECUTE FUNCTION trust_keep_ended_request();

SELECT chancery_protect(of_firm) FROM unnest(ARRAY[
  'trust_trustledger', 'trust_numberseries', 'trust_trustmattertype', 'trust_trustsettings', 'trust_receipt',
  'trust_receiptline', 'trust_withdrawal', 'trust_transfer', 'trust_reversal', 'trust_payeedetails',
  'trust_payeecheck', 'trust_moneyrequest', 'trust_requeststep']::regclass[]) AS of_firm;

SELECT chancery_append_only(kept) FROM unnest(ARRAY[
  'trust_trustledger', 'trust_receipt', 'trust_receiptline', 'trust_withdrawal', 'trust_transfer',
  'trust_reversal', 'trust_payeedetails', 'trust_payeecheck', 'trust_requeststep']::regclass[]) AS kept;

REVOKE INSERT, UPDATE, DELETE ON trust_numberseries FROM chancery_app;
REVOKE DELETE ON trust_moneyrequest, trust_trustsettings FROM chancery_app;
REVOKE ALL ON FUNCTION trust_give_number(), trust_keep_ended_request(), trust_receipt_setting(uuid, uuid[]),
  trust_write_receipt(trust_receipt, uuid[], uuid[], bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trust_receipt_setting(uuid, uuid[]),
  trust_write_receipt(trust_receipt, uuid[], uuid[], bigint[]) TO chancery_app;

SELECT chancery_same_firm(child::regclass, point, parent::regclass) FROM (VALUES
  ('trust_trustledger', 'account_id', 'trust_trustbankaccount'),
  ('trust_trustledger', 'matter_id', 'practice_matter'),
  ('trust_trustledger', 'opened_by_id', 'practice_person'),
  ('trust_numberseries', 'account_id', 'trust_trustbankaccount'),
  ('trust_trustmattertype', 'matter_type_id', 'practice_mattertype'),
  ('trust_receipt', 'account_id', 'trust_trustbankaccount'),
  ('trust_receipt', 'by_id', 'practice_person'),
  ('trust_receipt', 'payer_id', 'practice_contact'),
  ('trust_receiptline', 'receipt_id', 'trust_receipt'),
  ('trust_receiptline', 'ledger_id', 'trust_trustledger'),
  ('trust_withdrawal', 'account_id', 'trust_trustbankaccount'),
  ('trust_withdrawal', 'ledger_id', 'trust_trustledger'),
  ('trust_withdrawal', 'request_id', 'trust_moneyrequest'),
  ('trust_withdrawal', 'by_id', 'practice_person'),
  ('trust_transfer', 'account_id', 'trust_trustbankaccount'),
  ('trust_transfer', 'source_id', 'trust_trustledger'),
  ('trust_transfer', 'target_id', 'trust_trustledger'),
  ('trust_transfer', 'request_id', 'trust_moneyrequest'),
  ('trust_transfer', 'by_id', 'practice_person'),
  ('trust_reversal', 'account_id', 'trust_trustbankaccount'),
  ('trust_reversal', 'by_id', 'practice_person'),
  ('trust_payeedetails', 'contact_id', 'practice_contact'),
  ('trust_payeedetails', 'entered_by_id', 'practice_person'),
  ('trust_payeecheck', 'details_id', 'trust_payeedetails'),
  ('trust_payeecheck', 'by_id', 'practice_person'),
  ('trust_moneyrequest', 'account_id', 'trust_trustbankaccount'),
  ('trust_moneyrequest', 'ledger_id', 'trust_trustledger'),
  ('trust_moneyrequest', 'target_id', 'trust_trustledger'),
  ('trust_moneyrequest', 'payee_details_id', 'trust_payeedetails'),
  ('trust_moneyrequest', 'assignee_id', 'practice_person'),
  ('trust_moneyrequest', 'asked_by_id', 'practice_person'),
  ('trust_requeststep', 'request_id', 'trust_moneyrequest'),
  ('trust_requeststep', 'by_id', 'practice_person')) AS keys (child, point, parent);
