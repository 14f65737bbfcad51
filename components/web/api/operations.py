"""The interface for programs, version 1: addresses, what each takes and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from components import arguments
from components.arguments import Argument
from components.export.files import dataset_tables, district_layers, indicator_layers, spreadsheets
from components.export.records import catalogue, comparison, measures, models, progress
from components.export.records.json_records import as_json
from components.export.records.observations import ObservationFilter, observations
from data.dataset import Dataset

BASE = "/api/v1"
JSON = "application/json"
GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8"
Chosen = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What an operation answers: a body, its media type, its own headers."""

    content: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """A GET: its path and name, what it says, and what makes its answer of the arguments.

    ``answer`` returns a record to be written as JSON, or the ``Answer`` itself; ``model`` documents it.
    """

    path: str
    name: str
    summary: str
    answer: Callable[[Dataset, Chosen], object]
    model: Any
    arguments: Sequence[Argument] = ()
    media_type: str = JSON
    also: Mapping[str, Any] = field(default_factory=dict)
    """What the document says of an answer beside its model: other media types, headers."""

    def respond(self, dataset: Dataset, chosen: Chosen) -> Answer:
        """Return the answer to arguments that were read.

        Raises
        ------
        RequestError
            Where there is none.
        """
        answer = self.answer(dataset, chosen)
        if isinstance(answer, Answer):
            return answer
        return Answer(as_json(answer).encode(), self.media_type)


def _observations(dataset: Dataset, chosen: Chosen) -> Answer:
    """Return a page of observations as JSON or CSV, with links to its neighbours (RFC 8288)."""
    filters = (chosen[key] for key in ("indicator", "area", "period", "from", "to", "as"))
    every, withheld = observations(dataset, ObservationFilter(*filters))
    limit, offset, total = chosen["limit"], chosen["offset"], len(every)
    page = every[offset : offset + limit]

    def address(first: int) -> str:
        sent = {key: value for key, value in chosen.items() if value not in (None, ())}
        return f"{BASE}/observations?{urlencode({**sent, 'offset': first}, doseq=True)}"

    after = address(offset + limit) if offset + limit < total else None
    links = {"next": after, "prev": address(max(0, offset - limit)) if offset else None}
    link = ", ".join(f'<{target}>; rel="{rel}"' for rel, target in links.items() if target)
    headers = {"Link": link} if link else {}
    if chosen["format"] == "csv":
        table = dataset_tables.tidy(page, dataset, "en")
        return Answer(spreadsheets.csv(table, mark=False), CSV, headers)
    record = {"total": total, "limit": limit, "offset": offset, "next": after, "observations": page}
    return Answer(as_json(record | ({"withheld": withheld} if withheld else {})).encode(), JSON, headers)


def _districts(dataset: Dataset, chosen: Chosen) -> object:
    """Return the districts as GeoJSON, with an indicator where one is named."""
    rows = pd.DataFrame()
    if chosen["indicator"]:
        rows = indicator_layers.one_period(dataset, chosen["indicator"], chosen["period"], chosen["as"])
    return district_layers.feature_collection(rows, chosen["detail"])


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        f"{BASE}/indicators",
        "indicators",
        "Every indicator as it is declared, with its sources.",
        lambda dataset, _: catalogue.catalogue(dataset),
        list[models.IndicatorRecord],
    ),
    Operation(
        f"{BASE}/indicators/{{id}}",
        "indicator",
        "One indicator as it is declared, with its sources.",
        lambda dataset, chosen: catalogue.described(dataset, chosen["id"]),
        models.IndicatorRecord,
        arguments.INDICATOR,
    ),
    Operation(
        f"{BASE}/observations",
        "observations",
        "Published values, or what a transform makes of them, in pages.",
        _observations,
        models.ObservationsRecord,
        arguments.OBSERVATIONS,
        also={
            "content": {CSV: {"schema": {"type": "string"}}},
            "headers": {
                "Link": {"description": "next and prev page (RFC 8288).", "schema": {"type": "string"}}
            },
        },
    ),
    Operation(
        f"{BASE}/districts.geojson",
        "districts",
        "The districts, with an indicator at one period.",
        _districts,
        models.DistrictLayer,
        arguments.DISTRICT_LAYER,
        GEOJSON,
    ),
    Operation(
        f"{BASE}/progress",
        "progress",
        "The way of each district towards the city average.",
        lambda dataset, chosen: progress.progress(dataset, chosen["indicator"], chosen["horizon"]),
        list[models.ParityRecord],
        arguments.PROGRESS,
    ),
    Operation(
        f"{BASE}/targets",
        "targets",
        "Every announced target, with its reading or why it has none.",
        lambda dataset, _: progress.targets(dataset),
        list[models.TargetRecord],
    ),
    Operation(
        f"{BASE}/polycentricity",
        "polycentricity",
        "How an activity is spread over the districts.",
        lambda dataset, chosen: measures.measures(dataset, **chosen),
        models.MeasuresRecord,
        arguments.POLYCENTRICITY,
    ),
    Operation(
        f"{BASE}/compare",
        "compare",
        "Two different places beside each other on every indicator.",
        lambda dataset, chosen: comparison.compare(dataset, **chosen),
        models.ComparisonRecord,
        arguments.COMPARE,
    ),
)
