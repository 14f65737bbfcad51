"""Two places beside each other on every indicator, for machines: the same record for web and command line."""

from components.export.records.json_records import Record, as_table, finite
from components.export.records.measures import AUEZOV_NOTES, auezov_of
from components.refusal import RequestError, nearest, visible
from components.text.sentences import unit_of
from data.centre_periphery import Auezov
from data.comparison import GROUPS, PLACES, Compared, Rank, members
from data.comparison import compare as compared
from data.dataset import Dataset
from data.redistribution import withheld
from data.transforms import POPULATION, Series, nearest_date, transformed
from geo.districts import CITY, DISTRICTS

COLUMNS = (
    *("indicator", "period", "a", "b", "city", "relative_a", "relative_b", "ratio", "rank_a", "rank_b"),
    *("unit", "notes"),
)


def compare(dataset: Dataset, a: str | None, b: str | None, auezov: str) -> Record:
    """Every indicator that has a value at either of two places, at the latest period that both have.

    ``as`` is the transform that is compared and ``unit`` its unit; relative values have city = 100;
    ``ratio`` is a / b; rank 1 is the highest value, ``best`` and ``worst`` differ where districts are not
    ranked. What may not be redistributed is left out, with a note.

    Raises
    ------
    RequestError
        For a place that is missing, unknown or given twice, and an unknown choice for Auezov.
    """
    first, second, choice = _place("a", a), _place("b", b), auezov_of(auezov)
    if first == second:
        detail = f'a and b are both "{first}"; name two different places'
        raise RequestError(400, "One place twice", detail, exists=PLACES)
    found = [one for one in compared(dataset, first, second, choice) if one.period]
    closed = {
        one.key: owners[0].url for one in found if (owners := withheld(dataset, one.key, one.transform))
    }
    return {
        "a": first,
        "b": second,
        "auezov": choice,
        "notes": [
            *([AUEZOV_NOTES[choice]] if {first, second} & set(GROUPS) else []),
            *(f"Left out: {key}; it may not be redistributed, see {url}." for key, url in closed.items()),
        ],
        "indicators": [
            _indicator(dataset, one, first, second, choice) for one in found if one.key not in closed
        ],
    }


def as_text(record: Record) -> str:
    """The record as an aligned table under its places, ranks as ``3`` or ``3-5``, and its notes."""
    rows = [
        {
            **one,
            "rank_a": _rank_text(one["rank_a"]),
            "rank_b": _rank_text(one["rank_b"]),
            "notes": " ".join(one["notes"]),
        }
        for one in record["indicators"]
    ]
    return "\n".join([f"a: {record['a']}, b: {record['b']}", as_table(rows, COLUMNS), *record["notes"]])


def _place(name: str, place: str | None) -> str:
    if place is None:
        raise RequestError(400, "Place missing", f"write {name}=… with the id of a place", exists=PLACES)
    if place in PLACES:
        return place
    close = nearest(place, PLACES)
    detail = f'{name} "{visible(place)}" is unknown; the nearest are {", ".join(close)}'
    raise RequestError(404, "Unknown place", detail, close, PLACES)


def _indicator(dataset: Dataset, one: Compared, a: str, b: str, auezov: Auezov) -> Record:
    shown = transformed(dataset, one.key, one.transform)
    return {
        "indicator": one.key,
        "as": one.transform,
        "unit": unit_of(shown, "en"),
        "period": one.period,
        "a": finite(one.a),
        "b": finite(one.b),
        "city": finite(one.city),
        "relative_a": finite(one.relative_a),
        "relative_b": finite(one.relative_b),
        "ratio": finite(one.ratio),
        "rank_a": _rank(one.rank_a),
        "rank_b": _rank(one.rank_b),
        "notes": _notes(dataset, shown, one, (a, b), auezov),
    }


def _rank(rank: Rank | None) -> Record | None:
    return {"best": rank.best, "worst": rank.worst, "of": len(DISTRICTS)} if rank else None


def _rank_text(rank: Record | None) -> str | None:
    if rank is None:
        return None
    return str(rank["best"]) if rank["best"] == rank["worst"] else f"{rank['best']}-{rank['worst']}"


def _notes(
    dataset: Dataset, shown: Series, one: Compared, places: tuple[str, str], auezov: Auezov
) -> list[str]:
    """What a reader of the numbers must know, as English sentences."""
    indicator, notes = shown.indicator, []
    for place in one.missing:
        group = " together" if place in GROUPS else ""
        notes.append(f"No value for {place}{group} in {one.period}.")
    if one.few:
        notes.append(f"Fewer than 20 cases in {' and '.join(one.few)}: no rank and no ratio.")
    if one.about_same:
        notes.append("About the same: a and b differ by no more than rounding or the source's noise.")
    if one.low_reliability:
        notes.append("Of low reliability: a secondary copy, partly checked.")
    if indicator.signed:
        notes.append("Values can be negative, so there is neither a ratio nor a relative value.")
    elif one.transform == "value" and indicator.kind in ("stock", "flow"):
        notes.append("A total: larger districts tend to have more; not held against the city.")
    if one.transform == "per_1000":
        dates = _population_dates(dataset, shown, str(one.period), places, auezov)
        notes.append(f"Population is that of {' and '.join(dates)}.")
    notes += _of_ranks_and_city(shown, one)
    return notes


def _of_ranks_and_city(shown: Series, one: Compared) -> list[str]:
    notes, rows = [], shown.at(str(one.period))
    ranks = [rank for rank in (one.rank_a, one.rank_b) if rank]
    if any(rank.best != rank.worst for rank in ranks):
        unranked = max(rank.worst - rank.best for rank in ranks)
        notes.append(f"A rank is an interval: of 8 districts {unranked} cannot be ranked.")
    if one.city is not None and bool(rows.loc[CITY, "computed"]):
        notes.append("The city value is computed here.")
    return notes


def _population_dates(
    dataset: Dataset, shown: Series, period: str, places: tuple[str, str], auezov: Auezov
) -> list[str]:
    """The dates of the population that the values of two places are divided by."""
    rows, dates = shown.at(period), set()
    for place in places:
        if place in GROUPS:
            dates.add(nearest_date(dataset, POPULATION, period, members(place, auezov))[0])
        elif place in rows.index:
            dates.add(str(rows.loc[place, "population_date"]))
    return sorted(date for date in dates if date)
