-- What is kept from entries (days and balances) changes only because an entry, a turn or a protection was
-- written: inside their triggers, never by a statement of somebody's own, the owner's included.
CREATE FUNCTION ledger_kept_by_triggers_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') THEN
    RAISE EXCEPTION 'rows of % are kept by the ledger itself', TG_TABLE_NAME USING ERRCODE = 'CH001';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER kept_by_triggers_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_day
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept_by_triggers_only();
CREATE TRIGGER kept_by_triggers_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_balance
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_kept_by_triggers_only();

-- A snapshot taken before a period was locked would not see the lock, however long one waits for it.
CREATE FUNCTION ledger_sees_what_is_committed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'money moves in transactions that read what is committed' USING ERRCODE = 'CH006';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER sees_what_is_committed BEFORE INSERT ON ledger_journal
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_sees_what_is_committed();
CREATE TRIGGER sees_what_is_committed BEFORE INSERT ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_sees_what_is_committed();

REVOKE ALL ON FUNCTION ledger_kept_by_triggers_only(), ledger_sees_what_is_committed() FROM PUBLIC;
