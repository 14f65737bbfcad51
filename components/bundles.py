"""The scripts of figures in documents, under names that hold a hash of their content."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from components.figures.drawing.outlines import outlines
from geo.districts import neighbours

ROOT = Path(__file__).parents[1]
"""Folder of the project."""
ASSETS = ROOT / "components" / "assets"


@cache
def asset(name: str) -> str:
    """Return the text of a script or style of ``assets/``."""
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def scripts() -> Mapping[str, bytes]:
    """Return the scripts of documents and articles: ``map.js``, ``tip.js``, ``resize.js``."""
    return {
        "map.js": (_places() + asset("map.js")).encode(),
        "resize.js": asset("resize.js").encode(),
        "tip.js": asset("tip.js").encode(),
    }


@cache
def path(script: str) -> str:
    """Return the path of a script on a server or in a published site, without a slash at its beginning."""
    return "assets/" + hashed(script, scripts()[script])


def hashed(name: str, content: bytes) -> str:
    """Return a file name with the hash of its content, so that another content has another address."""
    stem, ending = name.rsplit(".", 1)
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def _places() -> str:
    """Return outline, label point and neighbours of each district in a map, sent once per browser."""
    paths, labels, _ = outlines("map")
    places = {
        district: {"d": paths[district], "x": x, "y": y, "next": neighbours()[district]}
        for district, (x, y) in labels.items()
    }
    return f"const places = {json.dumps(places, separators=(',', ':'))};\n"
