"""Centre and periphery at a period: plain sums over the published figures, and invented ones for the rest."""

from collections.abc import Mapping
from math import log, sqrt
from pathlib import Path

import numpy as np
import pytest

from data.centre_periphery import (
    ACTIVITIES,
    AUEZOV,
    classes,
    comparable_periods,
    default_period,
    measurable,
    measured,
    structure,
)
from data.centre_periphery_trend import headline
from data.dataset import Dataset
from geo.districts import DISTRICTS
from tests.data.conftest import EVEN, Build, Figures, Read

CENTRE = {
    "periphery": ("almaly", "bostandyk", "medeu"),
    "centre": ("almaly", "auezov", "bostandyk", "medeu"),
    "out": ("almaly", "bostandyk", "medeu"),
}
OUTER = {
    "periphery": ("alatau", "auezov", "nauryzbay", "turksib", "zhetysu"),
    "centre": ("alatau", "nauryzbay", "turksib", "zhetysu"),
    "out": ("alatau", "nauryzbay", "turksib", "zhetysu"),
}


def eight(centre: float, auezov: float, outer: float) -> list[float]:
    """One figure for each district of the centre, for Auezov, and for each of the periphery."""
    given = dict.fromkeys(DISTRICTS, outer) | dict.fromkeys(CENTRE["out"], centre) | {"auezov": auezov}
    return [given[district] for district in DISTRICTS]


def part(figures: Mapping[tuple[str, str], float], period: str, auezov: str) -> float:
    """The centre's part of the sum, worked out here."""
    inner = sum(figures[area, period] for area in CENTRE[auezov])
    return inner / (inner + sum(figures[area, period] for area in OUTER[auezov]))


def ratio(active: Figures, at: str, people: Figures, on: str, auezov: str) -> float:
    """Activity per person in the centre over that in the periphery, worked out here."""
    inner, outer = CENTRE[auezov], OUTER[auezov]
    per_person = [
        sum(active[area, at] for area in group) / sum(people[area, on] for area in group)
        for group in (inner, outer)
    ]
    return per_person[0] / per_person[1]


def spread(values: list[float]) -> float:
    """Standard deviation over the mean, each value the same weight, worked out here."""
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values)) / mean


# Classes and structure


@pytest.mark.parametrize("auezov", AUEZOV)
def test_auezov_alone_changes_its_class(auezov: str) -> None:
    found = classes(auezov)  # type: ignore[arg-type]
    assert tuple(area for area, centre in found.items() if centre) == CENTRE[auezov]
    assert tuple(area for area, centre in found.items() if not centre) == OUTER[auezov]
    assert ("auezov" in found) is (auezov != "out")
    assert list(found) == [area for area in DISTRICTS if area in found]


def test_with_auezov_out_shares_are_over_the_other_seven(dataset: Dataset, figures: Read) -> None:
    smes, period = figures("sme_active"), "2024-12-31"
    found = measured(dataset, "sme_active", period, "out")
    seven = [area for area in DISTRICTS if area != "auezov"]
    total = sum(smes[area, period] for area in seven)
    assert total == 367784 - 55999
    assert found.structure.areas == tuple(seven)
    assert len(found.structure.areas) == 7
    assert found.structure.missing == ()
    assert found.shares == pytest.approx({area: smes[area, period] / total for area in seven})
    assert found.primacy == pytest.approx(66000 / 311785)
    people = 2292333 - 358667
    assert found.population_shares is not None
    assert found.population_shares["medeu"] == pytest.approx(251896 / people)
    assert found.hoover == pytest.approx(
        sum(abs(smes[area, period] / total - figures("population")[area, period] / people) for area in seven)
        / 2
    )


