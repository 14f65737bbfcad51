"""What the naive page loads from other hosts, handed over from npm packages."""

import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Route

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"

FILES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "leaflet.awesome-markers.js": ("leaflet.awesome-markers/dist/leaflet.awesome-markers.js"),
    "leaflet.awesome-markers.css": ("leaflet.awesome-markers/dist/leaflet.awesome-markers.css"),
    "all.min.css": "@fortawesome/fontawesome-free/css/all.min.css",
    "d3.min.js": "d3-v3/d3.min.js",
    "d3.v4.min.js": "d3-v4/build/d3.min.js",
}
"""Last part of an address → file in node_modules."""

EMPTY = ("bootstrap-glyphicons.css", "leaflet.awesome.rotate.min.css")
"""Style sheets in no npm package; the map uses nothing of them."""

TILE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
"""One white pixel in place of a background tile."""

KEEP = {"access-control-allow-origin": "*", "cache-control": "max-age=86400"}


def install() -> None:
    """Install the npm packages where they are missing."""
    if MODULES.is_dir() and all((MODULES / file).is_file() for file in FILES.values()):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("the benchmark needs npm: install Debian package npm")
    subprocess.run([npm, "ci", "--ignore-scripts"], cwd=FOLDER, check=True)


def hand_over(context: BrowserContext) -> None:
    """Answer the context's requests to other hosts from npm packages."""
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), _answer)


def _answer(route: Route) -> None:
    path = urlsplit(route.request.url).path
    name = path.rpartition("/")[2]
    if name in FILES:
        route.fulfill(path=MODULES / FILES[name], headers=KEEP | _type(name))
    elif name in EMPTY:
        route.fulfill(body="", headers=KEEP | _type(name))
    elif re.fullmatch(r"/\d+/\d+/\d+\.png", path):
        route.fulfill(body=TILE, headers=KEEP | {"content-type": "image/png"})
    else:
        route.abort()


def _type(name: str) -> dict[str, str]:
    return {"content-type": "text/css" if name.endswith("css") else "text/javascript"}
