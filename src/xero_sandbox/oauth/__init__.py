"""Who may call: apps, consent, tokens and connections."""
