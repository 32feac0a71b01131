-- The worker learns which firms have a trust account, never what is in it; it then acts as that firm.
CREATE POLICY owner_sees_which_have_accounts ON trust_trustbankaccount
  FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION trust_firms_with_accounts() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT firm_id FROM trust_trustbankaccount ORDER BY firm_id
$$;
REVOKE ALL ON FUNCTION trust_firms_with_accounts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trust_firms_with_accounts() TO chancery_app;
