-- Row security, and facts that never change, for what was done about money that lies still.
SELECT chancery_protect('trust_dormantstep'), chancery_append_only('trust_dormantstep');

SELECT chancery_same_firm('trust_dormantstep', point, parent::regclass) FROM (VALUES
  ('ledger_id', 'trust_trustledger'),
  ('by_id', 'practice_person')) AS keys (point, parent);
