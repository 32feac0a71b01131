"""The trust accounts as books: what they hold, their ledgers, statement, cash books, trial balance, locks."""
