"""The accounting API: one door that lets calls in, and a file for each endpoint."""
