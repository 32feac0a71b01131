-- Who may call what: the program posts and erases words; the rest is called by triggers only.
REVOKE ALL ON FUNCTION
  ledger_post(uuid, timestamptz, bytea, uuid[], date[], text[], text[], text[], uuid[], smallint[], integer[],
    smallint[], uuid[], text[], bigint[], date[]),
  ledger_same_as_before(uuid[], date[], text[], text[], text[], uuid[], integer[], smallint[], uuid[], text[],
    bigint[], date[]),
  ledger_move_days(uuid, uuid[], date[], bigint[], bigint[], date[]),
  ledger_lock(uuid[], date), ledger_erase_words(uuid), ledger_give_balance(), ledger_turn_account(), ledger_turn_period(),
  ledger_judge_entries(), ledger_judge_journals(), ledger_move_availability()
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  ledger_post(uuid, timestamptz, bytea, uuid[], date[], text[], text[], text[], uuid[], smallint[], integer[],
    smallint[], uuid[], text[], bigint[], date[]),
  ledger_lock(uuid[], date), ledger_erase_words(uuid)
  TO chancery_app;
