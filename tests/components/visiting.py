"""Requests to our addresses as the server answers them, without a server, and what nobody should send."""

import asyncio
import gzip
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import brotli
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from components.web import assets, embeds, oembed
from components.web.api.application import ROUTES
from components.web.http.response_cache import ResponseCache
from components.web.http.security_headers import FrameAncestors

HOST = "almaty.test"
HOSTILE = ["x" * 60_000, "\0\x1b[31m\r\nSet-Cookie: a=b", "‮אבג", "🏔" * 5000, "%ff", "'\"><script>", "\ud800"]
API = Starlette(routes=ROUTES)
"""The bare routes of the interface for machines."""
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def fresh() -> Starlette:
    """The addresses of figures with what stands around them, nothing remembered yet."""
    return Starlette(
        routes=[*assets.ROUTES, *embeds.ROUTES, *oembed.ROUTES],
        middleware=[Middleware(ResponseCache), Middleware(FrameAncestors)],
    )


@dataclass
class Answer:
    """What came back: ``sent`` are the bytes on the wire, ``body`` what they say."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        return DECODE[self.headers.get("content-encoding")](self.sent)

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self):
        def never(word):
            raise AssertionError(f"{word} is not JSON")

        return json.loads(self.text, parse_constant=never)


def ask(
    address: str | bytes,
    app: ASGIApp = API,
    method: str = "GET",
    host: bytes = HOST.encode(),
    more: Sequence[tuple[bytes, bytes]] = (),
    **headers: str,
) -> Answer:
    """One request, as uvicorn hands it on; ``headers`` with ``_`` in place of ``-``."""
    raw = address.encode() if isinstance(address, str) else address
    path, _, query = raw.partition(b"?")
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(path).decode(errors="replace"),
        "raw_path": path,
        "root_path": "",
        "query_string": query,
        "headers": [
            (b"host", host),
            *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
            *more,
        ],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 50000),
    }
    # In a thread of its own: the browser tests leave a running loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    found = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))
