"""Where contacts are paid to: their bank details in every version, and the calls that checked them."""
