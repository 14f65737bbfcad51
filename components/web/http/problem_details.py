"""Refusals as problem details (RFC 9457), read by programs of any site."""

from collections.abc import Mapping
from urllib.parse import quote

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from components.export.records.json_records import as_json
from components.export.records.models import Url
from components.refusal import RequestError
from components.web.http.responses import conditional_response

MEDIA_TYPE = "application/problem+json"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer for programs, refused or not."""
MAX_PATH = 100
"""Characters of a path that are named back to whoever sent it."""


class Problem(BaseModel, extra="forbid"):
    """Why there is no answer: ``nearest`` are the ids most like the one sent, ``exists`` all there are."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str
    nearest: list[str] = []
    exists: list[str] = []
    link: Url = ""


def problem(request: Request, refusal: RequestError, headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal as problem details, with whatever it names beside its sentence."""
    named = {name: getattr(refusal, name) for name in ("nearest", "exists", "link")}
    body = {
        "type": "about:blank",
        "title": refusal.title,
        "status": refusal.status,
        "detail": refusal.detail,
        "instance": quote(request.scope["path"][:MAX_PATH], errors="replace"),
        **{name: value for name, value in named.items() if value is not None},
    }
    return conditional_response(
        request,
        as_json(body).encode(),
        MEDIA_TYPE,
        status=refusal.status,
        max_age=0 if refusal.status >= 500 else 300,
        headers={**HEADERS, **(headers or {})},
    )
