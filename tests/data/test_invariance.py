"""What must hold of the transforms for any figures: tried on invented ones."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dataset import Dataset, read
from data.transforms import transformed
from geo.districts import AREAS, CITY, DISTRICTS

SOUND = Path(__file__).parents[1] / "bad" / "_sound"
COUNTS = st.lists(st.integers(1, 10**7), min_size=8, max_size=8)


def dataset_of(births: list[int], residents: list[int], factor: float = 1) -> Dataset:
    """The sound data with other births of 2024, and other residents at its end, published cities included."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tables").mkdir()
        for path in SOUND.rglob("*.*"):
            (folder / path.relative_to(SOUND)).write_bytes(path.read_bytes())
        for key, period, counts in (("births", "2024", births), ("population", "2024-12-31", residents)):
            times = factor if key == "births" else 1
            lines = ["area,period,value,obs_status,method,source,note"]
            source = "passports" if key == "births" else "bureau"
            for area, count in zip(AREAS, [*counts, sum(counts)], strict=True):
                lines.append(f"{area},{period},{count * times!r},A,published,{source},")
            (folder / "tables" / f"{key}.csv").write_text("\n".join(lines), encoding="utf-8")
        dataset, problems = read(folder)
    assert problems == []
    return dataset


def seen(dataset: Dataset, transform: str) -> pd.Series:
    return transformed(dataset, "births", transform).at("2024")["value"]  # type: ignore[arg-type]


@given(COUNTS, COUNTS)
@settings(max_examples=8, deadline=None)
def test_every_transform_is_its_formula(births: list[int], residents: list[int]) -> None:
    dataset = dataset_of(births, residents)
    people, born = np.array([*residents, sum(residents)]), np.array([*births, sum(births)])
    assert seen(dataset, "value").to_numpy() == pytest.approx(born)
    assert seen(dataset, "per_1000").to_numpy() == pytest.approx(born / people * 1000)
    assert seen(dataset, "share").to_numpy() == pytest.approx(born / born[-1] * 100)
    city = born[-1] / people[-1]
    assert seen(dataset, "relative").to_numpy() == pytest.approx(born / people / city * 100)
    assert seen(dataset, "index").to_numpy() == pytest.approx(np.full(9, 100))


@given(COUNTS, COUNTS, st.sampled_from([0.001, 0.5, 3, 1000]))
@settings(max_examples=8, deadline=None)
def test_counting_in_another_unit_changes_no_share_and_nothing_relative(
    births: list[int], residents: list[int], factor: float
) -> None:
    before, after = dataset_of(births, residents), dataset_of(births, residents, factor)
    for transform in ("share", "relative", "index"):
        assert seen(after, transform).to_numpy() == pytest.approx(seen(before, transform).to_numpy())
    for transform in ("value", "per_1000"):
        assert seen(after, transform).to_numpy() == pytest.approx(seen(before, transform).to_numpy() * factor)


@given(COUNTS, COUNTS)
@settings(max_examples=8, deadline=None)
def test_shares_make_a_whole_and_the_city_lies_between_its_districts(
    births: list[int], residents: list[int]
) -> None:
    dataset = dataset_of(births, residents)
    shares, relative = seen(dataset, "share"), seen(dataset, "relative")
    assert shares[list(DISTRICTS)].sum() == pytest.approx(100)
    assert shares[CITY] == relative[CITY] == pytest.approx(100)
    assert relative[list(DISTRICTS)].min() <= 100 * (1 + 1e-9)
    assert relative[list(DISTRICTS)].max() >= 100 * (1 - 1e-9)


@given(COUNTS)
@settings(max_examples=8, deadline=None)
def test_the_weighted_mean_of_a_rate_lies_between_the_rates(births: list[int]) -> None:
    """And is that of the rates 5.9, 7.7, … of the sound data by these births."""
    rows = transformed(dataset_of(births, births), "infant_mortality_rate", "value").at("2024")
    rates = np.array([5.9, 7.7, 6.4, 5.1, 8.2, 6.9, 7.8, 6.2])
    assert rows["value"][list(DISTRICTS)].to_numpy() == pytest.approx(rates)
    assert rows["value"][CITY] == pytest.approx(float(np.average(rates, weights=births)))
    assert 5.1 <= rows["value"][CITY] <= 8.2
    assert rows["computed"][CITY]
