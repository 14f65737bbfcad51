"""What is measured, for programs: each indicator as its file declares it, with its sources and its reach."""

from collections.abc import Mapping
from functools import cache

from components.export.records.json_records import Record
from components.export.records.models import IndicatorRecord
from data.catalogue import Indicator
from data.dataset import Dataset
from data.periods import ordered
from geo.districts import AREAS


def catalogue(dataset: Dataset) -> list[Record]:
    """Return the record of every indicator, in order of its id."""
    return [described(dataset, key) for key in dataset.indicators]


@cache
def described(dataset: Dataset, key: str) -> Record:
    """Return the record of one indicator: ``periods`` are the first and last with a value, by area.

    Shared: treat it as read-only.
    """
    indicator = dataset.indicators[key]
    return IndicatorRecord.record(
        indicator,
        per=indicator.per if indicator.weight else None,
        sources=[dataset.sources[source] for source in indicator.sources],
        periods=_reach(dataset, indicator),
    )


def _reach(dataset: Dataset, indicator: Indicator) -> Mapping[str, Record]:
    table = dataset.observations[indicator.id].dropna(subset="value")
    by_area = {area: ordered(table.loc[table["area"] == area, "period"]) for area in AREAS}
    return {area: {"first": periods[0], "last": periods[-1]} for area, periods in by_area.items() if periods}
