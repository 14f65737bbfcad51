"""The interface for machines: progress and announced targets as JSON, errors as RFC 9457 says."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.export import progress
from components.export.progress import Refused, as_json
from data.dataset import load
from data.judgement import HORIZON

HEADERS = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


def of_progress(request: Request) -> Response:
    """``GET /api/v1/progress?indicator=…&target=parity&horizon=2050``: one object a district."""
    asked = request.query_params
    try:
        found = progress.progress(
            load(), asked.get("indicator"), asked.get("target", "parity"), asked.get("horizon", str(HORIZON))
        )
    except Refused as refused:
        return problem(refused, request.url.path)
    return _json(found)


def of_targets(_: Request) -> Response:
    """``GET /api/v1/targets``: every announced target."""
    return _json(progress.targets(load()))


def problem(refused: Refused, instance: str) -> Response:
    """A refusal as problem details, with the nearest ids where there are any."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": refused.title,
        "status": refused.status,
        "detail": refused.detail,
        "instance": instance,
    }
    if refused.nearest is not None:
        body["nearest"] = list(refused.nearest)
    return _json(body, refused.status, "application/problem+json")


def _json(body: object, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(as_json(body).encode(), status, HEADERS, media_type)


ROUTES = [
    Route("/api/v1/progress", of_progress, methods=["GET"]),
    Route("/api/v1/targets", of_targets, methods=["GET"]),
]
"""Plain functions, so that a first computation does not hold up the other readers."""
