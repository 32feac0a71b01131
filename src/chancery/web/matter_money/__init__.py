"""A matter's client ledgers: what is held, every movement, opening and closing."""
