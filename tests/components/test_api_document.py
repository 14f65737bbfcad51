"""The OpenAPI document: what it says is what is served, tried with requests that follow it or do not."""

import pytest
import schemathesis
from hypothesis import settings
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

from components.web.api.application import SERVED
from data.catalogue import TRANSFORMS
from data.centre_periphery import measurable
from geo.districts import AREAS, TOLERANCE_METRES
from tests.components.visiting import API, ask

CONFIG = SchemathesisConfig(
    seed=2050,
    projects=ProjectsConfig(default=ProjectConfig(generation=GenerationConfig(deterministic=True))),
)
SCHEMA = schemathesis.openapi.from_asgi("/api/v1/openapi.json", API, config=CONFIG)


@SCHEMA.hook
def filter_case(_, case):
    """A place beside itself is refused, which schemas of single parameters cannot say."""
    query = case.query or {}
    return case.path != "/api/v1/compare" or "a" not in query or query["a"] != query.get("b")


@SCHEMA.parametrize()
@settings(max_examples=20, derandomize=True)
def test_requests_that_follow_the_document_and_that_do_not(case):
    case.call_and_validate()


def parameters_of(path: str) -> dict[str, dict]:
    document = ask("/api/v1/openapi.json").json()
    return {one["name"]: one for one in document["paths"][path]["get"]["parameters"]}


def test_the_document_is_valid_and_names_every_operation():
    SCHEMA.validate()
    document = ask("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert list(document["paths"]) == [one.path for one in SERVED]
    operations = [one["get"] for one in document["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert all({"200", "400", "403", "404", "default"} == set(one["responses"]) for one in operations)


def test_the_ids_are_those_of_the_data(dataset):
    found = parameters_of("/api/v1/observations")
    assert found["indicator"]["schema"]["items"]["enum"] == list(dataset.indicators)
    assert found["area"]["schema"]["items"]["enum"] == list(AREAS)
    assert found["as"]["schema"] == {"type": "string", "enum": list(TRANSFORMS), "default": "value"}
    assert found["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1000}
    assert parameters_of("/api/v1/districts.geojson")["detail"]["schema"]["enum"] == list(TOLERANCE_METRES)
    assert parameters_of("/api/v1/polycentricity")["indicator"]["schema"]["enum"] == list(measurable(dataset))
    assert parameters_of("/api/v1/indicators/{id}")["id"]["in"] == "path"


@pytest.mark.parametrize("operation", SERVED, ids=[one.name for one in SERVED])
def test_what_the_document_names_is_accepted_and_nothing_else(operation):
    named = set(parameters_of(operation.path))
    assert named == {argument.key for argument in operation.arguments}
    answer = ask(operation.path.replace("{id}", "avg_wage") + "?bogus=1")
    assert answer.status == 400
    assert set(answer.json()["exists"]) == named
