-- What is final once something was sent, and the one question the vault may ask across firms.

-- Whoever writes down that something was sent holds the firm's choice still until that is committed:
-- otherwise a choice could be taken back in the moment in which its first document arrives.
CREATE FUNCTION accounting_sent_holds_choice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM accounting_packagechoice WHERE firm_id = NEW.firm_id FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER sent_holds_choice BEFORE INSERT ON accounting_sentdocument
  FOR EACH ROW EXECUTE FUNCTION accounting_sent_holds_choice();

-- The organisation that holds our documents is kept, whatever the connection's state.
CREATE FUNCTION accounting_organisation_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.organisation_id = OLD.organisation_id THEN
    RETURN NEW;
  END IF;
  PERFORM FROM accounting_packagechoice WHERE firm_id = OLD.firm_id FOR UPDATE;
  IF EXISTS (SELECT FROM accounting_sentdocument WHERE firm_id = OLD.firm_id) THEN
    RAISE EXCEPTION 'the organisation is final: something was already sent to it'
      USING ERRCODE = 'CH010';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER organisation_is_final BEFORE UPDATE OR DELETE ON accounting_connection
  FOR EACH ROW EXECUTE FUNCTION accounting_organisation_is_final();

-- A lost key is put back, not replaced in silence: the vault asks whether any firm's tokens need it.
CREATE POLICY owner_sees_that_some_are_sealed ON accounting_tokenpair
  FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION accounting_anything_is_sealed() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM accounting_tokenpair)
$$;
REVOKE ALL ON FUNCTION accounting_anything_is_sealed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounting_anything_is_sealed() TO chancery_app;
