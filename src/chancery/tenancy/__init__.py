"""Which firm a transaction acts for, and the database's own guard that it sees no other."""
