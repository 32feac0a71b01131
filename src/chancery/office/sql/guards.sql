-- Row security and same-firm keys for the office tables.
SELECT chancery_protect('office_officebankaccount');
SELECT chancery_same_firm('office_officebankaccount', 'taken_by_id', 'practice_person');
