"""Double entry that cannot be wrong: journals balance, nothing is edited, no ledger falls below zero.

No law and no web here. Accounts belong to a pool: one bank account and all the ledgers whose money lies
in it. Every journal balances within each pool it touches, so what the bank holds is always the sum of
what its ledgers hold. Only ``posting.post`` moves money, and only the SQL function behind it can.
"""
