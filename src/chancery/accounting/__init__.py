"""The firm's accounting package: which one, how it is connected, what it holds, and what we sent it."""
