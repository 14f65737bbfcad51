"""Files the browser asks for: fonts, leaflet, the scripts and styles of the figures, under hashed addresses.

The hash of the content is in the address, so a browser keeps a file for good and still sees a new one.
"""

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.bundles import ASSETS, files, hashed
from components.web.http import responses, static_files


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """Return what is served below ``/assets/``, by path: fonts under plain names, the rest under hashes."""
    served = {}
    for path in (ASSETS / "fonts").glob("*.woff2"):
        served[f"fonts/{path.name}"] = Asset(path.read_bytes(), "font/woff2")
    for name, content in files().items():
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        served[hashed(name, content)] = Asset(content, media_type)
    return served


def serve(request: Request) -> Response:
    """One asset; 404 for any other path."""
    path = request.path_params["path"]
    asset = assets().get(path)
    if asset is None and re.fullmatch(r"resize-[0-9a-f]{12}\.js", path):
        # It stands in articles that outlive this version: whichever they name, they get today's.
        return responses.conditional_response(request, files()["resize.js"], "text/javascript")
    if asset is None:
        return Response("Not found", 404, media_type="text/plain")
    return static_files.answer(asset.content, asset.media_type, request.headers.get("accept-encoding", ""))


ROUTES = [Route("/assets/{path:path}", serve, methods=["GET"])]
