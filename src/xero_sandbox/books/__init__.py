"""What a pretend organisation keeps, and the rules by which Xero lets it be changed. Knows nothing of HTTP."""
