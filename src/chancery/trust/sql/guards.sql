-- Row security and same-firm keys for the trust tables; a bank account is closed, never deleted.
SELECT chancery_protect('trust_jurisdictionchoice');
SELECT chancery_protect('trust_trustbankaccount');
SELECT chancery_same_firm('trust_jurisdictionchoice', 'chosen_by_id', 'practice_person');
SELECT chancery_same_firm('trust_trustbankaccount', 'bank_id', 'practice_contact');
REVOKE DELETE ON trust_jurisdictionchoice, trust_trustbankaccount FROM chancery_app;
