-- Row security for openings and imported history; and that what was finished or posted stands as it is.
SELECT chancery_protect(of_firm) FROM unnest(ARRAY[
  'trust_opening', 'trust_openingledger', 'trust_openingitem', 'trust_historyimport',
  'trust_historyrow']::regclass[]) AS of_firm;

SELECT chancery_same_firm(child::regclass, point, parent::regclass) FROM (VALUES
  ('trust_opening', 'account_id', 'trust_trustbankaccount'),
  ('trust_opening', 'started_by_id', 'practice_person'),
  ('trust_opening', 'finished_by_id', 'practice_person'),
  ('trust_opening', 'undone_by_id', 'practice_person'),
  ('trust_openingledger', 'opening_id', 'trust_opening'),
  ('trust_openingledger', 'matter_id', 'practice_matter'),
  ('trust_openingitem', 'opening_id', 'trust_opening'),
  ('trust_historyimport', 'account_id', 'trust_trustbankaccount'),
  ('trust_historyimport', 'read_by_id', 'practice_person'),
  ('trust_historyimport', 'posted_by_id', 'practice_person'),
  ('trust_historyimport', 'undone_by_id', 'practice_person'),
  ('trust_historyrow', 'batch_id', 'trust_historyimport')) AS keys (child, point, parent);

-- An opening is finished only when bank + deposits not credited - cheques not presented is what the ledgers
-- and the firm's own money hold, to the cent; from then on only its undoing is written.
CREATE FUNCTION trust_turn_opening() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  facts CONSTANT text[] := ARRAY['state', 'undone_by_id', 'undone_at', 'undone_reason'];
  apart bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'opening % is no draft', OLD.id USING ERRCODE = 'CH001';
    END IF;
    RETURN OLD;
  END IF;
  IF (OLD.state, NEW.state) NOT IN (('draft', 'draft'), ('draft', 'finished'), ('finished', 'undone'))
     OR NEW.account_id <> OLD.account_id
     OR (OLD.state = 'finished' AND to_jsonb(NEW) - facts <> to_jsonb(OLD) - facts) THEN
    RAISE EXCEPTION 'opening % stands as it is', OLD.id USING ERRCODE = 'CH001';
  END IF;
  IF (OLD.state, NEW.state) = ('draft', 'finished') THEN
    SELECT NEW.bank_minor - NEW.own_minor
         + coalesce((SELECT sum(CASE kind WHEN 'deposit' THEN amount_minor ELSE -amount_minor END)
                       FROM trust_openingitem WHERE opening_id = NEW.id), 0)
         - coalesce((SELECT sum(amount_minor) FROM trust_openingledger WHERE opening_id = NEW.id), 0) INTO apart;
    IF apart <> 0 THEN
      RAISE EXCEPTION 'opening % is % apart', NEW.id, apart
        USING ERRCODE = 'check_violation', CONSTRAINT = 'trust_opening_agrees';
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER opening_turns BEFORE UPDATE OR DELETE ON trust_opening
  FOR EACH ROW EXECUTE FUNCTION trust_turn_opening();

-- The parts of an opening change only while it is a draft.
CREATE FUNCTION trust_keep_opening_parts() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  part record := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF TG_OP = 'UPDATE'
     OR EXISTS (SELECT FROM trust_opening o WHERE o.id = part.opening_id AND o.state <> 'draft') THEN
    RAISE EXCEPTION 'opening % stands as it is', part.opening_id USING ERRCODE = 'CH001';
  END IF;
  RETURN part;
END $$;

CREATE TRIGGER ledgers_of_opening_stay BEFORE INSERT OR UPDATE OR DELETE ON trust_openingledger
  FOR EACH ROW EXECUTE FUNCTION trust_keep_opening_parts();
CREATE TRIGGER items_of_opening_stay BEFORE INSERT OR UPDATE OR DELETE ON trust_openingitem
  FOR EACH ROW EXECUTE FUNCTION trust_keep_opening_parts();

-- An import that is posted stands; only its undoing is written. One that is only read may be thrown away.
CREATE FUNCTION trust_turn_import() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  facts CONSTANT text[] := ARRAY['state', 'undone_by_id', 'undone_at', 'undone_reason'];
BEGIN
  IF TG_OP = 'DELETE' AND OLD.state = 'read' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'DELETE'
     OR (OLD.state, NEW.state) NOT IN (('read', 'read'), ('read', 'posted'), ('posted', 'undone'))
     OR NEW.account_id <> OLD.account_id
     OR (OLD.state = 'posted' AND to_jsonb(NEW) - facts <> to_jsonb(OLD) - facts) THEN
    RAISE EXCEPTION 'import % stands as it is', OLD.id USING ERRCODE = 'CH001';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER import_turns BEFORE UPDATE OR DELETE ON trust_historyimport
  FOR EACH ROW EXECUTE FUNCTION trust_turn_import();

-- Asked once a statement: an import has a hundred thousand rows. What a row says is never changed, only what
-- was found in it.
CREATE FUNCTION trust_keep_history_rows() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM touched t JOIN trust_historyimport i ON i.id = t.batch_id WHERE i.state <> 'read') THEN
    RAISE EXCEPTION 'the rows of an import that was posted stand as they are' USING ERRCODE = 'CH001';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER rows_stay_added AFTER INSERT ON trust_historyrow
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION trust_keep_history_rows();
CREATE TRIGGER rows_stay_changed AFTER UPDATE ON trust_historyrow
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION trust_keep_history_rows();
CREATE TRIGGER rows_stay_removed AFTER DELETE ON trust_historyrow
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION trust_keep_history_rows();

REVOKE UPDATE ON trust_openingledger, trust_openingitem, trust_historyrow FROM chancery_app;
GRANT UPDATE (findings) ON trust_historyrow TO chancery_app;
REVOKE ALL ON FUNCTION trust_turn_opening(), trust_keep_opening_parts(), trust_turn_import(),
  trust_keep_history_rows() FROM PUBLIC;
