"""Documents put together from what the firm keeps, in its place's words, the same for every door."""
