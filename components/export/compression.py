"""Content in the codings that browsers accept, the same bytes each time."""

import gzip

import brotli

BROTLI_QUALITY = 6
"""A megabyte takes about 40 ms; higher qualities save a few percent for ten times as long."""
ENDINGS = {"br": "br", "gzip": "gz"}
"""Of a file that stands compressed beside the file itself."""


def coded(content: bytes, coding: str, brotli_quality: int = BROTLI_QUALITY) -> bytes:
    """The content in ``br`` or ``gzip``."""
    if coding == "br":
        return bytes(brotli.compress(content, quality=brotli_quality))
    return gzip.compress(content, 6, mtime=0)
