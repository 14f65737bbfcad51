"""Pictures: each a pure function of data and View to a Figure."""
