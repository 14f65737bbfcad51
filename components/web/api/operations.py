"""One operation of the interface for machines: its address, what it takes, what it answers."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from components.export.records.json_records import as_json
from components.refusal import RequestError, nearest, visible
from components.web.api.parameters import Asked, Parameter, Schema, read
from components.web.http.responses import conditional_response
from data.dataset import Dataset, load

LOG = logging.getLogger(__name__)

METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "X-Content-Type-Options": "nosniff",
}
JSON = "application/json"
GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8"
PROBLEM = "application/problem+json"
MOST_OF_A_PATH = 100
"""Characters of a path that are named back to whoever sent it."""


@dataclass(frozen=True)
class Made:
    """What an operation answers: a body, its media type, its own headers."""

    content: bytes
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


def json_of(record: object, media_type: str = JSON) -> Made:
    """A record as strict JSON."""
    return Made(as_json(record).encode(), media_type)


@dataclass(frozen=True)
class Operation:
    """A GET below ``/api/``, served as an ASGI application.

    ``make`` answers, or raises ``RequestError``; ``media`` are the media types it may answer with, and their
    JSON Schema.
    """

    path: str
    name: str
    summary: str
    make: Callable[[Dataset, Asked], Made]
    media: Mapping[str, Schema]
    parameters: Sequence[Parameter] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, in a thread: a first computation does not hold up the other readers."""
        response = await run_in_threadpool(self.respond, Request(scope))
        await response(scope, receive, send)

    def respond(self, request: Request) -> Response:
        """The answer to one request: there always is one."""
        if request.method == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "*"}
            age = {"Access-Control-Max-Age": "86400"}
            return Response(status_code=204, headers={"Allow": METHODS, **HEADERS, **allowed, **age})
        if request.method not in ("GET", "HEAD"):
            method = visible(request.method)
            refused = RequestError(405, "Method not allowed", f"{method} is not allowed here; use GET")
            return problem(request, refused, {"Allow": METHODS})
        try:
            sent = [*request.path_params.items(), *request.query_params.multi_items()]
            dataset = load()
            made = self.make(dataset, read(self.parameters, sent, dataset))
        except RequestError as refused:
            return problem(request, refused)
        except Exception:
            LOG.exception("%s failed", self.path)
            return problem(request, RequestError(500, "Failed", "this is our mistake; the log says more"))
        return conditional_response(
            request, made.content, made.media_type, headers={**HEADERS, **made.headers}
        )


def problem(request: Request, refused: RequestError, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal as problem details (RFC 9457), with whatever it names beside its sentence."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": refused.title,
        "status": refused.status,
        "detail": refused.detail,
        "instance": quote(request.scope["path"][:MOST_OF_A_PATH], errors="replace"),
    }
    for name in ("nearest", "exists"):
        if getattr(refused, name) is not None:
            body[name] = list(getattr(refused, name))
    if refused.link is not None:
        body["link"] = refused.link
    return conditional_response(
        *(request, as_json(body).encode(), PROBLEM),
        status=refused.status,
        max_age=0 if refused.status >= 500 else 300,
        headers={**HEADERS, **(headers or {})},
    )


class Below(Route):
    """Any path from one on, whatever letters it has: those of Starlette stop at the end of a line."""

    def __init__(self, path: str, endpoint: ASGIApp) -> None:
        super().__init__(path, endpoint)
        self.path_regex = re.compile(rf"{path}(?:/.*)?\Z", re.DOTALL)


@dataclass(frozen=True)
class Nothing:
    """What answers any path that is none of ``paths``, served as an ASGI application: 404."""

    paths: Sequence[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse one request."""
        request = Request(scope)
        close = nearest(scope["path"], self.paths)
        detail = f'there is nothing at "{visible(scope["path"])}"; the nearest are {", ".join(close)}'
        refused = RequestError(404, "Not found", detail, close, tuple(self.paths))
        await problem(request, refused)(scope, receive, send)
