"""The scripts of figures in documents, under names that hold a hash of their content."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from components.figures.drawing.outlines import outlines
from geo.districts import neighbours

ASSETS = Path(__file__).parent / "assets"


@cache
def scripts() -> Mapping[str, bytes]:
    """What a document or an article may refer to: ``map.js``, ``tip.js``, ``resize.js``."""
    return {
        "map.js": _places() + (ASSETS / "map.js").read_bytes(),
        "resize.js": (ASSETS / "resize.js").read_bytes(),
        "tip.js": (ASSETS / "tip.js").read_bytes(),
    }


@cache
def path(script: str) -> str:
    """Where a script stands on a server or in a published site, without a slash at its beginning."""
    return "assets/" + hashed(script, scripts()[script])


def hashed(name: str, content: bytes) -> str:
    """A file name with the hash of its content, so that another content has another address."""
    stem, ending = name.rsplit(".", 1)
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def _places() -> bytes:
    """Outline, label point and neighbours of each district in the picture of a map, sent once a browser."""
    paths, labels, _ = outlines("map")
    found = {
        district: {"d": paths[district], "x": x, "y": y, "next": neighbours()[district]}
        for district, (x, y) in labels.items()
    }
    return f"const places = {json.dumps(found, separators=(',', ':'))};\n".encode()
