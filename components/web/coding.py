"""Codings of a body (RFC 9110, 8.4): which one a client accepts, and the body in it."""

import gzip

import brotli

PACKED_ALREADY = ("font/woff2", "image/png", "image/webp", "image/jpeg", "image/gif")
BROTLI_QUALITY = 6
"""A megabyte takes about 40 ms; higher qualities save a few percent for ten times as long."""


def coding_for(media_type: str, accepted: str) -> str | None:
    """The best coding among those accepted (an Accept-Encoding header) for a media type, None for none.

    Brotli before gzip; what is listed with a quality of 0 is refused (RFC 9110, 12.5.3).
    """
    if media_type in PACKED_ALREADY:
        return None
    offered = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        offered[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if offered.get(coding)), None)


def coded(content: bytes, coding: str) -> bytes:
    """The same bytes each time, in ``br`` or ``gzip``."""
    if coding == "br":
        return bytes(brotli.compress(content, quality=BROTLI_QUALITY))
    return gzip.compress(content, 9, mtime=0)
