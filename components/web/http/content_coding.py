"""Codings of a body (RFC 9110, 8.4): which one a client accepts, and the body in it."""

from components.export.files.compression import coded

__all__ = ["coded", "coding_for"]

PACKED_ALREADY = ("font/woff2", "image/png", "image/webp", "image/jpeg", "image/gif")


def coding_for(media_type: str, accepted: str) -> str | None:
    """Return the best coding that an Accept-Encoding header accepts for a media type, None for none.

    Brotli before gzip; what is listed with a quality of 0 is refused (RFC 9110, 12.5.3).
    """
    if media_type in PACKED_ALREADY:
        return None
    offered = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        offered[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if offered.get(coding)), None)