@pytest.mark.parametrize("auezov", AUEZOV)
def test_the_measures_of_smes_by_hand(auezov: str, dataset: Dataset, figures: Read) -> None:
    smes, people, at = figures("sme_active"), figures("population"), "2023-12-31"
    found = measured(dataset, "sme_active", at, auezov)  # type: ignore[arg-type]
    areas = [area for area in DISTRICTS if area in CENTRE[auezov] + OUTER[auezov]]
    total, residents = sum(smes[area, at] for area in areas), sum(people[area, at] for area in areas)
    s = [smes[area, at] / total for area in areas]
    p = [people[area, at] / residents for area in areas]
    n = len(areas)
    assert found.herfindahl == pytest.approx(sum(x * x for x in s))
    assert found.evenness == pytest.approx(-sum(x * log(x) for x in s) / log(n))
    assert found.green == pytest.approx(1 - sqrt(sum((x - 1 / n) ** 2 for x in s) / n) / (max(s) / 2))
    assert found.p_star == pytest.approx(1 - spread(s) / sqrt(n - 1))
    assert found.location_quotients == pytest.approx(
        {area: x / y for area, x, y in zip(areas, s, p, strict=True)}
    )
    assert found.gini == pytest.approx(
        sum(p[i] * p[j] * abs(s[i] / p[i] - s[j] / p[j]) for i in range(n) for j in range(n)) / 2
    )
    assert found.theil
    assert found.theil.total == pytest.approx(sum(x * log(x / y) for x, y in zip(s, p, strict=True)))
    assert found.theil.total == pytest.approx(found.theil.between + found.theil.within)
    assert found.centre_share == pytest.approx(part(smes, at, auezov))
    assert found.centre_periphery_ratio == pytest.approx(ratio(smes, at, people, at, auezov))
    ranked = sorted(s, reverse=True)
    slope, _ = np.polyfit([log(k + 1) for k in range(n)], [log(x) for x in ranked], 1)
    assert found.rank_size_slope == pytest.approx(slope)


def test_a_district_with_few_events_is_named_and_a_register_has_none(dataset: Dataset) -> None:
    """Killed on the road in 2024: 31 in Alatau, 21 in Auezov, fewer than 20 in the six others."""
    few = set(structure(dataset, "deaths_road_traffic", "2024").few)
    assert few == set(DISTRICTS) - {"alatau", "auezov"}
    for key in ("legal_entities_large", "universities", "sme_active"):
        assert structure(dataset, key, "2024-12-31").few == ()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("sme_active", "2024-12-31"),
        ("school_places_opened", "2024-12-31"),
        ("avg_wage", "2023"),
        ("industrial_output", "2024"),
        ("crimes_registered", "2023"),
        ("births", "2024"),
        ("industrial_enterprises_large_medium", "2024-09-30"),  # Turksib is missing at the end of 2024
    ],
)
def test_a_reader_begins_with_the_latest_period_that_is_complete(
    key: str, expected: str, dataset: Dataset
) -> None:
    assert default_period(dataset, key) == expected


def test_what_can_be_measured_begins_with_the_named_activities(dataset: Dataset) -> None:
    found = measurable(dataset)
    assert tuple(found[:9]) == ACTIVITIES
    assert len(found) == len(set(found))
    assert not {"population", "migration_net", "natural_increase", "birth_rate", "rent_price"} & set(found)
    assert not {"infant_mortality_rate", "pupils_per_100_places", "grp_per_capita"} & set(found)
    assert not {"industrial_volume_index", "age_share_0_14", "unemployment_rate"} & set(found)


def test_amounts_that_do_not_add_up_are_not_measured(build: Build, folder: Path) -> None:
    births = {"2024": eight(300, 200, 100)}
    assert "births" in measurable(build(births))
    path = folder / "tables" / "births.toml"
    path.write_text(path.read_text("utf-8").replace("adds_up = true", "adds_up = false"), encoding="utf-8")
    assert "births" not in measurable(build(births))


@pytest.mark.parametrize("districts", [1, 2])
def test_two_districts_can_be_measured_and_one_cannot(districts: int, build: Build) -> None:
    dataset = build({"2024": [5] * districts + [None] * (8 - districts)})
    assert ("births" in measurable(dataset)) is (districts == 2)


def test_full_years_go_before_a_later_part_of_a_year(build: Build) -> None:
    dataset = build({"2022": EVEN, "2023": EVEN, "2024-01-01/P6M": EVEN})
    assert default_period(dataset, "births") == "2023"


@pytest.mark.parametrize(("born", "few"), [(19, ("almaly", "bostandyk", "medeu")), (20, ())])
def test_twenty_cases_are_enough(born: int, few: tuple[str, ...], build: Build) -> None:
    assert structure(build({"2024": eight(born, 50, 50)}), "births", "2024").few == few


# Periods and population


def test_comparable_periods_have_the_same_districts(dataset: Dataset, figures: Read) -> None:
    seen = 0
    for key in measurable(dataset):
        known = figures(key)
        for auezov in AUEZOV:
            now = default_period(dataset, key, auezov)
            inside = {*CENTRE[auezov], *OUTER[auezov]}
            there = {at: {a for a, p in known if p == at and a in inside} for _, at in known}
            for at in comparable_periods(dataset, key, now, auezov):
                assert there[at] == there[now], (key, at)
                assert (len(at), "/" in at) == (len(now), "/" in now)
                seen += 1
    assert seen > 300


