"""HTML documents of figures and districts, and the addresses in them."""
