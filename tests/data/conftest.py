"""What the tests of this room share: the files as they are written, read without the code under test."""

import csv
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from data.dataset import DATA, Dataset, read
from geo.districts import DISTRICTS

BAD = Path(__file__).parents[1] / "bad"
SOUND = BAD / "_sound"
HEADER = "area,period,value,obs_status,method,source,note"
EVEN = [100000] * 8
Figures = dict[tuple[str, str], float]
Read = Callable[[str], Figures]
Build = Callable[..., Dataset]


@pytest.fixture(scope="session")
def figures() -> Read:
    """What the file of an indicator says, by area and period, read with nothing but the csv module."""

    def figures_of(key: str) -> Figures:
        with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
            return {(row["area"], row["period"]): float(row["value"]) for row in csv.DictReader(file)}

    kept = cache(figures_of)
    return lambda key: dict(kept(key))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sound data folder, to be broken."""
    return Path(shutil.copytree(SOUND, tmp_path / "data"))


@pytest.fixture
def build(folder: Path) -> Build:
    """A data folder with invented figures: eight numbers a period, None where a district has none."""

    def write(key: str, columns: Mapping[str, list[float | None]], source: str) -> None:
        rows = [
            f"{area},{period},{value!r},A,published,{source},"
            for period, values in columns.items()
            for area, value in zip(DISTRICTS, values, strict=True)
            if value is not None
        ]
        (folder / "tables" / f"{key}.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")

    def built(
        births: Mapping[str, list[float | None]],
        people: Mapping[str, list[float | None]] | None = None,
        rates: Mapping[str, list[float | None]] | None = None,
        good_since: str = "",
    ) -> Dataset:
        first = next(iter(births))
        for key in ("births", "population", "infant_mortality_rate"):
            path = folder / "tables" / f"{key}.toml"
            text = path.read_text(encoding="utf-8")
            head, *breaks = text.split("[[breaks]]")
            lines = [
                line for line in head.splitlines() if line.split(" ")[0] not in ("max_jump", "weight", "per")
            ]
            if key == "births" and good_since:
                lines.insert(1, f'good_since = "{good_since}"')
            head = "\n".join(lines)
            if key == "births" and "-" in first:
                head = head.replace('kind = "flow"', 'kind = "stock"')
            if key == "infant_mortality_rate":
                head = head.replace('better = "neither"', 'better = "higher"')
            path.write_text("\n[[breaks]]".join([head, *breaks]), encoding="utf-8")
        write("births", births, "passports")
        write("population", people or {"1980-12-31": EVEN}, "bureau")
        if rates:
            write("infant_mortality_rate", rates, "passports")
        dataset, problems = read(folder)
        assert problems == []
        return dataset

    return built
