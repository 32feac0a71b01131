"""Money that leaves: the informed stop before it does, and the record of it afterwards."""
