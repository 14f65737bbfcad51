"""Commands that answer, and refuse, what the interface for machines does, as tables or as JSON."""

import click

from components.cli import options

PROGRESS_COLUMNS = (
    "area",
    "latest_period",
    "latest_gap",
    "side",
    "keeps_floor",
    "base_period",
    "base_gap",
    "observed_per_year",
    "observed_low",
    "observed_high",
    "required_growth",
    "reading",
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


@click.command
@click.option("--indicator", required=True, metavar="ID", help="Id of an indicator with parity.")
@click.option("--horizon", default="2050", show_default=True, metavar="YEAR", help="2026 to 2100.")
@options.AS_JSON
def progress(indicator: str, horizon: str, as_json: bool) -> None:
    """Say how the districts move towards the city average.

    The city average is a target derived by this dashboard. The same records as /api/v1/progress.
    """
    from components.arguments import PROGRESS
    from components.export.records import json_records
    from components.export.records.progress import progress
    from data.dataset import load

    dataset = load()
    chosen = options.read(PROGRESS, dataset, indicator=indicator, horizon=horizon)
    records = progress(dataset, indicator, chosen["horizon"])
    if as_json:
        print(json_records.as_json(records))
        return
    print(f"{dataset.indicators[indicator].title['en']}: gap to the city average in percent,")
    print(f"observed per year in percentage points; our own target: no gap by the end of {horizon};")
    print("required growth in percent a year faster than the city")
    print(json_records.as_table(records, PROGRESS_COLUMNS))


@click.command
@options.AS_JSON
def targets(as_json: bool) -> None:
    """List what was announced.

    Every announced target with its reading, or the reason why it has none. The same records as
    /api/v1/targets.
    """
    from components.export.records import json_records
    from components.export.records.progress import targets
    from data.dataset import load

    records = targets(load())
    if as_json:
        print(json_records.as_json(records))
        return
    rows = [{**row, "statement": row["statement"]["en"], "unit": row["unit"]["en"]} for row in records]
    print(json_records.as_table(rows, TARGET_COLUMNS))


@click.command
@click.option("--indicator", required=True, metavar="ID", help="Id of what is measured.")
@click.option(
    "--period", default="latest", show_default=True, metavar="P", help="As 2023, 2023-12-31 or latest."
)
@options.AUEZOV
@options.AS_JSON
def measures(indicator: str, period: str, auezov: str, as_json: bool) -> None:
    """Say how an activity is spread over the districts.

    Concentration, mismatch of activity and people, centre and periphery, at one period. The same record
    as /api/v1/polycentricity.
    """
    from components.arguments import POLYCENTRICITY
    from components.export.records import json_records
    from components.export.records.measures import as_text, measures
    from data.dataset import load

    dataset = load()
    chosen = options.read(POLYCENTRICITY, dataset, indicator=indicator, period=period, auezov=auezov)
    record = measures(dataset, **chosen)
    if as_json:
        print(json_records.as_json(record))
        return
    print(f"{dataset.indicators[record['indicator']].title['en']}, {record['period']}, n = {record['n']}")
    print(as_text(record))


@click.command
@click.option("--a", required=True, metavar="PLACE", help="A district, city, centre or periphery.")
@click.option("--b", required=True, metavar="PLACE", help="The place to compare it with.")
@options.AUEZOV
@options.AS_JSON
def compare(a: str, b: str, auezov: str, as_json: bool) -> None:
    """Compare two places.

    Two districts, the city, centre or periphery, on every indicator. The same record as /api/v1/compare.
    """
    from components.arguments import COMPARE
    from components.export.records import json_records
    from components.export.records.comparison import as_text, compare
    from data.dataset import load

    dataset = load()
    record = compare(dataset, **options.read(COMPARE, dataset, a=a, b=b, auezov=auezov))
    print(json_records.as_json(record) if as_json else as_text(record))
