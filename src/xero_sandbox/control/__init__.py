"""The side entrance for tests and rehearsals: faults, clock, limits, and a look at the calls."""
