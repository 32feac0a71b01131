"""The first page: what is left to set up, until everything is."""
