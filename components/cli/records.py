"""Commands that answer, and refuse, what the interface for machines does, as tables or as JSON."""

import click

PROGRESS_COLUMNS = (
    "area",
    "base_period",
    "base_gap",
    "latest_period",
    "latest_gap",
    "pace",
    "pace_low",
    "pace_high",
    "observed_per_year",
    "required_per_year",
    "reading",
    "reversed_since",
    "reason",
)
TARGET_COLUMNS = (
    "id",
    "kind",
    "state",
    "area",
    "target_year",
    "target_value",
    "reading",
    "reason",
    "unit",
    "statement",
)
as_json = click.option("--json", "json", is_flag=True, help="Write JSON in place of a table.")
auezov = click.option(
    "--auezov",
    default="periphery",
    show_default=True,
    metavar="CLASS",
    help="How Auezov counts: periphery, centre or out.",
)


@click.command
@click.option("--indicator", required=True, metavar="ID", help="Id of an indicator with parity.")
@click.option("--horizon", default="2050", show_default=True, metavar="YEAR", help="2026 to 2100.")
@as_json
def progress(indicator: str, horizon: str, json: bool) -> None:
    """Say how the districts move towards the city average.

    The city average is a target derived by this dashboard. The same records as /api/v1/progress.
    """
    from components.export.records.json_records import as_json, as_table
    from components.export.records.progress import progress
    from data.dataset import load

    dataset = load()
    records = progress(dataset, indicator, "parity", horizon)
    if json:
        print(as_json(records))
        return
    print(f"{dataset.indicators[indicator].title['en']}: gap to the city average in percent,")
    print(f"per year in percentage points of it; our own target: no gap by the end of {horizon}")
    print(as_table(records, PROGRESS_COLUMNS))


@click.command
@as_json
def targets(json: bool) -> None:
    """List what was announced.

    Every announced target with its reading, or the reason why it has none. The same records as
    /api/v1/targets.
    """
    from components.export.records.json_records import as_json, as_table
    from components.export.records.progress import targets
    from data.dataset import load

    records = targets(load())
    if json:
        print(as_json(records))
        return
    rows = [{**row, "statement": row["statement"]["en"], "unit": row["unit"]["en"]} for row in records]
    print(as_table(rows, TARGET_COLUMNS))


@click.command
@click.option("--indicator", required=True, metavar="ID", help="Id of what is measured.")
@click.option("--period", metavar="P", help="As 2023, 2023-12-31 or latest.  [default: latest]")
@auezov
@as_json
def measures(indicator: str, period: str | None, auezov: str, json: bool) -> None:
    """Say how an activity is spread over the districts.

    Concentration, mismatch of activity and people, centre and periphery, at one period. The same record
    as /api/v1/polycentricity.
    """
    from components.export.records.json_records import as_json
    from components.export.records.measures import as_text, measures
    from data.dataset import load

    dataset = load()
    record = measures(dataset, indicator, period, auezov)
    if json:
        print(as_json(record))
        return
    print(f"{dataset.indicators[record['indicator']].title['en']}, {record['period']}, n = {record['n']}")
    print(as_text(record))


@click.command
@click.option("--a", required=True, metavar="PLACE", help="A district, city, centre or periphery.")
@click.option("--b", required=True, metavar="PLACE", help="The place to compare it with.")
@auezov
@as_json
def compare(a: str, b: str, auezov: str, json: bool) -> None:
    """Compare two places.

    Two districts, the city, centre or periphery, on every indicator. The same record as /api/v1/compare.
    """
    from components.export.records.comparison import as_text, compare
    from components.export.records.json_records import as_json
    from data.dataset import load

    record = compare(load(), a, b, auezov)
    print(as_json(record) if json else as_text(record))
