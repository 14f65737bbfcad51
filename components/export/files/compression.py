"""Content in the codings that browsers accept, the same bytes each time."""

import gzip

import brotli

BROTLI_QUALITY = 6
"""A megabyte takes about 40 ms; higher qualities save two percent for ten times as long."""
SMALL = 200_000
"""Bytes that gzip may take its time over: twice as long for one percent."""
ENDINGS = {"br": "br", "gzip": "gz"}
"""Of a file that stands compressed beside the file itself."""


def coded(content: bytes, coding: str) -> bytes:
    """The content in ``br`` or ``gzip``."""
    if coding == "br":
        return bytes(brotli.compress(content, quality=BROTLI_QUALITY))
    return gzip.compress(content, 9 if len(content) < SMALL else 6, mtime=0)
