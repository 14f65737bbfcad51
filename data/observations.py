"""The tidy table of one indicator, and what its rows may not be together."""

from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from data import csv_rows, periods
from data.catalogue import Indicator
from data.csv_rows import COLUMNS
from data.file_problems import Problem
from data.toml_schema import read_text
from geo.districts import AREAS, CITY, DISTRICTS

FEW_CASES = 20
"""Below this many events a district gets no rank, no reading and no colour."""

_ROUNDING = 1e-9
"""How far binary arithmetic may be off where a sum is to be exact."""


def read_table(
    path: Path, name: str, indicator: Indicator | None, sources: Collection[str] | None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the table of one indicator.

    ``indicator`` is None where its declaration is not sound, ``sources`` where theirs cannot be read;
    what depends on them is then left unchecked.

    Returns
    -------
    The sound rows, in order of time and area, with the columns of ``COLUMNS`` (``value`` float, NaN
    only where ``obs_status`` is M) and every problem found, none of them fatal to the others.
    """
    text, problems = read_text(path, name)
    if problems:
        return _frame([]), problems
    (_, header), *body = csv_rows.split(text)
    problems = csv_rows.check_header(header, name)
    if problems:
        return _frame([]), problems
    sound: list[tuple[int, list[str]]] = []
    first_seen: dict[tuple[str, str], int] = {}
    for line, row in body:
        mistake = csv_rows.shape_mistake(row)
        if mistake:
            problems.append(Problem(name, line, *mistake))
            continue
        mistakes = list(csv_rows.check(row, name, line, indicator, sources))
        key = (row[0], row[1])
        if key in first_seen:
            wrong = f'"{row[0]}" has {row[1]} already in line {first_seen[key]}'
            mistakes.append(Problem(name, line, wrong, "keep one of the two"))
        first_seen.setdefault(key, line)
        problems += mistakes
        if not mistakes:
            sound.append((line, row))
    if not sound and not problems:
        problems.append(Problem(name, 2, "the table has no rows", "add them or delete the indicator"))
    table = _frame([row for _, row in sound])
    lines = {(row[0], row[1]): line for line, row in sound}
    if indicator:
        problems += _check_jumps(table, lines, name, indicator)
        problems += _check_sums(table, lines, name, indicator)
    return table, problems


def _frame(sound: list[list[str]]) -> pd.DataFrame:
    table = pd.DataFrame(sound, columns=list(COLUMNS))
    table["value"] = pd.to_numeric(table["value"].replace("", None)).astype(float)
    rank = {area: at for at, area in enumerate(AREAS)}
    order = sorted(range(len(sound)), key=lambda at: (periods.parse(sound[at][1]), rank[sound[at][0]]))
    return table.iloc[order].reset_index(drop=True)


def _check_jumps(
    table: pd.DataFrame, lines: dict[tuple[str, str], int], name: str, indicator: Indicator
) -> Iterator[Problem]:
    """Neighbouring comparable periods of an area that differ by more than the declared factor.

    Counts of few cases jump by chance: they are taken as if there were just enough of them.
    """
    if indicator.max_jump is None:
        return
    floor = FEW_CASES if indicator.counts else 0
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
                if low <= 0 or not periods.comparable(before, after, indicator.break_periods):
                    continue
                if high / max(low, floor) > indicator.max_jump:
                    wrong = (
                        f"{area} goes from {values[before]:.10g} ({before}) to {values[after]:.10g}, "
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
            wrong = f"the districts add up to {total:.10g} in {period}, the city is {city:.10g}"
            remedy = f"correct a value, or raise tolerance ({tolerance:g})"
            yield Problem(name, lines[CITY, str(period)], wrong, remedy)
