"""Pages: translate a request into one deed and its answer into HTML. No rules live here."""
