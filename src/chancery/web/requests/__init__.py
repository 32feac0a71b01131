"""Money that somebody asks to be received, paid out or moved: the list, one request, and its steps."""
