"""Answers that are made on request: named by a hash of their content, compressed, not sent twice."""

import hashlib
import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from components.web.http.content_coding import coded, coding_for

LEAST_CODED = 1000
"""Bytes; what is smaller fits into one packet as it is."""


def conditional_response(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    status: int = 200,
    max_age: int = 300,
    headers: Mapping[str, str] = {},
) -> Response:
    """Return a body in the best coding the client accepts, with a strong ETag; 304 where the client has it.

    ``max_age`` is in seconds. The ETag is the sha256 of ``content``, and its coding, since a strong one
    names the bytes that are sent (RFC 9110, 8.8.3.3). ``headers`` are added as they are, except that a
    ``Vary`` joins ours. A HEAD has the headers of the GET and no body; so has a 304, but for those that
    describe the body. One range of bytes is sent alone and not coded, since QGIS reads an address in such
    pieces or not at all; any other Range is ignored (RFC 9110, 14.2).
    """
    coding = coding_for(media_type.partition(";")[0], request.headers.get("accept-encoding", ""))
    ranged = request.method == "GET" and status == 200 and "range" in request.headers
    if len(content) < LEAST_CODED or ranged:
        coding = None
    tag = f'"{hashlib.sha256(content).hexdigest()}{f"-{coding}" if coding else ""}"'
    sent = {
        "Cache-Control": f"public, max-age={max_age}",
        "ETag": tag,
        "Accept-Ranges": "bytes",
        **headers,
        "Vary": ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding"))),
    }
    if (
        status == 200
        and request.method in ("GET", "HEAD")
        and names_tag(",".join(request.headers.getlist("if-none-match")), tag)
    ):
        return Response(status_code=304, headers=sent)
    if coding:
        content = coded(content, coding)
        sent["Content-Encoding"] = coding
    part = _part(request, tag, len(content)) if ranged else None
    if part:
        sent["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
        return Response(content[part.start : part.stop], 206, sent, media_type)
    if request.method == "HEAD":
        sent["Content-Length"] = str(len(content))
        content = b""
    return Response(content, status, sent, media_type)


def names_tag(if_none_match: str, tag: str) -> bool:
    """Say whether If-None-Match names a tag; weak tags match too (RFC 9110, 13.1.2)."""
    return any(entry.strip().removeprefix("W/") in (tag, "*") for entry in if_none_match.split(","))


def _part(request: Request, tag: str, size: int) -> range | None:
    """Return the bytes of a Range header; None where there are none of them, or of another content."""
    asked = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", request.headers["range"].strip(), re.ASCII)
    if asked is None or request.headers.get("if-range", tag) != tag:
        return None
    first, last = int(asked[1]), int(asked[2] or size)
    return range(first, min(last + 1, size)) or None
