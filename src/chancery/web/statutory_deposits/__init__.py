"""What a place asks to lie on statutory deposit: the computation step by step, and when it is due."""
