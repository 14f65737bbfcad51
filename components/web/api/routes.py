"""The interface for machines, version 1: what there is at which address."""

from typing import get_args
from urllib.parse import urlencode

import pandas as pd
from starlette.routing import Route

from components.export.files import dataset_tables, district_layers, indicator_layers, spreadsheets
from components.export.records import catalogue, comparison, measures, progress
from components.export.records.observations import ObservationFilter as Wanted
from components.export.records.observations import observations
from components.export.records.period_arguments import LATEST
from components.web.api import openapi, schemas
from components.web.api.operations import CSV, GEOJSON, JSON, Below, Made, Nothing, Operation, json_of
from components.web.api.parameters import Asked, Choice, Moment, Parameter, Whole
from data.catalogue import TRANSFORMS
from data.centre_periphery import AUEZOV, measurable
from data.comparison import PLACES
from data.dataset import Dataset
from data.target_assessment import FIRST_HORIZON, HORIZON, LAST_HORIZON
from geo.districts import AREAS, Level

BASE = "/api/v1"
OBSERVATIONS = f"{BASE}/observations"
MOST_OBSERVATIONS = 10_000
MOST_SKIPPED = 1_000_000


def _with_parity(dataset: Dataset) -> list[str]:
    return [key for key, one in dataset.indicators.items() if one.parity]


INDICATORS = Choice(lambda dataset: list(dataset.indicators), status=404)
AS = Parameter("as", "The transform of the values.", Choice(lambda _: TRANSFORMS, "value"))
AUEZOV_AS = Parameter(
    *("auezov", "The class of Auezov, which is in neither in the sources."),
    Choice(lambda _: AUEZOV, "periphery"),
    handed_on=True,
)
PLACE = Choice(lambda _: PLACES)


def of_observations(dataset: Dataset, asked: Asked) -> Made:
    """A page of observations as JSON or CSV, with links to its neighbours (RFC 8288)."""
    found = observations(
        dataset,
        Wanted(
            *(asked["indicator"], asked["area"], asked["period"], asked["from"], asked["to"], asked["as"]),
        ),
    )
    limit, offset, total = asked["limit"], asked["offset"], len(found.observations)
    page = found.observations[offset : offset + limit]

    def at(first: int) -> str:
        given = {key: value for key, value in asked.items() if value not in (None, ())}
        return f"{OBSERVATIONS}?{urlencode({**given, 'offset': first}, doseq=True)}"

    after = at(offset + limit) if offset + limit < total else None
    links = {"next": after, "prev": at(max(0, offset - limit)) if offset else None}
    link = ", ".join(f'<{address}>; rel="{rel}"' for rel, address in links.items() if address)
    headers = {"Link": link} if link else {}
    if asked["format"] == "csv":
        table = dataset_tables.tidy(page, dataset, "en")
        return Made(spreadsheets.csv(table, mark=False), CSV, headers)
    record = {"total": total, "limit": limit, "offset": offset, "next": after, "observations": page}
    made = json_of(record | ({"withheld": found.withheld} if found.withheld else {}))
    return Made(made.content, made.media_type, headers)


