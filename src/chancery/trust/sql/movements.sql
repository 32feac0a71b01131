-- Row security, and facts that never change, for movements, protections and shortages.
SELECT chancery_protect(of_firm), chancery_append_only(of_firm) FROM unnest(ARRAY[
  'trust_movement', 'trust_protection', 'trust_protectionend', 'trust_deficiency',
  'trust_deficiencystep']::regclass[]) AS of_firm;

SELECT chancery_same_firm(child::regclass, point, parent::regclass) FROM (VALUES
  ('trust_movement', 'account_id', 'trust_trustbankaccount'),
  ('trust_movement', 'ledger_id', 'trust_trustledger'),
  ('trust_movement', 'by_id', 'practice_person'),
  ('trust_protection', 'ledger_id', 'trust_trustledger'),
  ('trust_protection', 'by_id', 'practice_person'),
  ('trust_protectionend', 'protection_id', 'trust_protection'),
  ('trust_protectionend', 'by_id', 'practice_person'),
  ('trust_deficiency', 'account_id', 'trust_trustbankaccount'),
  ('trust_deficiency', 'ledger_id', 'trust_trustledger'),
  ('trust_deficiency', 'by_id', 'practice_person'),
  ('trust_deficiencystep', 'deficiency_id', 'trust_deficiency'),
  ('trust_deficiencystep', 'movement_id', 'trust_movement'),
  ('trust_deficiencystep', 'by_id', 'practice_person')) AS keys (child, point, parent);
