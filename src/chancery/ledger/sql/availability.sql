-- Protecting money, ending that, and counting a receipt as cleared early all move what is available and
-- nothing else. What may not be moved so, the checks on ledger_day refuse.
CREATE FUNCTION ledger_move_availability() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ended ledger_availability;
BEGIN
  PERFORM FROM ledger_balance WHERE account_id = NEW.account_id FOR UPDATE;
  IF NEW.kind = 'unprotect' THEN
    SELECT * INTO ended FROM ledger_availability WHERE id = NEW.ends_id;
    IF NOT FOUND OR ended.kind <> 'protect' OR ended.account_id <> NEW.account_id OR ended.amount_minor <> NEW.amount_minor
       OR NEW.from_on < ended.from_on THEN
      RAISE EXCEPTION '% ends no protection of the same money', NEW.id USING ERRCODE = 'CH005';
    END IF;
  ELSIF NEW.kind = 'clear_early' THEN
    PERFORM FROM ledger_entry e
      WHERE e.journal_id = NEW.journal_id AND e.line = NEW.line AND e.account_id = NEW.account_id
        AND e.amount_minor = NEW.amount_minor AND e.clears_on = NEW.until_on AND NEW.from_on >= e.effective_on
        AND e.side = (SELECT side FROM ledger_account WHERE id = NEW.account_id)
        AND NOT EXISTS (SELECT FROM ledger_journal r WHERE r.reverses_id = e.journal_id);
    IF NOT FOUND THEN
      RAISE EXCEPTION '% clears no receipt that waits', NEW.id USING ERRCODE = 'CH005';
    END IF;
  END IF;
  IF NEW.kind = 'clear_early' THEN
    PERFORM ledger_move_days(NEW.firm_id, ARRAY[NEW.account_id, NEW.account_id], ARRAY[NEW.from_on, NEW.until_on],
                             ARRAY[0, 0]::bigint[], ARRAY[NEW.amount_minor, -NEW.amount_minor],
                             ARRAY[NEW.from_on, NEW.until_on]);
  ELSE
    PERFORM ledger_move_days(NEW.firm_id, ARRAY[NEW.account_id], ARRAY[NEW.from_on], ARRAY[0]::bigint[],
                             ARRAY[CASE NEW.kind WHEN 'protect' THEN -NEW.amount_minor ELSE NEW.amount_minor END],
                             ARRAY[NEW.from_on]);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER availability_moves AFTER INSERT ON ledger_availability
  FOR EACH ROW EXECUTE FUNCTION ledger_move_availability();
