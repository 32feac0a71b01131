"""Admin > Accounting: the choice of package, the connection to Xero, and the office accounts."""
