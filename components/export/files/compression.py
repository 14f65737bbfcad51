"""Content in the codings that browsers accept, the same bytes each time."""

import gzip

import brotli

BROTLI_QUALITY = 6
"""A megabyte takes about 40 ms; higher qualities save two percent for ten times as long."""
SMALL = 200_000
"""Maximum size at which gzip may take its time, in bytes: twice as long for one percent."""
ENDINGS = {"br": "br", "gzip": "gz"}
"""Ending of a file that stands compressed beside the file itself, by coding."""


def coded(content: bytes, coding: str) -> bytes:
    """Return content in ``br`` or ``gzip``."""
    if coding == "br":
        return bytes(brotli.compress(content, quality=BROTLI_QUALITY))
    return gzip.compress(content, 9 if len(content) < SMALL else 6, mtime=0)
