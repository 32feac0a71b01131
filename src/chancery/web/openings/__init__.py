"""Admin > Trust accounting > an account: its opening balances, and its history taken over from elsewhere."""