@pytest.mark.parametrize("auezov", AUEZOV)
def test_smes_at_the_end_of_2022_lack_zhetysu_and_are_left_out(
    auezov: str, dataset: Dataset, figures: Read
) -> None:
    assert ("zhetysu", "2022-12-31") not in figures("sme_active")
    assert len([area for area, at in figures("sme_active") if at == "2022-12-31" and area in DISTRICTS]) == 7
    known = comparable_periods(dataset, "sme_active", "2024-12-31", auezov)  # type: ignore[arg-type]
    assert known[0] == "2023-03-31"
    assert known[-1] == "2024-12-31"
    assert structure(dataset, "sme_active", "2022-12-31").missing == ("zhetysu",)


def test_no_comparable_period_lies_across_a_break(dataset: Dataset) -> None:
    """Crimes are counted anew since 2020."""
    assert comparable_periods(dataset, "crimes_registered", "2023", "out") == ("2020", "2021", "2022", "2023")
    assert comparable_periods(dataset, "crimes_registered", "2019", "out") == ("2017", "2018", "2019")


def test_trends_begin_in_1990(dataset: Dataset, figures: Read) -> None:
    known = sorted({at for _, at in figures("school_places_opened")})
    assert known[:5] == ["1950-12-31", "1960-12-31", "1970-12-31", "1980-12-31", "1990-12-31"]
    found = comparable_periods(dataset, "school_places_opened", "2024-12-31", "periphery")
    assert list(found) == known[4:]


def test_population_must_cover_every_district(dataset: Dataset, figures: Read) -> None:
    """At the end of 2022 it is known for Almaly and Auezov alone."""
    people = figures("population")
    assert {area for area, at in people if at == "2022-12-31"} == {"almaly", "auezov", "city"}
    found = measured(dataset, "crimes_registered", "2022")
    assert found.structure.population is found.structure.population_date is found.population_shares is None
    for of_people in (
        found.location_quotients,
        found.hoover,
        found.theil,
        found.gini,
        found.centre_periphery_ratio,
    ):
        assert of_people is None
    assert found.centre_share == pytest.approx(part(figures("crimes_registered"), "2022", "periphery"))
    assert found.primacy is not None
    later = measured(dataset, "crimes_registered", "2023")
    assert later.structure.population_date == "2023-12-31"
    assert later.centre_periphery_ratio == pytest.approx(
        ratio(figures("crimes_registered"), "2023", people, "2023-12-31", "periphery")
    )


@pytest.mark.parametrize(("on", "near"), [("2024-11-30", True), ("2024-11-29", False), ("2025-01-31", True)])
def test_population_is_at_most_31_days_away(on: str, near: bool, build: Build) -> None:
    dataset = build({"2024": eight(300, 200, 100)}, {on: eight(100, 200, 100)})
    found = measured(dataset, "births", "2024")
    assert found.structure.population_date == (on if near else None)
    assert found.centre_periphery_ratio == (pytest.approx(3) if near else None)


def test_a_population_without_one_district_is_none_at_all(build: Build) -> None:
    known: list[float | None] = [*EVEN]
    known[DISTRICTS.index("auezov")] = None
    dataset = build({"2024": eight(300, 200, 100)}, {"2024-12-31": known})
    assert structure(dataset, "births", "2024").population is None
    assert measured(dataset, "births", "2024", "out").centre_periphery_ratio == pytest.approx(3)


def test_nothing_at_all_has_no_shares(build: Build) -> None:
    found = measured(build({"2024": eight(0, 0, 0)}, {"2024-12-31": EVEN}), "births", "2024")
    assert found.shares is found.theil is found.centre_periphery_ratio is found.centre_share is None
    assert found.population_shares == pytest.approx(dict.fromkeys(DISTRICTS, 1 / 8))


@pytest.mark.parametrize("group", [CENTRE["periphery"], OUTER["periphery"]])
def test_one_class_alone_is_neither_centre_nor_periphery(group: tuple[str, ...], build: Build) -> None:
    own: list[float | None] = [50 if area in group else None for area in DISTRICTS]
    dataset = build({"2024": own}, {"2024-12-31": EVEN})
    found = measured(dataset, "births", "2024")
    assert not found.structure.both_groups
    assert found.centre_share is found.centre_periphery_ratio is None
    assert found.primacy == pytest.approx(1 / len(group))
    assert headline(dataset, "births") is None


# Wages: an intensity


def test_wages_have_no_shares(dataset: Dataset) -> None:
    found = measured(dataset, "avg_wage", "2023")
    assert found.structure.intensity
    assert found.structure.missing == ("almaly",)
    assert len(found.structure.areas) == 7
    assert found.shares is found.primacy is found.herfindahl is found.evenness is found.centre_share is None
    assert found.green is found.p_star is found.rank_size_slope is None
