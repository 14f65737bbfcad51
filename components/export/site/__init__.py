"""The published site: every figure as files for any web server."""
