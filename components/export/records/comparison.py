"""Two places beside each other on every indicator, for programs: the same record for web and command line."""

from components.export.records.json_records import Record, as_table
from components.export.records.measures import AUEZOV_NOTES
from components.export.records.models import ComparisonRecord
from components.refusal import RequestError
from components.text.sentences import unit_of
from data.centre_periphery import Auezov
from data.comparison import GROUPS, PLACES, Compared, members
from data.comparison import compare as compared
from data.dataset import Dataset
from data.licences import withheld
from data.transforms import POPULATION, Series, nearest_date, transformed
from geo.districts import CITY

NUMBERS = ("a", "b", "city", "relative_a", "relative_b", "ratio", "rank_a", "rank_b")
COLUMNS = ("indicator", "period", *NUMBERS, "unit", "notes")


def compare(dataset: Dataset, a: str, b: str, auezov: Auezov) -> Record:
    """Return every indicator that has a value at either of two places, at the latest period that both have.

    ``as`` is the transform that is compared and ``unit`` its unit; relative values have city = 100;
    ``ratio`` is a / b; rank 1 is the highest value, ``best`` and ``worst`` differ where districts are not
    ranked. What may not be redistributed is left out, with a note.

    Raises
    ------
    RequestError
        400 where both places are the same.
    """
    if a == b:
        detail = f'a and b are both "{a}"; name two different places'
        raise RequestError(400, "One place twice", detail, exists=PLACES)
    rows = [row for row in compared(dataset, a, b, auezov) if row.period]
    closed = {row.key: owners[0].url for row in rows if (owners := withheld(dataset, row.key, row.transform))}
    notes = [AUEZOV_NOTES[auezov]] if {a, b} & set(GROUPS) else []
    notes += [f"Left out: {key}; it may not be redistributed, see {url}." for key, url in closed.items()]
    indicators = [_indicator(dataset, row, (a, b), auezov) for row in rows if row.key not in closed]
    return ComparisonRecord.record(a=a, b=b, auezov=auezov, notes=notes, indicators=indicators)


def as_text(record: Record) -> str:
    """Return the record as an aligned table under its places, ranks as ``3`` or ``3-5``, and its notes."""
    rows = [
        {
            **row,
            "rank_a": _rank_text(row["rank_a"]),
            "rank_b": _rank_text(row["rank_b"]),
            "notes": " ".join(row["notes"]),
        }
        for row in record["indicators"]
    ]
    return "\n".join([f"a: {record['a']}, b: {record['b']}", as_table(rows, COLUMNS), *record["notes"]])


def _indicator(dataset: Dataset, row: Compared, places: tuple[str, str], auezov: Auezov) -> Record:
    series = transformed(dataset, row.key, row.transform)
    names = {"indicator": row.key, "as": row.transform, "unit": unit_of(series, "en")}
    return {**vars(row), **names, "notes": _notes(dataset, series, row, places, auezov)}


def _rank_text(rank: Record | None) -> str | None:
    if rank is None:
        return None
    return str(rank["best"]) if rank["best"] == rank["worst"] else f"{rank['best']}-{rank['worst']}"


def _notes(
    dataset: Dataset, series: Series, row: Compared, places: tuple[str, str], auezov: Auezov
) -> list[str]:
    """Return what a reader of the numbers must know, as English sentences."""
    indicator, notes = series.indicator, []
    for place in row.missing:
        group = " together" if place in GROUPS else ""
        notes.append(f"No value for {place}{group} in {row.period}.")
    if row.few:
        notes.append(f"Fewer than 20 cases in {' and '.join(row.few)}: no rank and no ratio.")
    if row.about_same:
        notes.append("About the same: a and b differ by no more than rounding or the source's noise.")
    if row.low_reliability:
        notes.append("Of low reliability: a secondary copy, partly checked.")
    if indicator.signed:
        notes.append("Values can be negative, so there is neither a ratio nor a relative value.")
    elif row.transform == "value" and indicator.kind in ("stock", "flow"):
        notes.append("A total: larger districts tend to have more; not held against the city.")
    if row.transform == "per_1000":
        dates = _population_dates(dataset, series, str(row.period), places, auezov)
        notes.append(f"Population is that of {' and '.join(dates)}.")
    notes += _of_ranks_and_city(series, row)
    return notes


def _of_ranks_and_city(series: Series, row: Compared) -> list[str]:
    notes, rows = [], series.at(str(row.period))
    ranks = [rank for rank in (row.rank_a, row.rank_b) if rank]
    if any(rank.best != rank.worst for rank in ranks):
        notes.append("A rank is an interval where chance or a missing value leaves it open.")
    if row.city is not None and bool(rows.loc[CITY, "computed"]):
        notes.append("The city value is computed here.")
    return notes


def _population_dates(
    dataset: Dataset, series: Series, period: str, places: tuple[str, str], auezov: Auezov
) -> list[str]:
    """Return the dates of the population that the values of two places are divided by."""
    rows, dates = series.at(period), set()
    for place in places:
        if place in GROUPS:
            dates.add(nearest_date(dataset, POPULATION, period, members(place, auezov))[0])
        elif place in rows.index:
            dates.add(str(rows.loc[place, "population_date"]))
    return sorted(date for date in dates if date)
