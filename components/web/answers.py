"""Answers that are made on request: named by a hash of their content, compressed, not sent twice."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from components.web.coding import coded, coding_for

LEAST_CODED = 1000
"""Bytes; what is smaller fits into one packet as it is."""


def answer(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    status: int = 200,
    max_age: int = 300,
    headers: Mapping[str, str] = {},
) -> Response:
    """A body in the best coding the client accepts, with a strong ETag; 304 where the client has it.

    ``max_age`` is in seconds. The ETag is the sha256 of ``content``, and its coding, since a strong one
    names the bytes that are sent (RFC 9110, 8.8.3.3). ``headers`` are added as they are, except that a
    ``Vary`` joins ours. A HEAD has the headers of the GET and no body; so has a 304, but for those that
    describe the body.
    """
    coding = coding_for(media_type.partition(";")[0], request.headers.get("accept-encoding", ""))
    if len(content) < LEAST_CODED:
        coding = None
    tag = f'"{hashlib.sha256(content).hexdigest()}{f"-{coding}" if coding else ""}"'
    sent = {
        "Cache-Control": f"public, max-age={max_age}",
        "ETag": tag,
        **headers,
        "Vary": ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding"))),
    }
    if status == 200 and request.method in ("GET", "HEAD") and _has(request, tag):
        return Response(status_code=304, headers=sent)
    if coding:
        content = coded(content, coding)
        sent["Content-Encoding"] = coding
    if request.method == "HEAD":
        sent["Content-Length"] = str(len(content))
        content = b""
    return Response(content, status, sent, media_type)


def _has(request: Request, tag: str) -> bool:
    """Whether If-None-Match names a tag; weak tags match too (RFC 9110, 13.1.2)."""
    given = ",".join(request.headers.getlist("if-none-match")).split(",")
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in given)
