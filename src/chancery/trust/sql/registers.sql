-- Row security, and facts that never change, for the registers.
SELECT chancery_protect(of_firm), chancery_append_only(of_firm) FROM unnest(ARRAY[
  'trust_controlledaccount', 'trust_transitentry', 'trust_powerentry']::regclass[]) AS of_firm;

SELECT chancery_same_firm(child::regclass, point, parent::regclass) FROM (VALUES
  ('trust_controlledaccount', 'ledger_id', 'trust_trustledger'),
  ('trust_controlledaccount', 'bank_id', 'practice_contact'),
  ('trust_controlledaccount', 'by_id', 'practice_person'),
  ('trust_transitentry', 'matter_id', 'practice_matter'),
  ('trust_transitentry', 'by_id', 'practice_person'),
  ('trust_powerentry', 'power_id', 'trust_powerentry'),
  ('trust_powerentry', 'matter_id', 'practice_matter'),
  ('trust_powerentry', 'by_id', 'practice_person')) AS keys (child, point, parent);
