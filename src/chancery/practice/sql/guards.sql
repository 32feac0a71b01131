-- Row security, same-firm keys and append-only history for the practice's tables.
ALTER TABLE practice_firm ENABLE ROW LEVEL SECURITY;
ALTER TABLE practice_firm FORCE ROW LEVEL SECURITY;
CREATE POLICY own_firm_only ON practice_firm
  USING (id = (SELECT chancery_current_firm())) WITH CHECK (id = (SELECT chancery_current_firm()));
CREATE POLICY verifier_reads_all ON practice_firm FOR SELECT TO chancery_verifier USING (true);
REVOKE DELETE ON practice_firm FROM chancery_app;

SELECT chancery_protect(protected) FROM unnest(ARRAY[
  'practice_person', 'practice_contact', 'practice_contactrole', 'practice_contactaddress',
  'practice_contactidentifier', 'practice_matter', 'practice_mattertype', 'practice_recordchange',
  'practice_searchentry', 'practice_helpanswer']::regclass[]) AS protected;

-- At sign-in no firm is set yet: a user may see where they themselves work, and nothing else.
CREATE POLICY own_places ON practice_person FOR SELECT USING (user_id = (SELECT chancery_current_user()));
REVOKE DELETE ON practice_person FROM chancery_app;

SELECT chancery_append_only('practice_recordchange');
SELECT chancery_append_only('practice_helpanswer');

SELECT chancery_same_firm('practice_contactrole', 'contact_id', 'practice_contact');
SELECT chancery_same_firm('practice_contactaddress', 'contact_id', 'practice_contact');
SELECT chancery_same_firm('practice_contactidentifier', 'contact_id', 'practice_contact');
SELECT chancery_same_firm('practice_matter', 'client_id', 'practice_contact');
SELECT chancery_same_firm('practice_matter', 'type_id', 'practice_mattertype');
SELECT chancery_same_firm('practice_matter', 'responsible_id', 'practice_person');
SELECT chancery_same_firm('practice_recordchange', 'by_id', 'practice_person');
SELECT chancery_same_firm('practice_helpanswer', 'person_id', 'practice_person');
