"""Compressed files: the coding a browser asks for, the same bytes after it, and no way to any other file."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette

from components.bundles import address
from components.web.assets import ROUTES, assets
from components.web.http import static_files
from tests.components.visiting import ask

NAME = min(name for name in static_files._names() if name.endswith(".js"))
ORIGINAL = (static_files.STATIC / NAME).read_bytes()


async def beyond(scope, receive, send) -> None:
    """What stands behind the packed files: says that it was asked."""
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"beyond"})


STATIC = static_files.PackedStatic(beyond)
OWN = Starlette(routes=ROUTES)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br", "br"),
        ("BR, GZIP", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("gzip", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br; q=0.000", "gzip"),
        ("gzip;q=0, br;q=0", None),
        ("deflate, zstd", None),
        ("identity", None),
        ("", None),
        (None, None),
        ("brotli, gzipped", None),
        (";;;,,q=0", None),
    ],
)
def test_a_file_comes_in_the_coding_that_is_accepted_and_is_the_same_after_it(accepted, coding):
    for app, path, original in (
        (STATIC, f"/static/{NAME}", ORIGINAL),
        (OWN, address("map.js"), assets()[address("map.js").removeprefix("/assets/")].content),
    ):
        answer = ask(path, app, **({} if accepted is None else {"accept_encoding": accepted}))
        headers = answer.headers
        assert answer.status == 200
        assert headers.get("content-encoding") == coding
        assert answer.body == original
        assert headers["content-length"] == str(len(answer.sent))
        assert headers["vary"] == "Accept-Encoding"
        assert "immutable" in headers["cache-control"]
        assert "javascript" in headers["content-type"]
        if coding:
            assert len(answer.sent) < len(original)


def test_packed_fonts_are_not_packed_again():
    name = next(name for name in assets() if name.endswith(".woff2"))
    answer = ask(f"/assets/{name}", OWN, accept_encoding="br, gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body == assets()[name].content


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_passed_on(method):
    assert ask(f"/static/{NAME}", STATIC, method, accept_encoding="br").status == 299


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/map", "/static", "/static/", "/static/nothing.js", "/_stcore/health", "/assets/map.js"),
        *(f"/STATIC/{NAME}", f"//static/{NAME}", f"/static//{NAME}", f"/x/static/{NAME}", f"/static/{NAME}/"),
        *("/static/../index.html", "/static/../../__init__.py", "/static/../../../../../../etc/passwd"),
        *("/static/%2e%2e/index.html", "/static/..%2findex.html", "/static/..\\index.html"),
        *(
            f"/static/./{NAME}",
            f"/static/js/../{NAME}",
            f"/static/{NAME}\0",
            f"/static/{static_files.STATIC}/{NAME}",
        ),
        *("/static//etc/passwd", "/static/~root", "/static/media"),
    ],
)
def test_any_other_path_is_passed_on_and_opens_no_file(path, monkeypatch):
    def never(*_):
        raise AssertionError("a file was opened")

    monkeypatch.setattr(static_files, "_content", never)
    assert ask(path, STATIC, accept_encoding="br").status == 299


@pytest.mark.parametrize(
    "path",
    ["../map.js", "%2e%2e/server.py", "map.js", "fonts/../map.js", "/etc/passwd", "figure.css", "", "\0"],
)
def test_our_own_assets_are_only_those_of_the_list(path):
    assert ask(f"/assets/{path}", OWN, accept_encoding="br").status == 404


def test_only_files_of_streamlit_are_in_the_list():
    assert len(static_files._names()) > 20
    for name in static_files._names():
        assert (static_files.STATIC / name).resolve().is_relative_to(static_files.STATIC.resolve())


def test_an_address_holds_the_hash_of_what_it_serves():
    import hashlib

    for name in ("map.js", "figure.css", "leaflet.js", "explore.js"):
        path = address(name)
        answer = ask(path, OWN)
        assert hashlib.sha256(answer.body).hexdigest()[:12] in path
        assert answer.headers["cache-control"].startswith("public, max-age=31536000")


def test_a_socket_is_passed_on():
    asked = []

    async def app(scope, receive, send):
        asked.append(scope["type"])

    for kind in ("websocket", "lifespan"):
        scope = {"type": kind, "path": f"/static/{NAME}"}
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, static_files.PackedStatic(app)(scope, None, None)).result()
    assert asked == ["websocket", "lifespan"]
