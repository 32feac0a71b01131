-- Row security for every table of the ledger, and who may write what.
-- The program writes journals, entries, days, balances and seals only through the functions in this folder.
SELECT chancery_protect('ledger_account');
SELECT chancery_protect('ledger_journal');
SELECT chancery_protect('ledger_entry');
SELECT chancery_protect('ledger_day');
SELECT chancery_protect('ledger_balance');
SELECT chancery_protect('ledger_availability');
SELECT chancery_protect('ledger_closing');
SELECT chancery_protect('ledger_periodlock');
SELECT chancery_protect('ledger_seal');
SELECT chancery_protect('ledger_unsealed');

SELECT chancery_same_firm('ledger_account', 'pool_id', 'ledger_account');
SELECT chancery_same_firm('ledger_availability', 'account_id', 'ledger_account');
SELECT chancery_same_firm('ledger_availability', 'ends_id', 'ledger_availability');
SELECT chancery_same_firm('ledger_closing', 'account_id', 'ledger_account');
SELECT chancery_same_firm('ledger_periodlock', 'pool_id', 'ledger_account');
SELECT chancery_same_firm('ledger_balance', 'account_id', 'ledger_account');

SELECT chancery_append_only('ledger_account');
SELECT chancery_append_only('ledger_entry');
SELECT chancery_append_only('ledger_availability');
SELECT chancery_append_only('ledger_closing');
SELECT chancery_append_only('ledger_periodlock');
SELECT chancery_append_only('ledger_seal');

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_journal, ledger_entry, ledger_day, ledger_balance,
  ledger_seal, ledger_unsealed FROM chancery_app;

-- All rows of an account or a pool are of one firm. Unless told, the planner believes that row security, which asks
-- for the firm as well, leaves a small part of them, and sorts them all where it could stop after a page.
CREATE STATISTICS ledger_entry_account_is_of_one_firm (dependencies) ON account_id, firm_id FROM ledger_entry;
CREATE STATISTICS ledger_day_account_is_of_one_firm (dependencies) ON account_id, firm_id FROM ledger_day;
CREATE STATISTICS ledger_account_pool_is_of_one_firm (dependencies) ON pool_id, firm_id FROM ledger_account;
