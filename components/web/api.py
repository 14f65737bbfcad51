"""The interface for machines: progress, targets and measures as JSON, errors as RFC 9457 says."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.export import comparison, measures, progress
from components.export.records import Refused, as_json
from data.dataset import load
from data.judgement import HORIZON

HEADERS = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}


def of_progress(request: Request) -> Response:
    """``GET /api/v1/progress?indicator=…&target=parity&horizon=2050``: one object a district."""
    asked = request.query_params
    target, horizon = asked.get("target", "parity"), asked.get("horizon", str(HORIZON))
    return _answer(request, lambda: progress.progress(load(), asked.get("indicator"), target, horizon))


def of_targets(_: Request) -> Response:
    """``GET /api/v1/targets``: every announced target."""
    return _json(progress.targets(load()))


def of_polycentricity(request: Request) -> Response:
    """``GET /api/v1/polycentricity?indicator=…&period=latest&auezov=periphery``: one object of measures."""
    asked = request.query_params
    period, auezov = asked.get("period"), asked.get("auezov", "periphery")
    return _answer(request, lambda: measures.measures(load(), asked.get("indicator"), period, auezov))


def of_compare(request: Request) -> Response:
    """``GET /api/v1/compare?a=…&b=…&auezov=periphery``: two places on every indicator."""
    asked = request.query_params
    a, b, auezov = asked.get("a"), asked.get("b"), asked.get("auezov", "periphery")
    return _answer(request, lambda: comparison.compare(load(), a, b, auezov))


def _answer(request: Request, record: Callable[[], object]) -> Response:
    try:
        return _json(record())
    except Refused as refused:
        return problem(refused, request.url.path)


def problem(refused: Refused, instance: str) -> Response:
    """A refusal as problem details, with the nearest ids, and all there are, where it names them."""
    body: dict[str, object] = {
        "type": "about:blank",
        "title": refused.title,
        "status": refused.status,
        "detail": refused.detail,
        "instance": instance,
    }
    if refused.nearest is not None:
        body["nearest"] = list(refused.nearest)
    if refused.exists is not None:
        body["exists"] = list(refused.exists)
    return _json(body, refused.status, "application/problem+json")


def _json(body: object, status: int = 200, media_type: str = "application/json") -> Response:
    return Response(as_json(body).encode(), status, HEADERS, media_type)


ROUTES = [
    Route("/api/v1/progress", of_progress, methods=["GET"]),
    Route("/api/v1/targets", of_targets, methods=["GET"]),
    Route("/api/v1/polycentricity", of_polycentricity, methods=["GET"]),
    Route("/api/v1/compare", of_compare, methods=["GET"]),
]
"""Plain functions, so that a first computation does not hold up the other readers."""
