"""Files the browser asks for: fonts, leaflet, the scripts and styles of the figures, under hashed addresses.

The hash of the content is in the address, so a browser keeps a file for good and still sees a new one.
"""

import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.bundles import ASSETS, hashed, scripts
from components.web.http import responses, static_files
from geo.districts import districts
from geo.languages import LANGS
from geo.layers import metro_stations, polycentres

POLYCENTRE_LABELS = {"north": "left", "eastern_gates": "right", "west": "top", "historical": "right"}
"""On which side of its point a name stands, so that names keep clear of each other."""


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """What is served below ``/assets/``, by path: fonts under plain names, the rest under hashed ones."""
    served = {}
    for path in (ASSETS / "fonts").glob("*.woff2"):
        served[f"fonts/{path.name}"] = Asset(path.read_bytes(), "font/woff2")
    for name, content in _files().items():
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        served[hashed(name, content)] = Asset(content, media_type)
    return served


@cache
def address(name: str) -> str:
    """The address of a script or style such as ``figure.css``, ``map.js`` or ``leaflet.js``."""
    return "/assets/" + hashed(name, _files()[name])


@cache
def _files() -> Mapping[str, bytes]:
    return {
        "figure.css": (ASSETS / "figure.css").read_bytes(),
        **scripts(),
        "leaflet.js": (ASSETS / "leaflet" / "leaflet.js").read_bytes(),
        "leaflet.css": (ASSETS / "leaflet" / "leaflet.css").read_bytes(),
        "explore.js": _explore_layers() + (ASSETS / "explore.js").read_bytes(),
    }


def _explore_layers() -> bytes:
    """The polygons, stations and polycentres as one statement of JavaScript, sent once a browser."""
    stations = [
        {"at": [row.geometry.y, row.geometry.x], **{lang: row[f"name_{lang}"] for lang in LANGS}}
        for _, row in metro_stations().iterrows()
    ]
    centres = [
        {"at": [one.point[1], one.point[0]], "side": POLYCENTRE_LABELS[one.id], **one.name}
        for one in polycentres()
        if one.point
    ]
    layers = {
        "districts": json.loads(districts("map")[["geometry"]].to_json()),
        "stations": stations,
        "polycentres": centres,
    }
    text = json.dumps(layers, ensure_ascii=False, separators=(",", ":"))
    return f"window.almatyLayers = {text};\n".encode()


def serve(request: Request) -> Response:
    """One asset; 404 for any other path."""
    path = request.path_params["path"]
    asset = assets().get(path)
    if asset is None and re.fullmatch(r"resize-[0-9a-f]{12}\.js", path):
        # It stands in articles that outlive this version: whichever they name, they get today's.
        return responses.conditional_response(request, _files()["resize.js"], "text/javascript")
    if asset is None:
        return Response("Not found", 404, media_type="text/plain")
    return static_files.answer(asset.content, asset.media_type, request.headers.get("accept-encoding", ""))


ROUTES = [Route("/assets/{path:path}", serve, methods=["GET"])]
