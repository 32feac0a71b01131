"""What is to be told to the world, written in the deed's own transaction and delivered after it."""
