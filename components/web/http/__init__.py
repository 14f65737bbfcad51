"""HTTP: responses, content coding, caching, admission, security headers."""
