"""A stand-alone program that behaves as Xero's documentation says; it shares no code with its clients."""
