"""The door for programs: JSON under /api/v1/, a token for each person, the same deeds as the pages."""
