"""Requests to the interface for machines without a server, and what nobody should send."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.applications import Starlette

from components.web.api import ROUTES

APP = Starlette(routes=ROUTES)
HOSTILE = ["x" * 60_000, "\0\x1b[31m\r\nSet-Cookie: a=b", "‮אבג", "🏔" * 5000, "%ff", "'\"><script>", "\ud800"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        def never(word):
            raise AssertionError(f"{word} is not JSON")

        return json.loads(self.body.decode("utf-8"), parse_constant=never)


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    """One request to the bare routes, without a server; ``headers`` with ``_`` in place of ``-``."""
    path, _, query = address.partition("?")
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
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (b"host", b"almaty"),
            *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
        ],
        "server": ("almaty", 80),
    }
    # In a thread of its own: the browser tests leave a running loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, APP(scope, receive, send)).result()
    found = {key.decode().lower(): value.decode() for key, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(one.get("body", b"") for one in sent[1:]))
