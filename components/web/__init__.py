"""The server around the app."""
