"""Money received: the list, taking it, the receipt and its printed form."""
