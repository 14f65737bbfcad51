"""Figures that were asked for before are answered from memory, without a thread and without the framework."""

from cachetools import LRUCache
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.web.http.responses import names_tag

PREFIXES = ("/embed/", "/figures/", "/f/", "/oembed")
LIMIT = 64 * 2**20
"""Bytes of answers that are kept; the longest unused leave first."""
LONGEST_KEY = 3000
"""Bytes of an address and the headers that change its answer; longer ones are not kept."""
HEADER = 100
"""Bytes that a header takes beside its name and value."""
ASKED = (b"accept-encoding", b"accept-language", b"host")
"""Request headers that change an answer."""
UNSENT = (b"content-length", b"content-type", b"content-encoding")
"""Headers of a body, which a 304 does not have."""

Headers = list[tuple[bytes, bytes]]
Key = tuple[str, str, bytes, tuple[tuple[bytes, ...], ...]]


class ResponseCache:
    """Keeps whole answers of 200 that name their content with an ETag."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: LRUCache[Key, tuple[Headers, bytes]] = LRUCache(LIMIT, getsizeof=_weight)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass the request on and keep what comes back."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(PREFIXES):
            await self._app(scope, receive, send)
            return
        given: dict[bytes, tuple[bytes, ...]] = {}
        for name, value in scope["headers"]:  # a header may come twice, and then the answer is of its first
            given[name] = (*given.get(name, ()), value)
        told = tuple(given.get(name, ()) for name in ASKED)
        key = (scope["scheme"], scope["path"], scope["query_string"], told)
        if key in self._kept and b"range" not in given:
            await _send(*self._kept[key], b",".join(given.get(b"if-none-match", ())), send)
        elif len(repr(key)) > LONGEST_KEY or b"if-none-match" in given or b"range" in given:
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, _Kept(self, key, send))

    def keep(self, key: Key, headers: Headers, body: bytes) -> None:
        """Keep an answer; what it displaces is forgotten."""
        if key not in self._kept and len(body) <= LIMIT // 8:
            self._kept[key] = (headers, body)


class _Kept:
    """Passes an answer on and collects it."""

    def __init__(self, ready: ResponseCache, key: Key, send: Send) -> None:
        self._ready, self._key, self._send = ready, key, send
        self._headers: Headers | None = None
        self._body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        await self._send(message)
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            if message["status"] == 200 and any(name.lower() == b"etag" for name, _ in headers):
                self._headers = headers
        elif self._headers is not None:
            self._body.append(message.get("body", b""))
            if not message.get("more_body"):
                self._ready.keep(self._key, self._headers, b"".join(self._body))


def _weight(answer: tuple[Headers, bytes]) -> int:
    """Return about how many bytes an answer takes with its key."""
    headers, body = answer
    return LONGEST_KEY + len(body) + sum(len(name) + len(value) + HEADER for name, value in headers)


async def _send(headers: Headers, body: bytes, if_none_match: bytes, send: Send) -> None:
    tag = next(value for name, value in headers if name.lower() == b"etag")
    if if_none_match and names_tag(if_none_match.decode("latin-1"), tag.decode("latin-1")):
        kept = [(name, value) for name, value in headers if name.lower() not in UNSENT]
        await send({"type": "http.response.start", "status": 304, "headers": kept})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
