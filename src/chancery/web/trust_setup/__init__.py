"""Admin > Trust accounting: the jurisdiction, the system accounts and the trust bank accounts."""
