-- Row security for clearances and deposit slips; what was asked, answered or banked never changes.
SELECT chancery_protect(of_firm) FROM unnest(ARRAY[
  'trust_clearancerequest', 'trust_clearanceanswer', 'trust_depositslip', 'trust_depositslipline']::regclass[]) AS of_firm;

SELECT chancery_append_only(kept) FROM unnest(ARRAY[
  'trust_clearancerequest', 'trust_clearanceanswer']::regclass[]) AS kept;

CREATE FUNCTION trust_keep_banked_slip() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'slip % was banked', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'trust_slip_that_was_banked_stays';
END $$;

CREATE TRIGGER banked_slip_stays BEFORE UPDATE ON trust_depositslip
  FOR EACH ROW WHEN (OLD.banked_on IS NOT NULL) EXECUTE FUNCTION trust_keep_banked_slip();

-- A slip is locked while its lines change, so that none is put on a slip that is being banked.
CREATE FUNCTION trust_fill_open_slip() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  line trust_depositslipline := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  PERFORM FROM trust_depositslip s WHERE s.id = line.slip_id AND s.banked_on IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'slip % was banked', line.slip_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trust_slip_that_was_banked_stays';
  END IF;
  RETURN line;
END $$;

CREATE TRIGGER only_open_slip_is_filled BEFORE INSERT OR DELETE ON trust_depositslipline
  FOR EACH ROW EXECUTE FUNCTION trust_fill_open_slip();

REVOKE DELETE ON trust_depositslip FROM chancery_app;
REVOKE UPDATE ON trust_depositslipline FROM chancery_app;
REVOKE ALL ON FUNCTION trust_keep_banked_slip(), trust_fill_open_slip() FROM PUBLIC;

SELECT chancery_same_firm(child::regclass, point, parent::regclass) FROM (VALUES
  ('trust_clearancerequest', 'receipt_id', 'trust_receipt'),
  ('trust_clearancerequest', 'asked_by_id', 'practice_person'),
  ('trust_clearanceanswer', 'request_id', 'trust_clearancerequest'),
  ('trust_clearanceanswer', 'by_id', 'practice_person'),
  ('trust_depositslip', 'account_id', 'trust_trustbankaccount'),
  ('trust_depositslip', 'opened_by_id', 'practice_person'),
  ('trust_depositslip', 'banked_by_id', 'practice_person'),
  ('trust_depositslipline', 'slip_id', 'trust_depositslip'),
  ('trust_depositslipline', 'receipt_id', 'trust_receipt')) AS keys (child, point, parent);
