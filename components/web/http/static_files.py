"""Files from memory, compressed once: our assets, and Streamlit's own, which it sends as they are."""

import mimetypes
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.web.http.content_coding import coded, coding_for

PREFIX = "/static/"
STATIC = Path(streamlit.__file__).parent / "static" / "static"
YEAR_IN_SECONDS = 365 * 24 * 3600
FOR_GOOD = {"Cache-Control": f"public, max-age={YEAR_IN_SECONDS}, immutable", "Vary": "Accept-Encoding"}
"""For addresses that hold a hash of the content, so that another content has another address."""


def answer(content: bytes, media_type: str, accepted: str) -> Response:
    """Return a file for good, in the best coding among those accepted (an Accept-Encoding header)."""
    coding = coding_for(media_type, accepted)
    if coding is None:
        return Response(content, headers=FOR_GOOD, media_type=media_type)
    return Response(
        _packed(content, coding), headers={**FOR_GOOD, "Content-Encoding": coding}, media_type=media_type
    )


@cache
def _packed(content: bytes, coding: str) -> bytes:
    return coded(content, coding)


@cache
def _names() -> frozenset[str]:
    """Return the files Streamlit serves, by their path below ``/static/``: nothing else is ever opened."""
    return frozenset(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file())


@cache
def _content(name: str) -> bytes:
    return (STATIC / name).read_bytes()


class PackedStatic:
    """Answers for Streamlit's scripts, styles, fonts and images, whose names hold a hash; passes on the rest.

    Streamlit keeps their prefix to itself, so this stands in front of it rather than among the routes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve or pass on one request."""
        name = scope["path"].removeprefix(PREFIX) if scope["type"] == "http" else ""
        if scope.get("method") != "GET" or not scope["path"].startswith(PREFIX) or name not in _names():
            await self._app(scope, receive, send)
            return
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        accepted = Headers(scope=scope).get("accept-encoding", "")
        # In a thread: the first compression of a file does not hold up the other readers.
        response = await run_in_threadpool(lambda: answer(_content(name), media_type, accepted))
        await response(scope, receive, send)
