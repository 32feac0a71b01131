"""Commands: start, stop and inspect an installation. Translates words in, does one deed, prints a result."""
