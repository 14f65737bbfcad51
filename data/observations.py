"""The tidy table of one indicator: what its file may hold, and every way in which it may be wrong."""

import csv
import io
import math
import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from data import periods
from data.catalogue import Indicator
from data.declarations import nearest, read_text
from data.problems import Problem
from geo.districts import AREAS, CITY, DISTRICTS

COLUMNS = ("area", "period", "value", "obs_status", "method", "source", "note")
OBS_STATUS = ("A", "B", "E", "F", "M", "P", "U")
"""SDMX code list CL_OBS_STATUS: normal, break, estimated, forecast, missing, provisional, low reliability."""
METHODS = ("published", "computed")
FEW_CASES = 20
"""Below this many cases a district gets no rank, no reading and no colour."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_ROUNDING = 1e-9
"""How far binary arithmetic may be off where a sum is to be exact."""


def read_table(
    path: Path, name: str, indicator: Indicator | None, sources: Collection[str] | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the table of one indicator (None: its declaration is not sound) from known sources (None: not known).

    Returns
    -------
    The sound rows, in order of time and area, with the columns of ``COLUMNS`` (``value`` float, NaN
    only where ``obs_status`` is M) and every problem found, none of them fatal to the others.
    """
    text, problems = read_text(path, name)
    if problems:
        return _frame([]), problems
    (_, header), *rows = _rows(text)
    problems = _check_header(header, name)
    if problems:
        return _frame([]), problems
    sound: list[tuple[int, list[str]]] = []
    first_seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        mistake = _shape_mistake(row)
        if mistake:
            problems.append(Problem(name, line, *mistake))
            continue
        found = list(_check_row(row, name, line, indicator, sources))
        key = (row[0], row[1])
        if key in first_seen:
            wrong = f'"{row[0]}" has {row[1]} already in line {first_seen[key]}'
            found.append(Problem(name, line, wrong, "keep one of the two"))
        first_seen.setdefault(key, line)
        problems += found
        if not found:
            sound.append((line, row))
    if not sound and not problems:
        problems.append(Problem(name, 2, "the table has no rows", "add them or delete the indicator"))
    table = _frame([row for _, row in sound])
    lines = {(row[0], row[1]): line for line, row in sound}
    if indicator:
        problems += _check_jumps(table, lines, name, indicator)
        problems += _check_sums(table, lines, name, indicator)
    return table, problems


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Every row with the line it starts in; from where quotes are wrong, one row with the rest of the text."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        rows.append((line, ["\n"]))
    return rows


def _shape_mistake(row: list[str]) -> tuple[str, str] | None:
    """What keeps a row from being one of the table at all, and what to write, or None."""
    if not row:
        return "the line is empty", "delete it"
    if any("\n" in field or "\r" in field for field in row):
        return "a quoted text does not end in this line", 'close it with ", and write "" for a quote inside it'
    if len(row) == len(COLUMNS) + 1 and _COMMA.fullmatch(",".join(row[2:4])):
        return f'value "{row[2]},{row[3]}" has a decimal comma', f"write {row[2]}.{row[3]}"
    if len(row) != len(COLUMNS):
        wrong = f"has {len(row)} fields, the header has {len(COLUMNS)}"
        return wrong, 'put text that contains a comma in "quotes"'
    return None


