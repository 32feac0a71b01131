"""Admin: the firm's own details, and its people with their roles."""
