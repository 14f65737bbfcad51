"""A figure or a table as a file."""
