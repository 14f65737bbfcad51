"""Scripts and styles of documents and pages, under names that hold a hash of their content."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from components.figures.drawing.outlines import outlines
from components.text.strings import strings
from geo.districts import districts, neighbours
from geo.languages import LANGS
from geo.layers import metro_stations, polycentres

ROOT = Path(__file__).parents[1]
"""Folder of the project."""
ASSETS = ROOT / "components" / "assets"

POLYCENTRE_LABELS = {"north": "left", "eastern_gates": "right", "west": "top", "historical": "right"}
"""On which side of its point a name stands, so that names keep clear of each other."""

STREAMLIT_WORDS = {
    "No results": "control.no_results",
    "Choose an option": "control.choose_option",
    "Choose options": "control.choose_options",
    "Select all": "control.select_all",
    "Clear all": "control.clear_all",
    "Clear value": "control.clear_value",
    "Clear selection": "control.clear_selection",
    "Remove {x}": "control.remove",
    "Copy to clipboard": "control.copy",
    "Copied": "control.copied",
    "Close": "control.close",
    "Dismiss": "control.dismiss",
    "Open": "control.open",
    "Skip to main content": "control.skip",
    "Fullscreen": "control.full_screen",
    "Close fullscreen": "control.leave_full_screen",
    "Please wait...": "control.wait",
    "Loading...": "control.loading",
    "Running...": "control.running",
    "Page not found": "control.no_page",
    "{x} options available.": "control.options",
    "{x} option available.": "control.option",
    "{x} files are not allowed.": "control.not_allowed",
    "File must be {x} or smaller.": "control.too_large",
    "Upload": "layer.choose",
    "file upload": "layer.choose",
    "The page that you have requested does not seem to exist. {x}": "control.no_page_text",
}
"""The keys of our words for what Streamlit's controls say in English only; {x} is whatever stands there."""


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


@cache
def address(name: str) -> str:
    """Return the address of a script or style such as ``figure.css``, ``map.js`` or ``leaflet.js``."""
    return "/assets/" + hashed(name, files()[name])


@cache
def files() -> Mapping[str, bytes]:
    """Return every script and style that a page of this server loads, by name."""
    return {
        "figure.css": (ASSETS / "figure.css").read_bytes(),
        **scripts(),
        "leaflet.js": (ASSETS / "leaflet" / "leaflet.js").read_bytes(),
        "leaflet.css": (ASSETS / "leaflet" / "leaflet.css").read_bytes(),
        "words.js": _control_words() + (ASSETS / "words.js").read_bytes(),
        "explore.js": _explore_layers() + (ASSETS / "explore.js").read_bytes(),
    }


def _control_words() -> bytes:
    """Return what Streamlit says and our words for it as one statement of JavaScript."""
    rows = [[said, {lang: strings(lang)[key] for lang in LANGS}] for said, key in STREAMLIT_WORDS.items()]
    return f"const words = {json.dumps(rows, ensure_ascii=False)};\n".encode()


def _explore_layers() -> bytes:
    """Return the polygons, stations and polycentres as one statement of JavaScript, sent once per browser."""
    stations = [
        {"at": [row.geometry.y, row.geometry.x], **{lang: row[f"name_{lang}"] for lang in LANGS}}
        for _, row in metro_stations().iterrows()
    ]
    centres = [
        {"at": [centre.point[1], centre.point[0]], "side": POLYCENTRE_LABELS[centre.id], **centre.name}
        for centre in polycentres()
        if centre.point
    ]
    layers = {
        "districts": json.loads(districts("map")[["geometry"]].to_json()),
        "stations": stations,
        "polycentres": centres,
    }
    text = json.dumps(layers, ensure_ascii=False, separators=(",", ":"))
    return f"window.almatyLayers = {text};\n".encode()
