"""Registers that the law asks for beside the ledger: matters' own accounts, money in transit, powers."""
