-- The worker learns which firms' connections were not seen for a while, and acts as that firm then.
CREATE POLICY owner_sees_which_are_connected ON accounting_connection
  FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION accounting_connections_unseen(since timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT firm_id FROM accounting_connection
  WHERE state = 'connected' AND (seen_at IS NULL OR seen_at <= since)
$$;
REVOKE ALL ON FUNCTION accounting_connections_unseen(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounting_connections_unseen(timestamptz) TO chancery_app;
