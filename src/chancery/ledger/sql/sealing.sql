-- The chain of seals: each digest is SHA-256 over the digest before and the text of a row. The text's form is
-- written down in docs/reference/seal.md, and written a second time by ``chancery verify``, in Python.
CREATE FUNCTION ledger_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT replace(replace(said, E'\\', E'\\\\'), E'\n', E'\\n') $$;

CREATE FUNCTION ledger_moment(instant timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

CREATE FUNCTION ledger_text_of_journal(sealed uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT format(E'journal %s\neffective_on %s\nrecorded_at %s\nkind %s\nactor %s\nkey %s\nreverses %s\nnarrative_digest %s\n',
                j.id, to_char(j.effective_on, 'YYYY-MM-DD'), ledger_moment(j.recorded_at), ledger_plain(j.kind), j.actor_id,
                ledger_plain(j.key), coalesce(j.reverses_id::text, '-'), encode(j.narrative_digest, 'hex'))
         || (SELECT string_agg(format(E'line %s %s %s %s %s\n', e.line, e.account_id, e.side, e.amount_minor,
                                      to_char(e.clears_on, 'YYYY-MM-DD')), '' ORDER BY e.line)
               FROM ledger_entry e WHERE e.journal_id = j.id)
    FROM ledger_journal j WHERE j.id = sealed
$$;

CREATE FUNCTION ledger_text_of_event(kind text, sealed uuid) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  CASE kind
  WHEN 'account' THEN RETURN (
    SELECT format(E'account %s\nkind %s\nside %s\nfloored %s\ncurrency %s\npool %s\nopened_at %s\n', id, a.kind, side,
                  CASE WHEN floored THEN 'yes' ELSE 'no' END, currency, pool_id, ledger_moment(opened_at))
      FROM ledger_account a WHERE id = sealed);
  WHEN 'availability' THEN RETURN (
    SELECT format(E'availability %s\naccount %s\nkind %s\namount_minor %s\nfrom_on %s\nuntil_on %s\njournal %s\nline %s\nends %s\n'
                  'actor %s\nrecorded_at %s\n', id, account_id, v.kind, amount_minor, to_char(from_on, 'YYYY-MM-DD'),
                  coalesce(to_char(until_on, 'YYYY-MM-DD'), '-'), coalesce(journal_id::text, '-'), coalesce(line::text, '-'),
                  coalesce(ends_id::text, '-'), actor_id, ledger_moment(recorded_at))
      FROM ledger_availability v WHERE id = sealed);
  WHEN 'closing' THEN RETURN (
    SELECT format(E'closing %s\naccount %s\nturn %s\nis_closed %s\nactor %s\nrecorded_at %s\n', id, account_id, turn,
                  CASE WHEN is_closed THEN 'yes' ELSE 'no' END, actor_id, ledger_moment(recorded_at))
      FROM ledger_closing WHERE id = sealed);
  WHEN 'periodlock' THEN RETURN (
    SELECT format(E'periodlock %s\npool %s\nturn %s\nlocked_through %s\nactor %s\nrecorded_at %s\n', id, pool_id, turn,
                  coalesce(to_char(locked_through, 'YYYY-MM-DD'), '-'), actor_id, ledger_moment(recorded_at))
      FROM ledger_periodlock WHERE id = sealed);
  END CASE;
END $$;

-- Seal what waits, in the order it was recorded; return how much it was. One at a time in a firm: whoever
-- waited for the lock looks anew and sees what the other sealed.
CREATE FUNCTION ledger_seal_next(at_most integer, at timestamptz) RETURNS integer LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  firm uuid := chancery_current_firm();
  last record;
  item record;
  done uuid[] := '{}';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ledger seal ' || firm::text, 0));
  SELECT 0::bigint AS number, decode(repeat('00', 32), 'hex') AS digest
   UNION ALL (SELECT s.number, s.digest FROM ledger_seal s WHERE s.firm_id = firm ORDER BY s.number DESC LIMIT 1)
   ORDER BY number DESC LIMIT 1 INTO last;
  FOR item IN
    SELECT waits.kind, waits.id
      FROM (SELECT 'journal' AS kind, j.id, j.recorded_at
              FROM ledger_unsealed u JOIN ledger_journal j ON j.id = u.journal_id WHERE u.firm_id = firm
            UNION ALL
            SELECT e.kind, e.subject_id, e.recorded_at FROM ledger_unsealedevent e WHERE e.firm_id = firm) AS waits
     ORDER BY waits.recorded_at, waits.id LIMIT at_most
  LOOP
    last.number := last.number + 1;
    last.digest := sha256(last.digest || convert_to(
      format(E'chancery seal 1\nnumber %s\nsealed_at %s\nfirm %s\n', last.number, ledger_moment(at), firm)
      || CASE item.kind WHEN 'journal' THEN ledger_text_of_journal(item.id)
                        ELSE ledger_text_of_event(item.kind, item.id) END, 'UTF8'));
    INSERT INTO ledger_seal (firm_id, number, kind, subject_id, digest, sealed_at)
    VALUES (firm, last.number, item.kind, item.id, last.digest, at);
    done := done || item.id;
  END LOOP;
  DELETE FROM ledger_unsealed WHERE firm_id = firm AND journal_id = ANY (done);
  DELETE FROM ledger_unsealedevent WHERE subject_id = ANY (done);
  RETURN cardinality(done);
END $$;

-- What is no journal queues here; ``ledger_post`` queues journals.
CREATE FUNCTION ledger_queue_for_seal() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_unsealedevent (subject_id, firm_id, kind, recorded_at)
  VALUES (NEW.id, NEW.firm_id, TG_ARGV[0], (to_jsonb(NEW) ->> TG_ARGV[1])::timestamptz);
  RETURN NULL;
END $$;

CREATE TRIGGER waits_for_its_seal AFTER INSERT ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_queue_for_seal('account', 'opened_at');
CREATE TRIGGER waits_for_its_seal AFTER INSERT ON ledger_availability
  FOR EACH ROW EXECUTE FUNCTION ledger_queue_for_seal('availability', 'recorded_at');
CREATE TRIGGER waits_for_its_seal AFTER INSERT ON ledger_closing
  FOR EACH ROW EXECUTE FUNCTION ledger_queue_for_seal('closing', 'recorded_at');
CREATE TRIGGER waits_for_its_seal AFTER INSERT ON ledger_periodlock
  FOR EACH ROW EXECUTE FUNCTION ledger_queue_for_seal('periodlock', 'recorded_at');

SELECT chancery_protect('ledger_unsealedevent');
SELECT chancery_protect('ledger_proof');
SELECT chancery_append_only('ledger_proof');
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_unsealedevent FROM chancery_app;

-- The worker learns which firms have something to seal, never what it is; it then acts as that firm.
CREATE POLICY owner_sees_what_waits ON ledger_unsealed FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_sees_what_waits ON ledger_unsealedevent FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION ledger_firms_with_unsealed() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT firm_id FROM ledger_unsealed UNION SELECT firm_id FROM ledger_unsealedevent
$$;

REVOKE ALL ON FUNCTION ledger_text_of_journal(uuid), ledger_text_of_event(text, uuid), ledger_queue_for_seal(),
  ledger_seal_next(integer, timestamptz), ledger_firms_with_unsealed() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_seal_next(integer, timestamptz), ledger_firms_with_unsealed() TO chancery_app;
