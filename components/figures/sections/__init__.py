"""Bodies of pages composed of several figures."""
