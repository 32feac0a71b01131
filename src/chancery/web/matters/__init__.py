"""Matters: the list, one matter, opening, editing, changing its status."""
