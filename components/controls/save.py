"""Download buttons."""
