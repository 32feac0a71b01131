"""A person's own page: their name, how the screen looks for them, their keys and their password."""
