-- Row security for the outbox, and the one question the worker may ask across firms.
SELECT chancery_protect(protected) FROM unnest(ARRAY[
  'outbox_message', 'outbox_attempt', 'outbox_lane', 'outbox_call']::regclass[]) AS protected;
SELECT chancery_append_only('outbox_attempt');
SELECT chancery_same_firm('outbox_message', 'waits_for_id', 'outbox_message');
SELECT chancery_same_firm('outbox_attempt', 'message_id', 'outbox_message');
SELECT chancery_same_firm('outbox_call', 'lane_id', 'outbox_lane');
REVOKE DELETE ON outbox_message, outbox_lane FROM chancery_app;

-- The worker learns which firms have something due, never what it is; it then acts as that firm.
CREATE POLICY owner_sees_due ON outbox_message FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION outbox_firms_with_work(at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT firm_id FROM outbox_message
  WHERE (state = 'queued' AND not_before <= at) OR (state = 'in_flight' AND lease_until <= at)
$$;
REVOKE ALL ON FUNCTION outbox_firms_with_work(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outbox_firms_with_work(timestamptz) TO chancery_app;