def of_districts(dataset: Dataset, asked: Asked) -> Made:
    """The districts as GeoJSON, with an indicator where one is asked for."""
    rows = pd.DataFrame()
    if asked["indicator"]:
        rows = indicator_layers.one_period(dataset, asked["indicator"], asked["period"], asked["as"])
    return json_of(district_layers.feature_collection(rows, asked["detail"]), GEOJSON)


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        *(f"{BASE}/indicators", "indicators", "Every indicator as it is declared, with its sources."),
        lambda dataset, _: json_of(catalogue.catalogue(dataset)),
        {JSON: schemas.many(schemas.INDICATOR)},
    ),
    Operation(
        *(f"{BASE}/indicators/{{id}}", "indicator", "One indicator as it is declared, with its sources."),
        lambda dataset, asked: json_of(catalogue.described(dataset, asked["id"])),
        {JSON: schemas.INDICATOR},
        [Parameter("id", "Id of an indicator.", INDICATORS, required=True, place="path")],
    ),
    Operation(
        *(OBSERVATIONS, "observations", "Published values, or what a transform makes of them, in pages."),
        of_observations,
        {JSON: schemas.OBSERVATIONS, CSV: {"type": "string"}},
        [
            Parameter("indicator", "Ids of indicators; all without it.", INDICATORS, repeatable=True),
            Parameter("area", "Ids of areas; all without it.", Choice(lambda _: AREAS), repeatable=True),
            Parameter("period", "Periods; all without it.", Moment(), repeatable=True),
            Parameter("from", "Only periods that begin no earlier than this one.", Moment()),
            Parameter("to", "Only periods that end no later than this one.", Moment()),
            AS,
            Parameter("format", "How the page is written.", Choice(lambda _: ("json", "csv"), "json")),
            Parameter("limit", "The most observations of a page.", Whole(1, MOST_OBSERVATIONS, 1000)),
            Parameter("offset", "How many observations to skip.", Whole(0, MOST_SKIPPED, 0)),
        ],
    ),
    Operation(
        *(f"{BASE}/districts.geojson", "districts", "The districts, with an indicator at one period."),
        of_districts,
        {GEOJSON: schemas.LAYER},
        [
            Parameter("indicator", "Id of an indicator; without it borders alone.", INDICATORS),
            Parameter("period", "A period of the indicator.", Moment(LATEST)),
            AS,
            Parameter("detail", "How finely borders are drawn.", Choice(lambda _: get_args(Level), "full")),
        ],
    ),
    Operation(
        *(f"{BASE}/progress", "progress", "The way of each district towards the city average."),
        lambda dataset, asked: json_of(
            progress.progress(dataset, asked["indicator"], asked["target"], asked["horizon"])
        ),
        {JSON: schemas.many(schemas.PROGRESS)},
        [
            Parameter(
                *("indicator", "Id of an indicator with a parity target.", Choice(_with_parity)),
                required=True,
                handed_on=True,
            ),
            Parameter(
                *("target", "Derived by this dashboard.", Choice(lambda _: ["parity"], "parity")),
                handed_on=True,
            ),
            Parameter(
                *("horizon", "The year to reach it in.", Whole(FIRST_HORIZON, LAST_HORIZON, HORIZON)),
                handed_on=True,
            ),
        ],
    ),
    Operation(
        *(f"{BASE}/targets", "targets", "Every announced target, with its reading or why it has none."),
        lambda dataset, _: json_of(progress.targets(dataset)),
        {JSON: schemas.many(schemas.TARGET)},
    ),
    Operation(
        *(f"{BASE}/polycentricity", "polycentricity", "How an activity is spread over the districts."),
        lambda dataset, asked: json_of(
            measures.measures(dataset, asked["indicator"], asked["period"], asked["auezov"])
        ),
        {JSON: schemas.MEASURES},
        [
            Parameter(
                *("indicator", "Id of what can be measured.", Choice(lambda d: list(measurable(d)))),
                required=True,
                handed_on=True,
            ),
            Parameter("period", "A period.", Moment(LATEST), handed_on=True),
            AUEZOV_AS,
        ],
    ),
    Operation(
        *(f"{BASE}/compare", "compare", "Two different places beside each other on every indicator."),
        lambda dataset, asked: json_of(comparison.compare(dataset, asked["a"], asked["b"], asked["auezov"])),
        {JSON: schemas.COMPARISON},
        [
            Parameter("a", "Id of a place.", PLACE, required=True, handed_on=True),
            Parameter("b", "Id of another place.", PLACE, required=True, handed_on=True),
            AUEZOV_AS,
        ],
    ),
    Operation(
        *(f"{BASE}/openapi.json", "openapi", "This document."),
        lambda dataset, _: json_of(openapi.document(OPERATIONS, dataset)),
        {JSON: {"type": "object"}},
    ),
)
ROUTES = [
    *(Route(one.path, one) for one in OPERATIONS),
    Below("/api", Nothing([one.path for one in OPERATIONS])),
]
"""Nothing else is below ``/api``: a path that is not served is refused as everything else is."""
