-- Tokens: guarded as every firm's rows are, written once but for their end and their last use.
SELECT chancery_protect('practice_apitoken');
SELECT chancery_same_firm('practice_apitoken', 'person_id', 'practice_person');
REVOKE UPDATE, DELETE ON practice_apitoken FROM chancery_app;
GRANT UPDATE (revoked_at, last_used_at) ON practice_apitoken TO chancery_app;

-- A request names its token before its firm is known. Whoever holds the whole secret learns which row is
-- theirs and of which firm, and nothing of any other: the digest must fit, and no part of it is compared.
CREATE POLICY owner_finds_one ON practice_apitoken FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION practice_api_token(asked_prefix text, asked_digest bytea)
RETURNS TABLE (token uuid, firm uuid, last_used timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id, firm_id, last_used_at FROM practice_apitoken
  WHERE prefix = asked_prefix AND digest = asked_digest AND revoked_at IS NULL
$$;
REVOKE ALL ON FUNCTION practice_api_token(text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION practice_api_token(text, bytea) TO chancery_app;
