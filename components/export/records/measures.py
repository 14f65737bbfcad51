"""The measures of one activity over the districts for machines: the same record for web and command line."""

from components.export.records.json_records import Record, as_table, finite
from components.export.records.licence import permit
from components.export.records.period_arguments import LATEST, period_among
from components.refusal import RequestError, nearest, visible
from data import periods
from data.centre_periphery import (
    AUEZOV,
    Auezov,
    Measures,
    Structure,
    classes,
    default_period,
    measurable,
    measured,
)
from data.dataset import Dataset
from data.transforms import POPULATION, POPULATION_WITHIN_DAYS, wide
from geo.districts import DISTRICTS

AUEZOV_NOTES: dict[Auezov, str] = {
    "periphery": "Auezov is in neither class in the sources; here it is counted as periphery.",
    "centre": "Auezov is in neither class in the sources; here it is counted as centre.",
    "out": "Auezov is in neither class in the sources; here it takes no part in any value or measure.",
}
OF_SHARES = ("primacy", "herfindahl", "evenness", "rank_size_slope", "green", "p_star")
SCALARS = (
    *(*OF_SHARES, "hoover", "theil", "theil_between", "theil_within", "gini"),
    "centre_periphery_ratio",
)
MAPS = ("shares", "population_shares", "location_quotients")


def measures(dataset: Dataset, indicator: str | None, period: str | None, auezov: str) -> Record:
    """All measures of an activity at a period, ``latest`` (or None) being the default one.

    Maps are keyed by the ids of the districts that take part and have a value, ``n`` of them, in the
    fixed order. Measures that are not defined, or need a population that is missing, are None.

    Raises
    ------
    RequestError
        For an unknown indicator or one that cannot be measured, a period that it does not have or that is
        none, an unknown choice for Auezov, figures that may not be redistributed.
    """
    key = _measurable(dataset, indicator)
    permit(dataset, key, "per_1000")
    choice = auezov_of(auezov)
    at = _period(dataset, key, period, choice)
    found = measured(dataset, key, at, choice)
    one, theil, people = found.structure, found.theil, found.population_shares
    return {
        "indicator": key,
        "period": one.period,
        "auezov": one.auezov,
        "n": len(one.areas),
        "shares": dict(found.shares) if found.shares else None,
        "population_shares": dict(people) if people else None,
        **{name: finite(getattr(found, name)) for name in OF_SHARES},
        "hoover": finite(found.hoover),
        "theil": finite(theil.total) if theil else None,
        "theil_between": finite(theil.between) if theil else None,
        "theil_within": finite(theil.within) if theil else None,
        "gini": finite(found.gini),
        "location_quotients": dict(found.location_quotients) if found.location_quotients else None,
        "centre_periphery_ratio": finite(found.centre_periphery_ratio),
        "notes": _notes(dataset, found),
    }


def as_text(record: Record) -> str:
    """The record as aligned tables, by district and for all of them, and its notes."""
    areas = next((list(record[name]) for name in MAPS if record[name]), [])
    rows = [{"area": area, **{name: (record[name] or {}).get(area) for name in MAPS}} for area in areas]
    scalars = [{"measure": name, "value": record[name]} for name in SCALARS]
    tables = [as_table(rows, ("area", *MAPS), 4), as_table(scalars, ("measure", "value"), 4)]
    return "\n\n".join([*tables[not rows :], "\n".join(record["notes"])])


def auezov_of(text: str) -> Auezov:
    """What to do with Auezov.

    Raises
    ------
    RequestError
        For anything but the three choices.
    """
    if text in AUEZOV:
        return text
    detail = f'auezov "{visible(text)}" is not a choice; write periphery, centre or out'
    raise RequestError(400, "Unknown choice for Auezov", detail, nearest(text, AUEZOV), AUEZOV)


def _measurable(dataset: Dataset, indicator: str | None) -> str:
    known = tuple(measurable(dataset))
    if indicator is None:
        raise RequestError(400, "Indicator missing", "write indicator=… with the id of one", exists=known)
    if indicator in known:
        return indicator
    close = nearest(indicator, known)
    if indicator in dataset.indicators:
        detail = f'indicator "{indicator}" cannot be measured: {_why_not(dataset, indicator)}'
        raise RequestError(404, "Not measurable", detail, close, known)
    detail = f'indicator "{visible(indicator)}" is unknown; the nearest are {", ".join(close)}'
    raise RequestError(404, "Unknown indicator", detail, close, known)


def _why_not(dataset: Dataset, key: str) -> str:
    """Why ``measurable`` leaves an indicator out."""
    one = dataset.indicators[key]
    if key == POPULATION:
        return "population is what activity is held against"
    if one.signed:
        return "its values can be negative, so they have no shares"
    if one.kind == "index":
        return "an index compares with an earlier period and is no amount"
    if wide(dataset, key)[list(DISTRICTS)].notna().sum(axis=1).max() < 2:
        return "no period has values for two districts or more"
    if one.kind == "rate" and one.weight:
        return f"it is a rate of {one.weight}, not an amount"
    if one.kind == "rate":
        return "it is a rate of which neither a higher nor a lower value is better"
    return "its districts do not add up to the city"


def _period(dataset: Dataset, key: str, period: str | None, auezov: Auezov) -> str:
    if period is None or period == LATEST:
        return default_period(dataset, key, auezov)
    known = tuple(periods.ordered(wide(dataset, key)[list(classes(auezov))].dropna(how="all").index))
    return period_among(period, known, f'"{key}" has no values by district for')


def _notes(dataset: Dataset, found: Measures) -> list[str]:
    """What a reader of the numbers must know, as English sentences."""
    one = found.structure
    notes = [AUEZOV_NOTES[one.auezov]]
    if one.missing:
        notes.append(f"No value for {', '.join(one.missing)}; measured over the other {len(one.areas)}.")
    notes += _of_weights(one)
    if not one.activity.sum():
        notes.append("All values are zero: there is nothing to measure.")
    elif one.population is not None and not one.both_groups:
        empty = "periphery" if any(one.centre) else "centre"
        notes.append(f"No district of the {empty} has a value, so centre_periphery_ratio is null.")
    if found.shares:
        notes.append(
            "green is for reference only: one single centre among eight still scores 0.34. "
            "p_star is this dashboard's own normalisation: 0 one centre, 1 even."
        )
    if one.few:
        notes.append(f"Fewer than 20 cases in {', '.join(one.few)}: chance alone can move their values.")
    return notes + _of_the_source(dataset, one)


def _of_weights(one: Structure) -> list[str]:
    """What districts are held against: people, of which date, or nothing."""
    notes = []
    if one.intensity:
        notes.append("Values are averages, not amounts: there are no shares, nor measures of them.")
    if one.population is None:
        near = f"within {POPULATION_WITHIN_DAYS} days of the period's end"
        notes.append(
            f"No population of all these districts exists {near}, so the measures that need it are null."
        )
    else:
        if one.intensity:
            notes.append("Districts are weighted by population.")
        notes.append(f"Population is that of {one.population_date}, the date nearest to the period's end.")
    return notes


def _of_the_source(dataset: Dataset, one: Structure) -> list[str]:
    table, since = dataset.observations[one.key], dataset.indicators[one.key].good_since
    here = table[(table["period"] == one.period) & table["area"].isin(one.areas)]
    low = here.loc[here["obs_status"] == "U", "area"].tolist()
    notes = [f"Of low reliability: the values of {', '.join(low)}."] if low else []
    if since and not periods.starts_after(one.period, since):
        notes.append(f"The source says the series is good only since {since}.")
    return notes
