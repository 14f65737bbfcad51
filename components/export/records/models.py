"""Records of the interface for programs: one class makes a record, checks it and documents it.

Null (None) is what is not known; every number is finite.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from components.export.records.json_records import finite
from data.catalogue import PRINCIPLES, TOPICS, Counted, Direction, IndicatorKind, Transform
from data.centre_periphery import Auezov
from data.comparison import PLACES
from data.csv_rows import METHODS, OBS_STATUS
from data.levels import Level, Side
from data.progress import ProgressReading
from data.targets import TargetKind, TargetState
from data.transforms import RefusalReason
from geo.districts import AREAS, DISTRICTS
from geo.languages import LANGS, NAME_COLUMNS


def _ids(ids: Sequence[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(ids)})


_FORMS = (r"[0-9]{4}", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{4}-01-01/P[369]M")
PERIOD_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string", "pattern": f"^(?!0000){form}$"} for form in _FORMS]
}
PERIOD_SCHEMA["anyOf"][1]["format"] = "date"

Area = Annotated[str, _ids(AREAS)]
District = Annotated[str, _ids(DISTRICTS)]
Place = Annotated[str, _ids(PLACES)]
Topic = Annotated[str, _ids(TOPICS)]
Period = Annotated[str, WithJsonSchema(PERIOD_SCHEMA)]
Number = Annotated[float | None, BeforeValidator(finite)]
"""A finite number; what is none becomes null."""
Texts = Annotated[
    dict[str, str],
    WithJsonSchema(
        {
            "type": "object",
            "properties": {lang: {"type": "string"} for lang in LANGS},
            "required": list(LANGS),
            "additionalProperties": False,
        }
    ),
]
Url = Annotated[str, Field(pattern="^https?://")]
RankNumber = Annotated[int, Field(ge=1, le=len(DISTRICTS))]


class Model(BaseModel):
    """A record with these fields and no other, read from a value's attributes or from a mapping."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra={"additionalProperties": False})

    @classmethod
    def record(cls, *parts: object, **fields: object) -> dict[str, Any]:
        """Return the record of what these values, and then these fields, say."""
        merged = {name: value for part in parts for name, value in vars(part).items()}
        return cls.model_validate(merged | fields).model_dump(by_alias=True)


class SourceRecord(Model):
    """A source of figures: the official body, the copy that was read, and its licence."""

    id: str
    title: str
    url: Url
    body: Texts
    copy_: Texts = Field(alias="copy")
    dated: str | None
    licence: Texts
    checked: Texts | None
    redistribution: bool


class BreakRecord(Model):
    """A break in a series: the first period of its new side."""

    period: Period
    reason: Texts


class Reach(Model):
    """The first and the last period with a value."""

    first: Period
    last: Period


class IndicatorRecord(Model):
    """An indicator as it is declared; an area without a value is not among ``periods``."""

    id: str
    title: Texts
    short: Texts
    unit: Texts
    description: Texts
    topic: Topic
    principle: Annotated[str, _ids(PRINCIPLES)]
    kind: IndicatorKind
    direction: Direction = Field(validation_alias="better")
    family: str | None
    profile: bool
    decimals: int
    signed: bool
    counts: Counted | None
    adds_up: bool
    transforms: list[Transform]
    opens_with: Transform
    weight: str | None
    per: int | float | None
    tolerance: int | float | None
    good_since: Period | None
    parity: Texts | None
    notes: list[Texts]
    breaks: list[BreakRecord]
    sources: list[SourceRecord]
    periods: dict[Area, Reach]


class ObservationRecord(Model):
    """A value of an area at a period, as published or through a transform."""

    indicator: str
    as_: Transform = Field(alias="as")
    area: Area
    period: Period
    value: Number
    low: Number
    high: Number
    unit: str
    obs_status: Annotated[str, _ids(OBS_STATUS)]
    method: Annotated[str, _ids(METHODS)] | None
    source: str
    note: str | None
    computed: bool
    cases: Number
    few: bool
    rank_best: RankNumber | None
    rank_worst: RankNumber | None
    population_date: Period | None
    refused: RefusalReason | None
    nearest: Period | None


class ObservationsRecord(Model):
    """A page of observations; ``withheld`` are the indicators that may not be redistributed."""

    total: int
    limit: int
    offset: int
    next: str | None
    observations: list[ObservationRecord]
    withheld: list[str] = []


Position = Annotated[list[float], Field(min_length=2, max_length=2)]
Ring = Annotated[list[Position], Field(min_length=4)]


class Polygon(Model):
    """A polygon in degrees (WGS 84)."""

    type: Literal["Polygon"]
    coordinates: list[Ring]


class MultiPolygon(Model):
    """Several polygons in degrees (WGS 84)."""

    type: Literal["MultiPolygon"]
    coordinates: list[list[Ring]]


def _with_names(schema: dict[str, Any]) -> None:
    schema["properties"] |= {name: {"type": "string"} for name in NAME_COLUMNS}
    schema["required"] += NAME_COLUMNS


