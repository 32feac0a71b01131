-- Answers under keys: guarded as every firm's rows are, never changed, dropped when they are old.
SELECT chancery_protect('practice_apianswer');
SELECT chancery_same_firm('practice_apianswer', 'person_id', 'practice_person');
REVOKE UPDATE, DELETE ON practice_apianswer FROM chancery_app;

-- The program drops old answers of all firms without reading any; a day is always left to repeat a request.
CREATE POLICY owner_sees_age ON practice_apianswer FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_drops_old ON practice_apianswer FOR DELETE TO CURRENT_USER
  USING (at < now() - interval '24 hours');
CREATE FUNCTION practice_drop_api_answers(before timestamptz, most integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH dropped AS (
    DELETE FROM practice_apianswer
    WHERE id IN (SELECT id FROM practice_apianswer
                 WHERE practice_apianswer.at < before ORDER BY practice_apianswer.at LIMIT most)
    RETURNING 1)
  SELECT count(*) FROM dropped
$$;
REVOKE ALL ON FUNCTION practice_drop_api_answers(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION practice_drop_api_answers(timestamptz, integer) TO chancery_app;
