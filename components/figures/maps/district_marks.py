"""What each district gets at one period: its value and rank in words, and its fill where that is honest."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import pandas as pd

from components.figures.drawing.palette import Scale, diverging, sequential
from components.selection import period_of, series_of
from components.text.formats import number
from components.text.sentences import rank_texts, value_text
from components.text.strings import text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.progress import ProgressReading
from data.transforms import Series, comparable_districts, value_of
from geo.districts import CITY, DISTRICTS

LARGEST_CIRCLE = 85
"""Radius in units of the picture."""


@dataclass(frozen=True)
class DistrictMark:
    """How one district is drawn: its value and rank in words, its fill.

    ``state`` is value, few, missing, or out where a district takes no part; ``gap`` how far the value lies
    from the city's in percent, signed, nothing where the city is a sum of its districts.
    """

    state: str
    value: str
    rank: str
    fill: str | None
    gap: str = ""
    radius: float | None = None
    note: str = ""
    icon: ProgressReading | None = None


@dataclass(frozen=True)
class MapEncoding:
    """One period of an indicator, ready to draw: a mark a district, the scale, and what is hidden."""

    figures: Series
    period: str
    marks: Mapping[str, DistrictMark]
    scale: Scale | None
    largest: float | None


def is_total(figures: Series) -> bool:
    """Whether the values are totals, which are drawn as circles and never painted."""
    return figures.transform == "value" and figures.indicator.kind in ("stock", "flow")


@lru_cache(maxsize=256)
def map_encoding(view: View, dataset: Dataset) -> MapEncoding:
    """Marks of all districts for a view; class breaks are fixed over all comparable periods."""
    figures = series_of(view, dataset)
    period = period_of(view, figures)
    rows = figures.at(period)
    rank = rank_texts(rows)
    scale, largest = _fixed(figures, periods.parse(period).series, view.classes)
    marks = {}
    for district in DISTRICTS:
        if district not in rows.index:
            marks[district] = DistrictMark("missing", text(view.lang, "word.no_data"), "", None)
            continue
        value = value_of(rows, district)
        if district not in rank:
            marks[district] = DistrictMark("few", text(view.lang, "word.few_short"), "", None)
            continue
        marks[district] = DistrictMark(
            state="value",
            value=value_text(figures, value, view.lang),
            rank=rank[district],
            fill=scale.colour(value) if scale else None,
            gap=_gap(figures, rows, value, view),
            radius=LARGEST_CIRCLE * sqrt(abs(value) / largest) if largest else None,
        )
    return MapEncoding(figures, period, marks, scale, largest)


def _gap(figures: Series, rows: pd.DataFrame, value: float, view: View) -> str:
    city = value_of(rows, CITY) if CITY in rows.index else 0
    summed = is_total(figures) or figures.transform == "share"
    if summed or figures.indicator.signed or city <= 0:
        return ""
    return number((value / city - 1) * 100, 0, view.lang, signed=True)


@lru_cache(maxsize=512)
def _fixed(figures: Series, series: periods.Frequency, classes: int) -> tuple[Scale | None, float | None]:
    """What stays the same over all periods of a series: the scale, or of totals the largest value."""
    whole = comparable_districts(figures.table.set_index("area"))
    whole = whole[[periods.parse(one).series == series for one in whole["period"]]]
    if whole.empty:
        return None, None
    if is_total(figures):
        return None, float(whole["value"].abs().max())
    return _scale(figures, whole, classes), None


def _scale(figures: Series, whole: pd.DataFrame, classes: int) -> Scale:
    """The scale of a series of periods; its natural breaks are those of the latest one."""
    values = list(whole["value"])
    if figures.transform in ("relative", "index") or figures.indicator.kind == "index":
        return diverging(values, 100, classes)
    if figures.indicator.signed:
        return diverging(values, 0, classes)
    latest = periods.ordered(whole["period"].unique())[-1]
    return sequential(values, list(whole.loc[whole["period"] == latest, "value"]), classes)
