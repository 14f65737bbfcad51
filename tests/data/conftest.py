"""What the tests of this room share: the files as they are written, read without the code under test."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data.dataset import DATA

BAD = Path(__file__).parents[1] / "bad"
SOUND = BAD / "_sound"
Figures = dict[tuple[str, str], float]


@pytest.fixture(scope="session")
def figures() -> Callable[[str], Figures]:
    """What the file of an indicator says, by area and period, read with nothing but the csv module."""

    def read(key: str) -> Figures:
        with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
            return {(row["area"], row["period"]): float(row["value"]) for row in csv.DictReader(file)}

    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sound data folder, to be broken."""
    return Path(shutil.copytree(SOUND, tmp_path / "data"))
