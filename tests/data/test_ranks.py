"""Ranks and extremes of every indicator through every transform, computed anew from the files."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from math import log, sqrt
from pathlib import Path

import pytest
from scipy.stats import chi2

from data.dataset import DATA, Dataset, read
from data.ranks import Rank, alike, extremes, rank_intervals
from data.transforms import transformed, weight_period
from geo.districts import CITY, DISTRICTS, areas_km2
from tests.data.conftest import Read


@cache
def declared(key: str) -> dict[str, object]:
    return tomllib.loads((DATA / "tables" / f"{key}.toml").read_text(encoding="utf-8"))


@cache
def digits_of(key: str, period: str) -> int:
    """Decimals of the most precise value that the source of a period's districts writes anywhere."""
    with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (source,) = {row["source"] for row in rows if row["period"] == period and row["area"] != CITY}
    return max(len(row["value"].partition(".")[2]) for row in rows if row["source"] == source)


def every_period(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """Every indicator, transform and period with a value by district."""
    for key, indicator in dataset.indicators.items():
        for transform in indicator.transforms:
            for period in transformed(dataset, key, transform).periods():
                yield key, transform, period


def district_values(dataset: Dataset, key: str, transform: str, period: str) -> Mapping[str, float]:
    rows = transformed(dataset, key, transform).at(period)  # type: ignore[arg-type]
    return {str(area): float(value) for area, value in rows["value"].items() if area != CITY}


def counts_at(figures: Read, key: str, period: str, weights: Mapping[str, float]) -> dict[str, float]:
    """What was counted: the value, of a rate value × weight / per."""
    per = float(declared(key).get("per", 1))  # type: ignore[arg-type]
    known = figures(key)
    return {
        area: known[area, period] * (weights[area] / per if weights else 1)
        for area in DISTRICTS
        if (area, period) in known and (not weights or area in weights)
    }


def weights_at(figures: Read, key: str, period: str, dataset: Dataset) -> dict[str, float]:
    """The weights of a rate; of a stock those of the date that the transform says it used."""
    weight = declared(key).get("weight")
    if weight is None:
        return {}
    table = figures(str(weight))
    date = weight_period(dataset, str(weight), period) or ""
    return {area: table[area, date] for area in DISTRICTS if (area, date) in table}


Values = Mapping[str, float]


def events_higher(value: Values, counts: Values, _unit: Values, _half: float, a: str, b: str) -> bool:
    return log(value[a] / value[b]) > 1.959963985 * sqrt(1 / counts[a] + 1 / counts[b])


def register_higher(value: Values, counts: Values, unit: Values, _half: float, a: str, b: str) -> bool:
    return (counts[a] - 1) * unit[a] > (counts[b] + 1) * unit[b] + 1e-12


def published_higher(value: Values, _counts: Values, unit: Values, half: float, a: str, b: str) -> bool:
    return value[a] - value[b] >= half * (unit[a] + unit[b]) - 1e-9 * abs(value[a])


CERTAINLY_HIGHER = {"events": events_higher, "register": register_higher, None: published_higher}


def test_every_rank_is_as_wide_as_its_counts_and_digits_leave_it(dataset: Dataset, figures: Read) -> None:
    compared = {"events": 0, "register": 0, None: 0}
    for key, transform, period in every_period(dataset):
        if transform == "index":
            continue
        kind = declared(key).get("counts")
        value = district_values(dataset, key, transform, period)
        counts = counts_at(figures, key, period, weights_at(figures, key, period, dataset)) if kind else {}
        published = {area: x for (area, at), x in figures(key).items() if at == period}
        if (kind and set(counts) != set(value)) or any(count == 0 for count in (counts or value).values()):
            continue
        series = transformed(dataset, key, transform)  # type: ignore[arg-type]
        if alike(series, period) is not None:
            continue
        unit = {area: value[area] / (counts or published)[area] for area in value}
        half = 0.5 * 10.0 ** -digits_of(key, period)
        certainly = partial(CERTAINLY_HIGHER[kind], value, counts, unit, half)  # type: ignore[index]
        few = {area for area, count in counts.items() if kind == "events" and count < 20}
        ranked = [area for area in value if area not in few]
        expected = {
            area: Rank(
                1 + sum(certainly(other, area) for other in ranked if other != area),
                8 - sum(certainly(area, other) for other in ranked if other != area),
            )
            for area in ranked
        }
        assert rank_intervals(series, period) == expected, (key, transform, period)
        compared[kind] += 1  # type: ignore[index]
    assert min(compared.values()) > 100, compared


def test_districts_are_alike_where_pearson_says_so(dataset: Dataset, figures: Read) -> None:
    """χ² by hand of every rate of events; only where each district has its population or births."""
    verdicts = {True: 0, False: 0}
    for key, transform, period in every_period(dataset):
        series = transformed(dataset, key, transform)  # type: ignore[arg-type]
        rate = transform in ("per_1000", "relative") or (declared(key)["kind"], transform) == (
            "rate",
            "value",
        )
        if declared(key).get("counts") != "events" or not rate:
            assert alike(series, period) is None, (key, transform, period)
            continue
        counts = counts_at(figures, key, period, weights_at(figures, key, period, dataset))
        value = district_values(dataset, key, transform, period)
        if set(counts) != set(value) or any(count == 0 for count in counts.values()):
            continue
        exposure = {area: counts[area] / value[area] for area in value}
        whole = sum(counts.values()) / sum(exposure.values())
        square = sum((counts[a] - whole * exposure[a]) ** 2 / (whole * exposure[a]) for a in value)
        probability = float(chi2.sf(square, len(value) - 1))
        found = alike(series, period)
        assert (found is not None) is (probability > 0.05), (key, transform, period, probability)
        assert found is None or found == pytest.approx(probability)
        verdicts[found is not None] += 1
    assert min(verdicts.values()) > 20, verdicts


def test_extremes_are_those_of_all_values_or_none_is_named(dataset: Dataset) -> None:
    named, unnamed = 0, set()
    for key, transform, period in every_period(dataset):
        value = district_values(dataset, key, transform, period)
        series = transformed(dataset, key, transform)  # type: ignore[arg-type]
        found = extremes(series, period)
        unnamed.add(found.unnamed)
        if found.unnamed:
            assert (found.highest, found.lowest, found.ratio) == ((), (), None)
            continue
        named += 1
        assert set(found.highest) == {area for area in value if value[area] == max(value.values())}
        assert set(found.lowest) == {area for area in value if value[area] == min(value.values())}
        assert len(value) >= 5
        if found.ratio is None:
            meaningless = transform == "index" or declared(key).get("signed") or min(value.values()) <= 0
            assert meaningless or len(value) < 7
        else:
            assert found.ratio == pytest.approx(max(value.values()) / min(value.values()))
            assert len(value) >= 7
    assert named > 800
    assert unnamed == {None, "alike", "few_compared", "beyond", "equal"}


def test_parks_are_ranked_to_one_park_more_or_less(dataset: Dataset) -> None:
    """Parks and squares by district in June 2024: Alatau 16, Nauryzbay 10, Auezov 22, Turksib 17, …"""
    series = transformed(dataset, "parks_squares", "per_1000")
    assert rank_intervals(series, "2024-06-13") == {
        "medeu": Rank(1, 1),
        "almaly": Rank(2, 2),
        "zhetysu": Rank(3, 3),
        "bostandyk": Rank(4, 4),
        "turksib": Rank(5, 6),
        "auezov": Rank(5, 6),
        "nauryzbay": Rank(7, 8),
        "alatau": Rank(7, 8),
    }
    found = extremes(series, "2024-06-13")
    assert (found.highest, found.lowest) == (("medeu",), ("alatau",))
    assert round(found.ratio or 0, 2) == 4.15


def test_deaths_of_external_causes_in_2024(dataset: Dataset) -> None:
    series = transformed(dataset, "deaths_external", "per_1000")
    found = rank_intervals(series, "2024")
    assert (found["turksib"], found["zhetysu"]) == (Rank(1, 2), Rank(1, 4))
    others = {found[area] for area in DISTRICTS if area not in ("turksib", "zhetysu")}
    assert others == {Rank(2, 8), Rank(3, 8)}


def test_infant_mortality_of_2024_is_within_chance(dataset: Dataset) -> None:
    """χ² = 7.6 on 7 df: p = 0.37."""
    series = transformed(dataset, "infant_mortality_rate", "value")
    assert round(alike(series, "2024") or 0, 2) == 0.37
    assert set(rank_intervals(series, "2024").values()) == {Rank(1, 8)}
    assert extremes(series, "2024").unnamed == "alike"
    medeu = transformed(dataset, "infant_mortality_rate", "relative").at("2024").loc["medeu"]
    assert (round(medeu["low"]), round(medeu["high"])) == (103, 226)


def test_large_legal_entities_are_ranked_exactly(dataset: Dataset) -> None:
    series = transformed(dataset, "legal_entities_large", "per_1000")
    latest = series.periods()[-1]
    assert list(rank_intervals(series, latest).values()) == [Rank(place, place) for place in range(1, 9)]


def test_two_of_eight_are_neither_highest_nor_lowest(dataset: Dataset) -> None:
    """Offences of 2022 by place of registration: two districts have enough to be compared with."""
    series = transformed(dataset, "crimes_registered", "per_1000")
    found = extremes(series, "2022")
    assert (found.compared, found.unnamed, found.ratio) == (2, "few_compared", None)


def test_a_district_that_is_not_ranked_and_lies_beyond_leaves_the_others_unnamed(folder: Path) -> None:
    births = folder / "tables" / "births.csv"
    text = births.read_text(encoding="utf-8").replace("almaly,2024,2900", "almaly,2024,19")
    births.write_text(text, encoding="utf-8")
    dataset, _ = read(folder)
    series = transformed(dataset, "births", "value")
    assert "almaly" not in rank_intervals(series, "2024")
    assert extremes(series, "2024").unnamed == "beyond"


def test_the_interval_of_a_density_is_one_thing_on_the_same_area(dataset: Dataset, figures: Read) -> None:
    rows = transformed(dataset, "bus_stops", "per_km2")
    period = rows.periods()[-1]
    for area, row in rows.at(period).drop(CITY, errors="ignore").iterrows():
        stops = figures("bus_stops")[str(area), period]
        km2 = areas_km2()[str(area)]
        assert (row["low"], row["high"]) == pytest.approx(((stops - 1) / km2, (stops + 1) / km2))
