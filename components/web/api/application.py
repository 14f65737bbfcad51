"""The interface for programs as a FastAPI application: routes, refusals and the OpenAPI document."""

import logging
import re
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.arguments import LATEST, Argument, read_all
from components.export.records.models import PERIOD_SCHEMA
from components.refusal import RequestError, nearest, visible
from components.web.api.operations import BASE, GEOJSON, OPERATIONS, Operation
from components.web.http.problem_details import HEADERS, MEDIA_TYPE, Problem, problem
from components.web.http.responses import conditional_response
from data.dataset import Dataset, load

LOG = logging.getLogger(__name__)

METHODS = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": METHODS,
    **HEADERS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
REFUSALS = {
    "400": "A parameter is missing, unknown, repeated, too long or none of its kind.",
    "403": "A source forbids to redistribute the figures; link is its owner's address.",
    "404": "What the address names does not exist; nearest are the ids most like it.",
    "default": "Any other refusal.",
}
PROBLEM_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
ANSWER_HEADERS: dict[str, Any] = {
    "ETag": {"description": "The sha256 of the body and its coding.", "schema": {"type": "string"}},
    "Cache-Control": {"schema": {"type": "string"}},
}


class GeoJSONResponse(JSONResponse):
    """Names the media type of GeoJSON in the document."""

    media_type = GEOJSON


class Interface(FastAPI):
    """The application; its document has the parameters that the grammar of arguments declares."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 document."""
        if self.openapi_schema is None:
            document, dataset = super().openapi(), load()
            for operation in SERVED:
                document["paths"][operation.path]["get"]["parameters"] = [
                    _parameter(argument, operation, dataset) for argument in operation.arguments
                ]
            document["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return self.openapi_schema or {}


SERVED = (
    *OPERATIONS,
    Operation(f"{BASE}/openapi.json", "openapi", "This document.", lambda *_: API.openapi(), dict[str, Any]),
)
API: Interface = Interface(
    title="Almaty districts",
    version="1.0.0",
    summary="Official figures of Almaty's eight districts, and what they say of its plans.",
    description=(
        "Null is what is not known, never 0. Places are ids. Periods are SDMX: 2023, 2023-12-31 or "
        "2023-01-01/P6M. Every answer has a strong ETag, may be asked for by HEAD or in a single "
        "range of bytes, and may be read from any site. Each indicator names its sources and their "
        "licences; boundaries: OpenStreetMap contributors, ODbL 1.0."
    ),
    license_info={"name": "MIT (the program)", "identifier": "MIT"},
    servers=[{"url": "/"}],
    openapi_url=None,
    docs_url=None,
    redoc_url=None,
    redirect_slashes=False,
)


def _parameter(argument: Argument, operation: Operation, dataset: Dataset) -> dict[str, Any]:
    """Return an argument as OpenAPI writes it."""
    schema: dict[str, Any]
    if argument.bounds:
        schema = {"type": "integer", "minimum": argument.bounds[0], "maximum": argument.bounds[-1]}
    elif argument.kind == "period":
        latest = [{"type": "string", "const": LATEST}] if argument.default == LATEST else []
        schema = {"anyOf": [*latest, *PERIOD_SCHEMA["anyOf"]]}
    else:
        schema = {"type": "string", "enum": list(argument.choices_of(dataset, {}))}
    if argument.default is not None:
        schema["default"] = argument.default
    return {
        "name": argument.key,
        "in": "path" if f"{{{argument.key}}}" in operation.path else "query",
        "description": argument.description,
        "required": argument.required,
        "schema": {"type": "array", "items": schema} if argument.repeatable else schema,
    }


def _endpoint(operation: Operation) -> Callable[[Request], Response]:
    """Return what serves an operation; FastAPI runs it in a thread, so no reader waits for another."""

    def endpoint(request: Request) -> Response:
        sent = [*request.path_params.items(), *request.query_params.multi_items()]
        try:
            dataset = load()
            answer = operation.respond(dataset, read_all(operation.arguments, sent, dataset))
        except RequestError:
            raise
        except Exception as error:
            LOG.exception("%s failed", operation.path)
            raise RequestError(500, "Failed", "this is our mistake; the log says more") from error
        headers = {**HEADERS, **answer.headers}
        return conditional_response(request, answer.content, answer.media_type, headers=headers)

    return endpoint


def _preflight(_: Request) -> Response:
    return Response(status_code=204, headers=PREFLIGHT)


@API.exception_handler(RequestError)
def _refused(request: Request, refusal: RequestError) -> Response:
    return problem(request, refusal)


@API.exception_handler(HTTPException)
def _not_served(request: Request, error: HTTPException) -> Response:
    """Refuse a method, or a path that is none of ours."""
    if error.status_code == 405:
        detail = f"{visible(request.method)} is not allowed here; use GET"
        return problem(request, RequestError(405, "Method not allowed", detail), {"Allow": METHODS})
    paths = tuple(operation.path for operation in SERVED)
    close = nearest(request.scope["path"], paths)
    detail = f'there is nothing at "{visible(request.scope["path"])}"; the nearest are {", ".join(close)}'
    return problem(request, RequestError(404, "Not found", detail, close, paths))


def _serve(operation: Operation) -> None:
    endpoint = _endpoint(operation)
    refusals: dict[int | str, Any] = {
        status: {"description": description, "content": PROBLEM_CONTENT}
        for status, description in REFUSALS.items()
    }
    headers = {**ANSWER_HEADERS, **operation.also.get("headers", {})}
    API.add_api_route(
        operation.path,
        endpoint,
        operation_id=operation.name,
        summary=operation.summary,
        response_description=operation.summary,
        response_model=operation.model,
        response_class=GeoJSONResponse if operation.media_type == GEOJSON else JSONResponse,
        responses={200: {**operation.also, "headers": headers}, **refusals},
    )
    API.add_api_route(operation.path, endpoint, methods=["HEAD"], include_in_schema=False)
    API.add_api_route(operation.path, _preflight, methods=["OPTIONS"], include_in_schema=False)


for _operation in SERVED:
    _serve(_operation)


class Subtree(Route):
    """Serves a path and any below it, with line breaks too, at which paths of Starlette stop."""

    def __init__(self, path: str, app: FastAPI) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(rf"{path}(?:/.*)?\Z", re.DOTALL)


ROUTES = [Subtree("/api", API)]
"""Nothing else is below ``/api``: a path that is not served is refused as everything else is."""
