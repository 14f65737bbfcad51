"""What is measured, for machines: each indicator as its file declares it, with its sources and its reach."""

from collections.abc import Mapping
from functools import cache

from components.export.records.json_records import Record
from data.catalogue import Indicator, Source
from data.dataset import Dataset
from data.periods import ordered
from geo.districts import AREAS


def catalogue(dataset: Dataset) -> list[Record]:
    """Every indicator, in order of its id."""
    return [described(dataset, key) for key in dataset.indicators]


@cache
def described(dataset: Dataset, key: str) -> Record:
    """One indicator: texts in three languages, ``periods`` the first and last with a value, by area.

    An area without a value is not among ``periods``. Shared: treat it as read-only.
    """
    one = dataset.indicators[key]
    return {
        "id": one.id,
        "title": dict(one.title),
        "short": dict(one.short),
        "unit": dict(one.unit),
        "description": dict(one.description),
        "topic": one.topic,
        "principle": one.principle,
        "kind": one.kind,
        "direction": one.better,
        "decimals": one.decimals,
        "signed": one.signed,
        "counts_cases": one.counts_cases,
        "adds_up": one.adds_up,
        "transforms": list(one.transforms),
        "opens_with": one.opens_with,
        "weight": one.weight,
        "per": one.per if one.weight else None,
        "tolerance": one.tolerance,
        "good_since": one.good_since,
        "parity": dict(one.parity) if one.parity else None,
        "notes": [dict(note) for note in one.notes],
        "breaks": [{"period": broken.period, "reason": dict(broken.reason)} for broken in one.breaks],
        "sources": [_source(dataset.sources[source]) for source in one.sources],
        "periods": _reach(dataset, one),
    }


def _reach(dataset: Dataset, indicator: Indicator) -> Mapping[str, Record]:
    table = dataset.observations[indicator.id].dropna(subset="value")
    by_area = {area: ordered(table.loc[table["area"] == area, "period"]) for area in AREAS}
    return {area: {"first": known[0], "last": known[-1]} for area, known in by_area.items() if known}


def _source(one: Source) -> Record:
    return {
        "id": one.id,
        "title": one.title,
        "url": one.url,
        "body": dict(one.body),
        "copy": dict(one.copy),
        "dated": one.dated,
        "licence": dict(one.licence),
        "checked": dict(one.checked) if one.checked else None,
        "redistribution": one.redistribution,
    }
