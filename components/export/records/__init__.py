"""Records for programs: the same for the interface and the command line."""
