"""Deposit slips: cash and cheques that go to the bank together."""