def _frame(rows: list[list[str]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["value"] = pd.to_numeric(table["value"].replace("", None)).astype(float)
    rank = {area: at for at, area in enumerate(AREAS)}
    order = sorted(range(len(rows)), key=lambda at: (periods.parse(rows[at][1]), rank[rows[at][0]]))
    return table.iloc[order].reset_index(drop=True)


def _check_header(header: list[str], name: str) -> list[Problem]:
    expected = "write " + ",".join(COLUMNS)
    for separator, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            return [Problem(name, 1, f"the columns are separated by {called}", "separate them by commas")]
    problems = [
        Problem(name, 1, f'column "{column}" is missing', expected)
        for column in COLUMNS
        if column not in header
    ]
    problems += [
        Problem(name, 1, f'column "{column}" is not expected', expected)
        for column in header
        if column not in COLUMNS
    ]
    if not problems and tuple(header) != COLUMNS:
        problems.append(Problem(name, 1, "the columns are in another order or stand twice", expected))
    return problems


def _check_row(
    row: list[str], name: str, line: int, indicator: Indicator | None, sources: Collection[str] | None
) -> Iterator[Problem]:
    area, period, value, status, method, source, _ = row
    if area not in AREAS:
        yield Problem(name, line, f'area "{area}" is not a district', nearest(area, AREAS))
    try:
        periods.parse(period)
    except ValueError as error:
        remedy = "write 2023, 2023-06-30 or 2023-01-01/P6M"
        yield Problem(name, line, f'period "{period}" {error}', remedy)
    if status not in OBS_STATUS:
        remedy = "write one of " + ", ".join(OBS_STATUS)
        yield Problem(name, line, f'obs_status "{status}" is unknown', remedy)
    if method not in METHODS:
        yield Problem(name, line, f'method "{method}" is unknown', "write published or computed")
    for key in source.split(";"):
        if sources is not None and key not in sources:
            yield Problem(name, line, f'source "{key}" is unknown', nearest(key, sources))
        elif indicator and key not in indicator.sources:
            wrong = f'source "{key}" is not declared for this indicator'
            yield Problem(name, line, wrong, f"add it to sources in {indicator.id}.toml")
    mistake = _number_mistake(value, status)
    if mistake:
        yield Problem(name, line, *mistake)
    elif value and float(value) < 0 and indicator and not indicator.signed:
        wrong = f"value {value} is negative, a {indicator.kind} that is not signed cannot be"
        yield Problem(name, line, wrong, "correct it, or declare signed = true")


def _number_mistake(value: str, status: str) -> tuple[str, str] | None:
    """What is wrong with a value and what to write, or None."""
    if not value:
        if status == "M":
            return None
        return "value is empty", "leave the row out, or give it obs_status M"
    if status == "M":
        return f'value "{value}" has obs_status M (missing)', "leave the value empty or change the status"
    if _NUMBER.fullmatch(value):
        return None if math.isfinite(float(value)) else (f'value "{value}" is infinite', "write a number")
    if value[0] in "=@" or (value[0] == "+" and not _NUMBER.fullmatch(value[1:])):
        return f'value "{value}" is a formula', "write the number it gives"
    compact = re.sub(r"[\s\u00a0\u202f]", "", value)
    if compact != value and _NUMBER.fullmatch(compact.replace(",", ".")):
        return f'value "{value}" has a space in the number', f"write {compact.replace(',', '.')}"
    if _COMMA.fullmatch(value):
        return f'value "{value}" has a decimal comma', f"write {value.replace(',', '.')}"
    if value.lower().lstrip("+-") in ("inf", "infinity"):
        return f'value "{value}" is infinite', "write a number"
    return f'value "{value}" is not a number', "write digits with a decimal point"


def _check_jumps(
    table: pd.DataFrame, lines: dict[tuple[str, str], int], name: str, indicator: Indicator
) -> Iterator[Problem]:
    """Neighbouring comparable periods of an area that differ by more than the declared factor."""
    if indicator.max_jump is None:
        return
    floor = FEW_CASES if indicator.counts_cases else 0
    for area, own in table.groupby("area", sort=False):
        for series in periods.SERIES:
            values = {
                period: value
                for period, value in zip(own["period"], own["value"], strict=True)
                if periods.parse(period).series == series
            }
            in_order = periods.ordered(values)
            for before, after in pairwise(in_order):
                low, high = sorted((values[before], values[after]))
                if low <= floor or not periods.comparable(before, after, indicator.break_periods):
                    continue
                if high / low > indicator.max_jump:
                    wrong = (
                        f"{area} goes from {values[before]:g} ({before}) to {values[after]:g}, "
                        f"by a factor above {indicator.max_jump:g}"
                    )
                    remedy = "correct the value, declare a break, or raise max_jump"
                    yield Problem(name, lines[str(area), after], wrong, remedy)


def _check_sums(
    table: pd.DataFrame, lines: dict[tuple[str, str], int], name: str, indicator: Indicator
) -> Iterator[Problem]:
    """Periods in which the eight districts do not add up to the published city value."""
    if not indicator.adds_up:
        return
    tolerance = indicator.tolerance or _ROUNDING
    wide = table.pivot(index="period", columns="area", values="value").reindex(columns=list(AREAS))
    for period, row in wide.dropna().iterrows():
        total, city = float(row[list(DISTRICTS)].sum()), float(row[CITY])
        if abs(total - city) > tolerance * abs(city):
            wrong = f"the districts add up to {total:g} in {period}, the city is {city:g}"
            remedy = f"correct a value, or raise tolerance ({tolerance:g})"
            yield Problem(name, lines[CITY, str(period)], wrong, remedy)
