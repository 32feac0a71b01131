"""Taking back what was posted: one form for receipts, withdrawals, transfers and movements."""
