"""Measures of one activity over the districts for programs: the same record for web and command line."""

from components.arguments import LATEST
from components.export.records.json_records import Record, as_table
from components.export.records.licence import permit
from components.export.records.models import MeasuresRecord
from data import periods
from data.centre_periphery import Auezov, Measures, Structure, default_period, measured
from data.dataset import Dataset
from data.transforms import POPULATION_WITHIN_DAYS

AUEZOV_NOTES: dict[Auezov, str] = {
    "periphery": "Auezov is in neither class in the sources; here it is counted as periphery.",
    "centre": "Auezov is in neither class in the sources; here it is counted as centre.",
    "out": "Auezov is in neither class in the sources; here it takes no part in any value or measure.",
}
MAPS = ("shares", "population_shares", "location_quotients")
NO_SCALARS = {"indicator", "period", "auezov", "n", "notes", *MAPS}


def measures(dataset: Dataset, indicator: str, period: str, auezov: Auezov) -> Record:
    """Return all measures of an activity at a period, ``latest`` being the default structure.

    Maps are keyed by the ids of the districts that take part and have a value, ``n`` of them, in the
    fixed order. Measures that are not defined, or need a population that is missing, are None.

    Raises
    ------
    RequestError
        403 for figures that may not be redistributed.
    """
    permit(dataset, indicator, "per_1000")
    if period == LATEST:
        period = default_period(dataset, indicator, auezov)
    spread = measured(dataset, indicator, period, auezov)
    theil = spread.theil
    return MeasuresRecord.record(
        spread,
        indicator=indicator,
        period=period,
        auezov=auezov,
        n=len(spread.structure.areas),
        theil=theil and theil.total,
        theil_between=theil and theil.between,
        theil_within=theil and theil.within,
        notes=_notes(dataset, spread),
    )


def as_text(record: Record) -> str:
    """Return the record as aligned tables, by district and for all of them, and its notes."""
    areas = next((list(record[name]) for name in MAPS if record[name]), [])
    rows = [{"area": area, **{name: (record[name] or {}).get(area) for name in MAPS}} for area in areas]
    scalars = [{"measure": name, "value": value} for name, value in record.items() if name not in NO_SCALARS]
    tables = [as_table(rows, ("area", *MAPS), 4), as_table(scalars, ("measure", "value"), 4)]
    return "\n\n".join([*tables[not rows :], "\n".join(record["notes"])])


def _notes(dataset: Dataset, spread: Measures) -> list[str]:
    """Return what a reader of the numbers must know, as English sentences."""
    structure = spread.structure
    notes = [AUEZOV_NOTES[structure.auezov]]
    if structure.missing:
        notes.append(
            f"No value for {', '.join(structure.missing)}; measured over the other {len(structure.areas)}."
        )
    notes += _of_weights(structure)
    if not structure.activity.sum():
        notes.append("All values are zero: there is nothing to measure.")
    elif structure.population is not None and not structure.both_groups:
        empty = "periphery" if any(structure.centre) else "centre"
        notes.append(f"No district of the {empty} has a value, so centre_periphery_ratio is null.")
    if spread.shares:
        notes.append(
            "green is for reference only: one single centre among eight still scores 0.34. "
            "p_star is this dashboard's own normalisation: 0 one centre, 1 even."
        )
    if structure.few:
        notes.append(
            f"Fewer than 20 cases in {', '.join(structure.few)}: chance alone can move their values."
        )
    return notes + _of_the_source(dataset, structure)


def _of_weights(structure: Structure) -> list[str]:
    """Return what districts are weighted by: people, of which date, or nothing."""
    notes = []
    if structure.intensity:
        notes.append("Values are averages, not amounts: there are no shares, nor measures of them.")
    if structure.population is None:
        near = f"within {POPULATION_WITHIN_DAYS} days of the period's end"
        notes.append(
            f"No population of all these districts exists {near}, so the measures that need it are null."
        )
    else:
        if structure.intensity:
            notes.append("Districts are weighted by population.")
        notes.append(
            f"Population is that of {structure.population_date}, the date nearest to the period's end."
        )
    return notes


def _of_the_source(dataset: Dataset, structure: Structure) -> list[str]:
    table, since = dataset.observations[structure.key], dataset.indicators[structure.key].good_since
    here = table[(table["period"] == structure.period) & table["area"].isin(structure.areas)]
    low = here.loc[here["obs_status"] == "U", "area"].tolist()
    notes = [f"Of low reliability: the values of {', '.join(low)}."] if low else []
    if since and not periods.starts_after(structure.period, since):
        notes.append(f"The source says the series is good only since {since}.")
    return notes
