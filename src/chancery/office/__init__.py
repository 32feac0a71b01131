"""The firm's own money: the bank accounts that must never be confused with the clients'."""
