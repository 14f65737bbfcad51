"""Past what one process can serve, new visitors get an honest page; those who are there stay undisturbed."""

import os

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from components.export.documents.html import html_document
from components.figures.drawing.markup import element
from components.text.strings import LANGS, text
from components.web.http.response_cache import PREFIXES as FIGURES
from geo.languages import FALLBACK

STREAM = "/_stcore/stream"
READERS = 250
"""Open pages that one process serves well: one and a half times what the benchmark holds with p95 under 1 s,
for most open pages rest. ``ALMATY2050_READERS`` says otherwise."""
SERVED = ("/api/", "/assets/", *FIGURES)
"""What takes no reader's place, opened in a tab too."""
WAIT_SECONDS = 30
STYLE = "body { font: 1.1rem/1.5 Inter, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }"


def most_readers() -> int:
    """How many open pages are let in.

    Raises
    ------
    ValueError
        Where ``ALMATY2050_READERS`` is not a whole number above 0.
    """
    asked = os.environ.get("ALMATY2050_READERS", str(READERS))
    if not asked.isdigit() or not int(asked):
        raise ValueError(f'ALMATY2050_READERS "{asked}" is not a whole number above 0')
    return int(asked)


class AdmissionLimit:
    """Counts open pages; at the limit a new page gets 503 with when to come again, in three languages."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, count or refuse one connection."""
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            self._open += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._open -= 1
        elif self._open >= self._most and _is_page(scope):
            headers = {"Retry-After": str(WAIT_SECONDS), "Cache-Control": "no-store"}
            await HTMLResponse(page(), 503, headers)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page, rather than for a file, a figure or the interface for machines."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(SERVED):
        return False
    asked = Headers(scope=scope)
    return asked.get("sec-fetch-dest", "document") == "document" and "text/html" in asked.get("accept", "")


def page() -> str:
    """Return the page that says so; it comes back by itself."""
    words = (element("p", text(lang, "notice.busy", seconds=WAIT_SECONDS), lang=lang) for lang in LANGS)
    style = element("style", STYLE)
    return html_document(text(FALLBACK, "app.name"), FALLBACK, [style], words, {"refresh": WAIT_SECONDS})
