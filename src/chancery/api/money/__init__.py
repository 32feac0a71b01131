"""Client money for programs: what is held, what was posted, what is asked for, and the deeds that move it."""
