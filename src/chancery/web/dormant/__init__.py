"""Money that lies still: the list, what was done about each, and the register to take away."""
