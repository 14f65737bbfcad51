"""The dashboard beside a naive page that shows the same map: see __main__.py."""
