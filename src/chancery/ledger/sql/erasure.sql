-- A journal is never changed but for one thing that the law may demand: its words are erased, and with
-- them the salt that could tie a guess to the digest. The digest stays, so the seal still holds.
CREATE FUNCTION ledger_journal_keeps_all_but_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.narrative IS NULL AND NEW.salt IS NULL
     AND (to_jsonb(NEW) - 'narrative' - 'salt') = (to_jsonb(OLD) - 'narrative' - 'salt') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'CH001';
END $$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON ledger_journal
  FOR EACH ROW EXECUTE FUNCTION ledger_journal_keeps_all_but_words();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_journal
  FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse_change();

CREATE FUNCTION ledger_erase_words(erased uuid) RETURNS boolean LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE ledger_journal SET narrative = NULL, salt = NULL WHERE id = erased AND narrative IS NOT NULL;
  RETURN FOUND;
END $$;
