"""The Xero adapter: nobody else reads these modules, and nothing of Xero's words leaves them."""
