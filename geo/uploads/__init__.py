"""A visitor's own file: read with suspicion in a process of its own."""
