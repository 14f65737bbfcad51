"""The OpenAPI 3.1 document of the interface for machines, written from what serves it."""

from collections.abc import Sequence

from components.web.api import operations, schemas
from components.web.api.operations import Operation
from components.web.api.parameters import Schema
from data.dataset import Dataset

VERSION = "1.0.0"
HEADERS: Schema = {
    "ETag": {"description": "The sha256 of the body and its coding.", "schema": {"type": "string"}},
    "Cache-Control": {"schema": {"type": "string"}},
}
LINK: Schema = {"Link": {"description": "next and prev page (RFC 8288).", "schema": {"type": "string"}}}
REFUSALS = {
    "400": "A parameter is missing, unknown, repeated, too long or none of its kind.",
    "403": "A source forbids to redistribute the figures; link is its owner's address.",
    "404": "What the address names does not exist; nearest are the ids most like it.",
    "default": "Any other refusal.",
}


def document(served: Sequence[Operation], dataset: Dataset) -> Schema:
    """The document: every operation with its parameters as they are read, and what it answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Almaty districts",
            "version": VERSION,
            "summary": "Official figures of Almaty's eight districts, and what they say of its plans.",
            "description": (
                "Null is what is not known, never 0. Places are ids. Periods are SDMX: 2023, 2023-12-31 or "
                "2023-01-01/P6M. Every answer has a strong ETag, may be asked for by HEAD or in a single "
                "range of bytes, and may be read from any site. Each indicator names its sources and their "
                "licences; boundaries: OpenStreetMap contributors, ODbL 1.0."
            ),
            "license": {"name": "MIT (the program)", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {one.path: {"get": _operation(one, dataset)} for one in served},
        "components": {
            "schemas": {"Problem": schemas.PROBLEM},
            "responses": {
                f"Refused{status}": {
                    "description": description,
                    "content": {operations.PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for status, description in REFUSALS.items()
            },
        },
    }


def _operation(one: Operation, dataset: Dataset) -> Schema:
    pages = any(parameter.name == "offset" for parameter in one.parameters)
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [parameter.document(dataset) for parameter in one.parameters],
        "responses": {
            "200": {
                "description": one.summary,
                "headers": HEADERS | (LINK if pages else {}),
                "content": {media_type: {"schema": schema} for media_type, schema in one.media.items()},
            },
            **{status: {"$ref": f"#/components/responses/Refused{status}"} for status in REFUSALS},
        },
    }
