-- Who a transaction acts for, and the guards that every firm's table gets.
-- Nothing here needs more than PostgreSQL 15.

CREATE FUNCTION chancery_current_firm() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('chancery.firm_id', true), '')::uuid $$;

CREATE FUNCTION chancery_current_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('chancery.user_id', true), '')::uuid $$;

-- Only the firm of this transaction is seen or written; unset means no rows. Forced, so the owner obeys too.
CREATE FUNCTION chancery_protect(protected regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', protected);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', protected);
  EXECUTE format('CREATE POLICY own_firm_only ON %s
                    USING (firm_id = (SELECT chancery_current_firm()))
                    WITH CHECK (firm_id = (SELECT chancery_current_firm()))', protected);
  EXECUTE format('CREATE POLICY verifier_reads_all ON %s FOR SELECT TO chancery_verifier USING (true)', protected);
END $$;

CREATE FUNCTION chancery_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'CH001';
END $$;

-- Rows are written once. The app role loses the right; a trigger stops the owner as well.
CREATE FUNCTION chancery_append_only(kept regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM chancery_app', kept);
  EXECUTE format('CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON %s
                    FOR EACH ROW EXECUTE FUNCTION chancery_refuse_change()', kept);
  EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION chancery_refuse_change()', kept);
END $$;

-- A row may point only at rows of its own firm: row security does not bind foreign keys, so the key does.
CREATE FUNCTION chancery_same_firm(child regclass, child_column name, parent regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  parent_key text := format('%s_firm_and_id', (SELECT relname FROM pg_class WHERE oid = parent));
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = parent AND conname = parent_key) THEN
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE (firm_id, id)', parent, parent_key);
  END IF;
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (firm_id, %I) REFERENCES %s (firm_id, id)
                    DEFERRABLE INITIALLY DEFERRED',
                 child, format('%s_is_of_same_firm', child_column), child_column, parent);
END $$;

REVOKE ALL ON FUNCTION chancery_protect(regclass), chancery_append_only(regclass),
  chancery_same_firm(regclass, name, regclass) FROM PUBLIC;

-- The program reads and writes rows; it owns nothing and may not truncate, reference or create.
GRANT USAGE ON SCHEMA public TO chancery_app, chancery_verifier;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO chancery_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO chancery_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO chancery_verifier;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO chancery_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO chancery_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO chancery_verifier;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM chancery_app;
