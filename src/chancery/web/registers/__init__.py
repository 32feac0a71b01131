"""The page of all registers of a firm: what each holds, how much, and the latest of it."""
