"""Commands that say, and refuse, what the interface for machines does, as tables or as JSON."""

import argparse

PROGRESS_COLUMNS = (
    *("area", "base_period", "base_gap", "latest_period", "latest_gap", "pace", "pace_low", "pace_high"),
    *("observed_per_year", "required_per_year", "reading", "reversed_since", "reason"),
)
TARGET_COLUMNS = (
    *("id", "kind", "state", "area", "target_year", "target_value", "reading", "reason", "unit", "statement"),
)


def progress(chosen: argparse.Namespace) -> int:
    """Say how the districts move towards the city average."""
    from components.export.records.json_records import as_json, as_table
    from components.export.records.progress import progress
    from data.dataset import load

    dataset = load()
    records = progress(dataset, chosen.indicator, "parity", chosen.horizon)
    if chosen.json:
        print(as_json(records))
        return 0
    print(f"{dataset.indicators[chosen.indicator].title['en']}: gap to the city average in percent,")
    print(f"per year in percentage points of it; our own target: no gap by the end of {chosen.horizon}")
    print(as_table(records, PROGRESS_COLUMNS))
    return 0


def targets(chosen: argparse.Namespace) -> int:
    """List what was announced."""
    from components.export.records.json_records import as_json, as_table
    from components.export.records.progress import targets
    from data.dataset import load

    records = targets(load())
    if chosen.json:
        print(as_json(records))
        return 0
    rows = [{**one, "statement": one["statement"]["en"], "unit": one["unit"]["en"]} for one in records]
    print(as_table(rows, TARGET_COLUMNS))
    return 0


def measures(chosen: argparse.Namespace) -> int:
    """Say how an activity is spread over the districts."""
    from components.export.records.json_records import as_json
    from components.export.records.measures import as_text, measures
    from data.dataset import load

    dataset = load()
    record = measures(dataset, chosen.indicator, chosen.period, chosen.auezov)
    if chosen.json:
        print(as_json(record))
        return 0
    print(f"{dataset.indicators[record['indicator']].title['en']}, {record['period']}, n = {record['n']}")
    print(as_text(record))
    return 0


def compare(chosen: argparse.Namespace) -> int:
    """Hold two places beside each other."""
    from components.export.records.comparison import as_text, compare
    from components.export.records.json_records import as_json
    from data.dataset import load

    record = compare(load(), chosen.a, chosen.b, chosen.auezov)
    print(as_json(record) if chosen.json else as_text(record))
    return 0
