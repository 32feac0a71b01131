"""The guides inside the product, and what their readers said of them."""