class DistrictBorders(Model):
    """What a district is, with its name in every language."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_with_names)

    id: District
    class_: Literal["centre", "periphery", "unclassified"] = Field(alias="class")
    area_km2: Annotated[float, Field(gt=0)]


class DistrictValues(DistrictBorders):
    """What a district is, and what an indicator says of it at one period."""

    indicator: str
    as_: Transform = Field(alias="as")
    period: Period
    value: Number
    low: Number
    high: Number
    unit: str
    obs_status: Annotated[str, _ids(OBS_STATUS)] | None
    source: str | None
    rank_best: RankNumber | None
    rank_worst: RankNumber | None
    few: bool
    refused: RefusalReason | None


class DistrictFeature(Model):
    """A district as a feature (RFC 7946)."""

    type: Literal["Feature"]
    id: District
    properties: DistrictBorders | DistrictValues
    geometry: Polygon | MultiPolygon


class DistrictLayer(Model):
    """The eight districts as a collection of features (RFC 7946)."""

    type: Literal["FeatureCollection"]
    attribution: str
    bbox: Annotated[list[float], Field(min_length=4, max_length=4)]
    features: list[DistrictFeature]


class MethodRecord(Model):
    """What one published method says: its ratio and reading, or the reason why it has none."""

    ratio: Number
    reading: ProgressReading | None
    reason: str | None


class MethodsRecord(Model):
    """Progress by three published methods."""

    linear: MethodRecord
    cagr: MethodRecord
    un: MethodRecord


class ProgressRecord(Model):
    """How a series stands towards a target; per year in the unit of the series.

    ``observed_per_year`` is the least-squares slope with its 90 % interval, ``pace`` that slope over the
    one needed from the base on, with the range of all estimates.
    """

    pace: Number
    pace_low: Number
    pace_high: Number
    observed_per_year: Number
    observed_low: Number
    observed_high: Number
    required_per_year: Number
    reading: ProgressReading
    reversed_since: int | None
    methods: MethodsRecord
    reason: str | None


class ParityRecord(Model):
    """A district on its way to the city average.

    Values are ratios district / city, gaps are percent; what is per year is in percentage points of the city
    average. ``level`` is that of the latest period, about where within 5 % or within the noise of what was
    counted; ``side`` whether it is better or worse. ``keeps_floor``: at least 80 % of the city, of what is
    better low at most 125 %; ``beyond_floor`` counts the districts that do not. ``required_growth`` is in
    percent a year faster than the city, ``required_per_year_in_units`` only of counts, if the city's level
    and the residents stayed as they are.
    """

    area: District
    base_period: Period | None
    base_value: Number
    base_gap: Number
    latest_period: Period | None
    latest_value: Number
    latest_gap: Number
    level: Level | None
    side: Side | None
    keeps_floor: bool | None
    beyond_floor: int
    horizon: int
    pace: Number
    pace_low: Number
    pace_high: Number
    observed_per_year: Number
    observed_low: Number
    observed_high: Number
    required_per_year: Number
    required_growth: Number
    required_per_year_in_units: Number
    fastest_per_year: Number
    reading: ProgressReading
    reversed_since: int | None
    methods: MethodsRecord
    reason: str | None


class TargetRecord(Model):
    """An announced target with its reading, or the reason why it has none."""

    id: str
    kind: TargetKind
    state: TargetState
    confidence: str
    statement: Texts
    programme: Texts
    area: str | None
    topic: Topic | None
    base_year: int | None
    base_value: Number
    target_year: int | None
    target_value: Number
    unit: Texts
    better: Direction
    document: str
    url: Url | None
    conflicts: list[str]
    figure: str | None
    reading: ProgressReading
    reason: str | None
    progress: ProgressRecord | None


class MeasuresRecord(Model):
    """How an activity is spread over the districts that take part and have a value, ``n`` of them."""

    indicator: str
    period: Period
    auezov: Auezov
    n: int
    shares: dict[District, float] | None
    population_shares: dict[District, float] | None
    primacy: Number
    herfindahl: Number
    evenness: Number
    rank_size_slope: Number
    green: Number
    p_star: Number
    hoover: Number
    theil: Number
    theil_between: Number
    theil_within: Number
    gini: Number
    location_quotients: dict[District, float] | None
    centre_periphery_ratio: Number
    notes: list[str]


class RankRecord(Model):
    """A rank, 1 the highest value: an interval where chance or a missing value leaves it open."""

    best: RankNumber
    worst: RankNumber
    of: int = len(DISTRICTS)


class ComparedRecord(Model):
    """An indicator at two places; relative values have city = 100, ``ratio`` is a / b."""

    indicator: str
    as_: Transform = Field(alias="as")
    unit: str
    period: Period
    a: Number
    b: Number
    city: Number
    relative_a: Number
    relative_b: Number
    ratio: Number
    rank_a: RankRecord | None
    rank_b: RankRecord | None
    notes: list[str]


class ComparisonRecord(Model):
    """Two places beside each other on every indicator."""

    a: Place
    b: Place
    auezov: Auezov
    notes: list[str]
    indicators: list[ComparedRecord]
