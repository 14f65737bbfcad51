"""Progress and announced targets for machines: the same records for the web and the command line.

Null (None) is what is not known; every number is finite.
"""

import re

from components.export.records.json_records import Record, finite
from components.export.records.licence import permit
from components.refusal import RequestError, nearest, visible
from data.dataset import Dataset
from data.progress import Method, Progress
from data.redistribution import withheld
from data.target_assessment import (
    FIRST_HORIZON,
    HORIZON,
    LAST_HORIZON,
    Announced,
    Parity,
    announced,
    gap,
    parity,
)


def progress(dataset: Dataset, indicator: str | None, target: str, horizon: str) -> list[Record]:
    """The progress of the eight districts towards a target, in the fixed order.

    Values are ratios district / city; gaps are percent; what is per year is in percentage points of the
    city average, ``required_per_year_in_units`` in the indicator's own unit at the latest city value.

    Raises
    ------
    RequestError
        For an unknown indicator or target, an indicator without parity, a horizon out of range, figures
        that may not be redistributed.
    """
    if indicator is None:
        raise RequestError(400, "Indicator missing", "write indicator=… with the id of an indicator")
    year = _year(horizon)
    if indicator not in dataset.indicators:
        close = nearest(indicator, dataset.indicators)
        detail = f'indicator "{visible(indicator)}" is unknown; the nearest are {", ".join(close)}'
        raise RequestError(404, "Unknown indicator", detail, close)
    if target in dataset.targets:
        detail = f'target "{target}" is announced, not parity; /api/v1/targets says how it stands'
        raise RequestError(404, "Not a target by district", detail)
    if target != "parity":
        close = nearest(target, ["parity", *dataset.targets])
        raise RequestError(
            404, "Unknown target", f'target "{visible(target)}" is unknown; write parity', close
        )
    declared = dataset.indicators[indicator]
    if declared.better == "neither" or declared.parity is None:
        why = (
            "neither a higher nor a lower value of it is better"
            if declared.better == "neither"
            else "its file gives no reason why every district should reach the city average"
        )
        having = tuple(key for key, one in dataset.indicators.items() if one.parity)
        detail = f'indicator "{indicator}" has no parity target: {why}; those with one: {", ".join(having)}'
        raise RequestError(404, "No parity target", detail)
    permit(dataset, indicator, "relative")
    return [_parity(one) for one in parity(dataset, indicator, year)]


def targets(dataset: Dataset) -> list[Record]:
    """Every announced target with its state and its reading, or the reason why it has none.

    Reason ``withheld``: it can be judged, but by figures that may not be redistributed.
    """
    return [_announced(_open(one, dataset)) for one in announced(dataset)]


def _open(one: Announced, dataset: Dataset) -> Announced:
    if one.progress and withheld(dataset, str(one.target.figure)):
        return Announced(one.target, "not_judged", "withheld", None)
    return one


def _parity(one: Parity) -> Record:
    base, latest, way = one.base, one.latest, _progress(one.progress)
    return {
        "area": one.area,
        "base_period": base[0] if base else None,
        "base_value": finite(base[1]) if base else None,
        "base_gap": finite(gap(base[1])) if base else None,
        "latest_period": latest[0] if latest else None,
        "latest_value": finite(latest[1]) if latest else None,
        "latest_gap": finite(gap(latest[1])) if latest else None,
        "horizon": one.horizon,
        **{key: way[key] for key in ("pace", "pace_low", "pace_high")},
        **{key: way[key] for key in ("observed_per_year", "required_per_year")},
        "required_per_year_in_units": finite(one.required_per_year_in_units),
        "fastest_per_year": finite(one.fastest_per_year),
        **{key: way[key] for key in ("reading", "reversed_since", "methods", "reason")},
    }


def _announced(one: Announced) -> Record:
    target = one.target
    return {
        "id": target.id,
        "kind": target.kind,
        "state": target.state,
        "confidence": target.confidence,
        "statement": dict(target.statement),
        "programme": dict(target.programme),
        "area": target.area,
        "topic": target.topic,
        "base_year": target.base_year,
        "base_value": finite(target.base_value),
        "target_year": target.target_year,
        "target_value": finite(target.target_value),
        "unit": dict(target.unit),
        "better": target.better,
        "document": target.document,
        "url": target.url,
        "conflicts": list(target.conflicts),
        "figure": target.figure,
        "reading": one.reading,
        "reason": one.reason,
        "progress": _progress(one.progress) if one.progress else None,
    }


def _progress(way: Progress) -> Record:
    return {
        "pace": finite(way.pace),
        "pace_low": finite(way.pace_low),
        "pace_high": finite(way.pace_high),
        "observed_per_year": finite(way.observed_per_year),
        "required_per_year": finite(way.required_per_year),
        "reading": way.reading,
        "reversed_since": way.reversed_since,
        "methods": {"linear": _method(way.linear), "cagr": _method(way.cagr), "un": _method(way.un)},
        "reason": way.reason,
    }


def _method(method: Method) -> Record:
    return {"ratio": finite(method.ratio), "reading": method.reading, "reason": method.reason}


def _year(text: str) -> int:
    if re.fullmatch(r"\d{4}", text, re.ASCII) and FIRST_HORIZON <= int(text) <= LAST_HORIZON:
        return int(text)
    asked = f'horizon "{visible(text)}" is not a whole year from {FIRST_HORIZON} to {LAST_HORIZON}'
    raise RequestError(400, "Horizon out of range", f"{asked}; write for example {HORIZON}")
