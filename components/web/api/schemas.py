"""What the interface for machines answers, as JSON Schema (2020-12), from the ids the data are read by."""

from typing import get_args

from components.export.records.measures import MAPS, SCALARS
from components.web.api.parameters import PERIOD, Schema
from data.catalogue import PRINCIPLES, TOPICS, TRANSFORMS, Direction, IndicatorKind
from data.centre_periphery import AUEZOV
from data.comparison import PLACES
from data.csv_rows import METHODS, OBS_STATUS
from data.progress import ProgressReading
from data.targets import KINDS, STATES
from geo.districts import AREAS, DISTRICTS
from geo.languages import LANGS, NAME_COLUMNS


def record(*groups: Schema, optional: Schema | None = None) -> Schema:
    """An object with the properties of these groups and no other."""
    properties = {name: schema for group in groups for name, schema in group.items()}
    return {
        "type": "object",
        "properties": properties | (optional or {}),
        "required": list(properties),
        "additionalProperties": False,
    }


def each(schema: Schema, *names: str) -> Schema:
    """Properties of one kind."""
    return dict.fromkeys(names, schema)


def many(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    """What may not be known."""
    return {"anyOf": [schema, {"type": "null"}]}


def among(*ids: str) -> Schema:
    """One of some ids."""
    return {"type": "string", "enum": list(ids)}


def by(key: Schema, value: Schema) -> Schema:
    """An object of values by id."""
    return {"type": "object", "propertyNames": key, "additionalProperties": value}


STRING: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
YES: Schema = {"type": "boolean"}
URL: Schema = {"type": "string", "pattern": "^https?://"}
TEXT = record(each(STRING, *LANGS))
AREA, DISTRICT, TRANSFORM = among(*AREAS), among(*DISTRICTS), among(*TRANSFORMS)
DIRECTION, STATUS = among(*get_args(Direction)), among(*OBS_STATUS)
REFUSAL = among("no_population", "no_city", "before_break")
READING = among(*get_args(ProgressReading))
SOME_NUMBER, SOME_STRING, SOME_PERIOD = or_null(NUMBER), or_null(STRING), or_null(PERIOD)
NOTES = {"notes": many(STRING)}

SOURCE = record(
    each(STRING, "id", "title"),
    each(TEXT, "body", "copy", "licence"),
    {"url": URL, "dated": SOME_STRING, "checked": or_null(TEXT), "redistribution": YES},
)
INDICATOR = record(
    each(TEXT, "title", "short", "unit", "description"),
    each(YES, "signed", "counts_cases", "adds_up"),
    each(SOME_NUMBER, "per", "tolerance"),
    {
        "id": STRING,
        "topic": among(*TOPICS),
        "principle": among(*PRINCIPLES),
        "kind": among(*get_args(IndicatorKind)),
    },
    {"direction": DIRECTION, "decimals": WHOLE, "transforms": many(TRANSFORM), "opens_with": TRANSFORM},
    {"weight": SOME_STRING, "good_since": SOME_PERIOD, "parity": or_null(TEXT), "notes": many(TEXT)},
    {"breaks": many(record({"period": PERIOD, "reason": TEXT})), "sources": many(SOURCE)},
    {"periods": by(AREA, record(each(PERIOD, "first", "last")))},
)

OBSERVATION = record(
    each(STRING, "indicator", "unit", "source"),
    each(SOME_NUMBER, "value", "cases"),
    each(SOME_PERIOD, "population_date", "nearest"),
    each(YES, "computed", "few"),
    {"as": TRANSFORM, "area": AREA, "period": PERIOD, "obs_status": STATUS, "note": SOME_STRING},
    {"method": or_null(among(*METHODS)), "refused": or_null(REFUSAL)},
)
OBSERVATIONS = record(
    each(WHOLE, "total", "limit", "offset"),
    {"next": SOME_STRING, "observations": many(OBSERVATION)},
    optional={"withheld": many(STRING)},
)

_POSITION: Schema = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
_RINGS = many({"type": "array", "items": _POSITION, "minItems": 4})
_GEOMETRY: Schema = {
    "oneOf": [
        record({"type": {"const": "Polygon"}, "coordinates": _RINGS}),
        record({"type": {"const": "MultiPolygon"}, "coordinates": many(_RINGS)}),
    ]
}
_RANK: Schema = {"type": "integer", "minimum": 1, "maximum": len(DISTRICTS)}
_PROPERTIES = record(
    each(STRING, *NAME_COLUMNS),
    {"id": DISTRICT, "class": among("centre", "periphery", "unclassified")},
    {"area_km2": {"type": "number", "exclusiveMinimum": 0}},
    optional={
        **each(STRING, "indicator", "unit"),
        **each(SOME_STRING, "source"),
        **each(or_null(_RANK), "rank", "rank_worst"),
        **each(TRANSFORM, "as"),
        **each(PERIOD, "period"),
        **each(SOME_NUMBER, "value"),
        **each(or_null(STATUS), "obs_status"),
        **each(YES, "few"),
        **each(or_null(REFUSAL), "refused"),
    },
)
_FEATURE = record(
    {"type": {"const": "Feature"}, "id": DISTRICT, "properties": _PROPERTIES, "geometry": _GEOMETRY}
)
LAYER = record(
    {"type": {"const": "FeatureCollection"}, "attribution": STRING, "features": many(_FEATURE)},
    {"bbox": {"type": "array", "items": NUMBER, "minItems": 4, "maxItems": 4}},
)

_METHOD = record({"ratio": SOME_NUMBER, "reading": or_null(READING), "reason": SOME_STRING})
_WAY: Schema = {
    **each(SOME_NUMBER, "pace", "pace_low", "pace_high", "observed_per_year", "required_per_year"),
    **each(READING, "reading"),
    **each(or_null(WHOLE), "reversed_since"),
    **each(SOME_STRING, "reason"),
    **each(record(each(_METHOD, "linear", "cagr", "un")), "methods"),
}
PROGRESS = record(
    each(SOME_PERIOD, "base_period", "latest_period"),
    each(SOME_NUMBER, "base_value", "base_gap", "latest_value", "latest_gap"),
    each(SOME_NUMBER, "required_per_year_in_units", "fastest_per_year"),
    {"area": DISTRICT, "horizon": WHOLE},
    _WAY,
)
TARGET = record(
    each(STRING, "id", "confidence", "document"),
    each(TEXT, "statement", "programme", "unit"),
    each(SOME_STRING, "area", "figure", "reason"),
    each(or_null(WHOLE), "base_year", "target_year"),
    each(SOME_NUMBER, "base_value", "target_value"),
    {"kind": among(*KINDS), "state": among(*STATES), "topic": or_null(among(*TOPICS))},
    {"better": DIRECTION, "url": or_null(URL), "conflicts": many(STRING), "reading": READING},
    {"progress": or_null(record(_WAY))},
)

_CLASS = {"auezov": among(*AUEZOV)}
MEASURES = record(
    each(or_null(by(DISTRICT, NUMBER)), *MAPS),
    each(SOME_NUMBER, *SCALARS),
    {"indicator": STRING, "period": PERIOD, "n": WHOLE} | _CLASS | NOTES,
)
_COMPARED = record(
    each(STRING, "indicator", "unit"),
    each(SOME_NUMBER, "a", "b", "city", "relative_a", "relative_b", "ratio"),
    each(or_null(record(each(_RANK, "best", "worst"), {"of": WHOLE})), "rank_a", "rank_b"),
    {"as": TRANSFORM, "period": PERIOD} | NOTES,
)
COMPARISON = record(each(among(*PLACES), "a", "b"), {"indicators": many(_COMPARED)} | _CLASS | NOTES)

PROBLEM = record(
    each(STRING, "type", "title", "detail", "instance"),
    {"status": WHOLE},
    optional={**each(many(STRING), "nearest", "exists"), "link": URL},
)
