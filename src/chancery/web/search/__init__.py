"""The search box and the page with all results."""
