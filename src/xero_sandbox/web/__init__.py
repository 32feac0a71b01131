"""The pages for a person: what is done by hand inside Xero is done by hand here."""
