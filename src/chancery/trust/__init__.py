"""Client money: where it lies, what it may be used for, and the rules of each place, as data."""
