"""Prove the books anew, from the rows alone: nothing here calls a function of the ledger.

What the database keeps by its triggers and seals by its own text is computed a second time, in Python, so
that the two cannot share a mistake. Only reads, in one snapshot, as the role that may only read.
"""
