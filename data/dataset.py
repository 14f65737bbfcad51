"""Everything a data folder holds, read once and found sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.catalogue import Indicator, Source, read_indicator, read_sources
from data.file_problems import DataError, Problem
from data.observations import read_table
from data.targets import Target, read_targets

DATA = Path(__file__).parent
CHECKED_ON = date(2026, 11, 23)
"""When every table was last held against the sources it names; whoever does that again moves it."""


MAX_SERIES = 1024
"""Results kept of what has one per indicator and transform: twice as many as the catalogue has today."""
MAX_PERIODS = 4096
"""Results kept of what has one per indicator and period."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """The indicators, their tables (see ``rows.COLUMNS``), the sources and announced targets."""

    indicators: Mapping[str, Indicator]
    observations: Mapping[str, pd.DataFrame]
    sources: Mapping[str, Source]
    targets: Mapping[str, Target]


def read(folder: Path) -> tuple[Dataset, list[Problem]]:
    """Read a folder that holds ``tables/``, ``sources.toml`` and ``targets.toml``.

    Returns
    -------
    What is sound, and every problem in every file, in order of file and line.
    """
    sources, keys, problems = read_sources(folder)
    tables = folder / "tables"
    declared = {path.stem for path in tables.glob("*.toml")}
    filled = {path.stem for path in tables.glob("*.csv")}
    if not declared | filled:
        problems.append(Problem("tables", 1, "there are no tables", "add <id>.toml and <id>.csv"))
    for key in declared - filled:
        problems.append(Problem(f"tables/{key}.toml", 1, "has no table", f"add tables/{key}.csv"))
    for key in filled - declared:
        problems.append(Problem(f"tables/{key}.csv", 1, "is not declared", f"add tables/{key}.toml"))
    indicators, observations = {}, {}
    profiles: dict[str, str] = {}
    for key in sorted(declared & filled):
        name = f"tables/{key}.toml"
        indicator, mistakes = read_indicator(tables / f"{key}.toml", name, keys, declared, profiles)
        problems += mistakes
        table, mistakes = read_table(tables / f"{key}.csv", f"tables/{key}.csv", indicator, keys)
        problems += mistakes
        if indicator:
            indicators[key], observations[key] = indicator, table
            if indicator.profile and indicator.family:
                profiles[indicator.family] = key
    targets, mistakes = read_targets(folder, declared)
    problems += mistakes
    return Dataset(indicators, observations, sources, targets), sorted(problems)


@lru_cache(maxsize=16)
def load(folder: Path = DATA) -> Dataset:
    """Return the data of a folder (the project's own by default), read once per process.

    Raises
    ------
    DataError
        With every problem, if there is any.
    """
    dataset, problems = read(folder)
    if problems:
        raise DataError(problems)
    return dataset
