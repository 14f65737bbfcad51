"""Progress on the real figures: parity and what was announced, by arithmetic that shares no code with it."""

import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.selection import parity_indicators
from data.dataset import DATA, load
from data.levels import floor, level, side
from data.parity import parity
from data.progress import assess
from data.target_assessment import announced, blocking_figures
from geo.districts import DISTRICTS

ROWS = tomllib.loads((DATA / "targets.toml").read_text(encoding="utf-8"))
WAGE_YEARS = range(2017, 2024)


def by_area(dataset, indicator, horizon=2050):
    return {one.area: one for one in parity(dataset, indicator, horizon)}


def test_wages_are_nowhere_clear(dataset):
    """Turksib's slope is sure to rise, but it has fallen by 1.4 points a year since 2021."""
    wages = by_area(dataset, "avg_wage")
    assert {area: one.progress.reading for area, one in wages.items()} == {
        "alatau": "not_clear",
        "almaly": "not_judged",
        "auezov": "not_clear",
        "bostandyk": "at_or_better",
        "medeu": "at_or_better",
        "nauryzbay": "not_clear",
        "turksib": "not_clear",
        "zhetysu": "not_clear",
    }
    assert wages["almaly"].progress.reason == "no_value"
    assert wages["almaly"].base is wages["almaly"].latest is wages["almaly"].level is None
    assert wages["turksib"].turned == ("2021", pytest.approx(0.979, abs=5e-4))
    assert wages["turksib"].progress.reversed_since == 2021
    # slope ± half the 90 % interval, points a year, as computed beside the project
    for area, slope, half in (
        ("turksib", 2.085, 1.073),
        ("nauryzbay", 1.871, 2.052),
        ("alatau", 0.197, 0.690),
    ):
        told = wages[area].progress
        assert told.observed_per_year == pytest.approx(slope, abs=1e-3)
        assert told.observed_high - slope == pytest.approx(half, abs=2e-3)


@pytest.mark.parametrize(
    ("area", "growth"),
    [("alatau", 1.34), ("auezov", 1.19), ("nauryzbay", 1.18), ("zhetysu", 0.99), ("turksib", 0.18)],
)
def test_the_growth_that_wages_need_to_2050(dataset, area, growth):
    assert round(by_area(dataset, "avg_wage")[area].required_growth, 2) == growth


def ratios_of(figures, key, kind):
    """Return for each district its dated ratios to the city, from the files: of counts per resident."""
    own, people = figures(key), figures("population")
    days = {day for _, day in people}
    dates = [date.fromisoformat(day) for day in days if all((area, day) in people for area in DISTRICTS)]
    ratios = {area: {} for area in DISTRICTS}
    for at in sorted({at for _, at in own if "/" not in at}):
        city = own.get(("city", at))
        near = min(dates, key=lambda day: abs((day - end_of(at)).days))
        if kind != "rate":
            if abs((near - end_of(at)).days) > 31:
                continue
            on = near.isoformat()
            city = (city or sum(own[area, at] for area in DISTRICTS)) / people["city", on]
        for area in DISTRICTS:
            if (area, at) in own:
                value = own[area, at] / (1 if kind == "rate" else people[area, on])
                ratios[area][at] = value / city if city else None
    return ratios


def end_of(period):
    return date.fromisoformat(period) if len(period) == 10 else date(int(period), 12, 31)


def moment(period):
    on = end_of(period)
    return on.year + on.timetuple().tm_yday / date(on.year, 12, 31).timetuple().tm_yday


def weighted_city(figures, key):
    """Return the city values of a rate, where none is published weighted by what it is a rate of."""
    own = figures(key)
    weights = figures(
        {"infant_mortality_rate": "births", "pupils_per_100_places": "school_capacity_public"}[key]
    )
    for at in {at for _, at in own if "/" not in at}:
        if ("city", at) not in own and all((area, at) in own and (area, at) in weights for area in DISTRICTS):
            total = sum(weights[area, at] for area in DISTRICTS)
            own["city", at] = sum(own[area, at] * weights[area, at] for area in DISTRICTS) / total
    return own


@pytest.mark.parametrize("horizon", [2030, 2040, 2050])
def test_every_way_by_arithmetic_of_its_own(dataset, figures, horizon):
    """Every parity indicator and district: slope, what is required and the floor, by numpy from the files."""
    seen = 0
    for key in parity_indicators(dataset):
        indicator = dataset.indicators[key]
        own = figures(key)
        if indicator.weight:
            own = weighted_city(figures, key)
        files = lambda name, own=own, key=key: own if name == key else figures(name)  # noqa: E731
        ratios = ratios_of(files, key, indicator.kind)
        sign = 1 if indicator.better == "higher" else -1
        for way in parity(dataset, key, horizon):
            series = [(moment(at), r) for at, r in ratios[way.area].items() if r is not None]
            assert [ratio for _, ratio in way.series] == pytest.approx([ratio for _, ratio in series])
            if not series:
                assert way.level is way.side is way.keeps_floor is way.required_growth is None
                continue
            seen += 1
            times, values = np.array(series).T
            last, years = values[-1], horizon + 1 - times[-1]
            behind = (1 - last) * sign > 0
            told = way.progress
            if len(series) >= 3 and times[-1] - times[0] >= 2:
                slope = np.polyfit(times, values, 1)[0]
                assert told.observed_per_year == pytest.approx(slope * 100)
                need = (1 - values[0]) / (horizon + 1 - times[0])
                assert told.pace == (pytest.approx(slope / need) if behind else None)
            else:
                assert told.observed_per_year is told.pace is told.linear.ratio is None
            if behind:
                growth = way.required_growth / 100
                assert last * (1 + growth) ** years == pytest.approx(1), "growing so it is level in time"
                assert told.required_per_year == pytest.approx((1 - last) / years * 100)
            else:
                assert way.required_growth is told.required_per_year is None
                assert {told.linear.ratio, told.cagr.ratio, told.un.ratio} == {None}
                assert told.reading in ("at_or_better", "about")
            if behind and indicator.kind != "rate":
                at = list(ratios[way.area])[-1]
                missing = own[way.area, at] / last - own[way.area, at]
                assert way.required_per_year_in_units == pytest.approx(missing / years)
            else:
                assert way.required_per_year_in_units is None
            beyond = last < 0.8 if sign > 0 else last > 1.25
            assert way.keeps_floor is not (beyond and way.side == "worse")
    assert seen > 40


LEVELS = {
    # better, about the same, worse; counted by hand with 5 % and, of events, the exact 95 % interval
    "sme_active": (3, 2, 3),
    "infant_mortality_rate": (0, 7, 1),
    "avg_wage": (2, 1, 4),
    "addresses_without_gas": (0, 0, 0),
    "parks_squares": (3, 1, 4),
    "pupils_per_100_places": (3, 2, 3),
    "sport_grounds": (4, 0, 4),
    "bus_stops": (3, 2, 3),
}


def test_levels_need_one_period(dataset):
    """All eight indicators together: 18 better, 15 about the same, 22 worse of 64."""
    for key in parity_indicators(dataset):
        sides = Counter(one.side for one in parity(dataset, key))
        assert tuple(sides[side] for side in ("better", "about", "worse")) == LEVELS[key], key
    assert tuple(map(sum, zip(*LEVELS.values(), strict=True))) == (18, 15, 22)


def test_levels_of_infant_deaths_are_what_chance_leaves(dataset):
    """Of 27 deaths in Medeu chance leaves 103 to 227 % of the city; of every other district also 100."""
    sides = {one.area: one.side for one in parity(dataset, "infant_mortality_rate")}
    assert sides == {area: "worse" if area == "medeu" else "about" for area in DISTRICTS}


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (95.0, 94, 96, "about"),
        (105.0, 104, 106, "about"),
        (94.9, 94, 96, "below"),
        (105.1, 104, 106, "above"),
        (70, 40, 101, "about"),
        (70, 40, 99, "below"),
        (150, 100, 210, "about"),
        (150, 101, 210, "above"),
        (150, np.nan, np.nan, "above"),
    ],
)
def test_a_level_is_beyond_the_band_and_the_noise(value, low, high, expected):
    rows = pd.DataFrame({"value": [value], "low": [low], "high": [high]}, index=["medeu"])
    assert level(rows, "medeu") == expected


def test_sides_and_the_floor_turn_with_what_is_better():
    assert [side(own, "higher") for own in ("below", "about", "above")] == ["worse", "about", "better"]
    assert [side(own, "lower") for own in ("below", "about", "above")] == ["better", "about", "worse"]
    assert [side(own, "neither") for own in ("below", "about", "above")] == [None, "about", None]
    assert (floor("higher"), floor("lower"), floor("neither")) == (80, 125, None)


def test_businesses_from_the_files(dataset, figures):
    """Seven dates within two years: the level is told, a pace is not yet."""
    ratios = ratios_of(figures, "sme_active", "stock")
    ways = by_area(dataset, "sme_active")
    assert list(ways) == list(DISTRICTS)
    for area, one in ways.items():
        assert (one.base[0], one.latest[0]) == ("2023-03-31", "2024-12-31")
        last = ratios[area]["2024-12-31"]
        expected = "too_early" if last < 1 else "about" if last <= 1.05 else "at_or_better"
        assert one.progress.reading == expected
        assert one.progress.observed_per_year is None


def test_few_events_give_a_level_and_no_reading_of_a_pace(dataset, figures):
    deaths, births = figures("infant_mortality_rate"), figures("births")
    few = {
        area
        for area, one in by_area(dataset, "infant_mortality_rate").items()
        if any(deaths[area, at] * births[area, at] / 1000 < 20 for at, _ in (one.base, one.latest))
    }
    assert few == {"almaly", "bostandyk", "medeu", "zhetysu"}
    for area, one in by_area(dataset, "infant_mortality_rate").items():
        behind = one.latest[1] > 1
        assert one.level is not None
        assert (one.progress.reason == "few_cases") == (behind and area in few)
        assert one.progress.reading == (
            "about" if not behind else "not_judged" if area in few else "too_early"
        )


@pytest.mark.parametrize("indicator", ["pupils_per_100_places", "bus_stops", "sport_grounds"])
def test_one_period_has_a_level_and_no_pace(dataset, indicator):
    for one in parity(dataset, indicator):
        assert one.level is not None
        assert one.base == one.latest
        assert one.progress.pace is one.progress.observed_per_year is None
        if one.required_growth is None:
            assert one.progress.reading in ("at_or_better", "about")
        else:
            assert (one.progress.reading, one.progress.reason) == ("not_judged", "one_period")


def test_only_what_declares_parity_has_it(dataset):
    declared = {
        path.stem
        for path in (DATA / "tables").glob("*.toml")
        if "parity" in tomllib.loads(path.read_text(encoding="utf-8"))
    }
    for key in declared:
        assert [one.area for one in parity(dataset, key)] == list(DISTRICTS)
    for key in set(dataset.indicators) - declared:
        with pytest.raises(ValueError, match="no parity"):
            parity(dataset, key)


@pytest.mark.parametrize(("horizon", "good"), [(2025, False), (2026, True), (2100, True), (2101, False)])
def test_horizon_bounds(dataset, horizon, good):
    if good:
        assert {one.horizon for one in parity(dataset, "avg_wage", horizon)} == {horizon}
    else:
        with pytest.raises(ValueError, match="2026"):
            parity(dataset, "avg_wage", horizon)


@settings(max_examples=15)
@given(st.integers(2018, 2023), st.lists(st.floats(0.5, 2), min_size=5, max_size=5))
def test_a_later_period_never_changes_the_base(until, factors):
    """Whatever follows 2018, and however far the file reaches, the base and its ratio stay."""
    whole = load()
    table = whole.observations["avg_wage"]
    table = table[table["period"].astype(int) <= until].copy()
    for year, factor in zip(range(2019, 2024), factors, strict=True):
        table.loc[table["period"] == str(year), "value"] *= factor
    cut = replace(whole, observations={**whole.observations, "avg_wage": table})
    for one, full in zip(parity(cut, "avg_wage"), parity(whole, "avg_wage"), strict=True):
        assert one.base == full.base
        assert one.latest is None or one.latest[0] == str(until)


def test_the_base_is_the_first_period_after_the_last_break(dataset):
    indicator = dataset.indicators["avg_wage"]
    broken = replace(indicator, breaks=(_break("2018"), _break("2020")))
    other = replace(dataset, indicators={**dataset.indicators, "avg_wage": broken})
    found = by_area(other, "avg_wage")["turksib"]
    assert found.base[0] == "2020"
    assert found.progress.reading == "too_early", "four periods are left"


def _break(period):
    from data.catalogue import Break

    return Break(period, {"kk": "-", "ru": "-", "en": "-"})


def expected_reason(row):
    """Why a row cannot be judged, from the file alone."""
    kind = ROWS["wordings"][row["wording"]]["kind"]
    if kind in ("forecast", "baseline", "output"):
        return kind
    if "target_value" not in row:
        return "no_target_value"
    if "target_year" not in row:
        return "no_target_year"
    has_series = (DATA / "tables" / f"{row['figure']}.csv").exists()
    return "a series exists" if has_series else "not_published"


def test_nothing_announced_can_be_judged_today_and_every_row_says_why(dataset):
    found = announced(dataset)
    assert [one.target.id for one in found] == [row["id"] for row in ROWS["targets"]]
    assert {one.reading for one in found} == {"not_judged"}
    assert {one.progress for one in found} == {None}
    assert [one.reason for one in found] == [expected_reason(row) for row in ROWS["targets"]]
    assert Counter(one.reason for one in found) == {
        "not_published": 50,
        "baseline": 20,
        "forecast": 10,
        "no_target_year": 10,
        "output": 2,
        "no_target_value": 1,
    }


def test_how_many_rows_each_missing_figure_blocks(dataset):
    waiting = [row["figure"] for row in ROWS["targets"] if expected_reason(row) == "not_published"]
    assert blocking_figures(dataset) == Counter(waiting)
    assert blocking_figures(dataset)["lrt_length"] == 3


@pytest.fixture
def add(tmp_path: Path):
    """Add a missing figure to a copy of the project's data: two files, no code."""
    folder = tmp_path / "data"
    shutil.copytree(DATA / "tables", folder / "tables")
    for name in ("targets.toml", "sources.toml"):
        shutil.copy(DATA / name, folder / name)

    def write(figure, better, values, extra="", first=2019):
        text = '{ kk = "х", ru = "х", en = "x" }'
        lines = [f"{key} = {text}" for key in ("title", "short", "unit", "description")]
        lines += ['topic = "economy"', 'principle = "economy"', 'kind = "stock"', f'better = "{better}"']
        lines += ["decimals = 0", 'transforms = ["value"]', 'opens_with = "value"', "adds_up = false"]
        lines += ['sources = ["almatydc-2024"]', extra]
        (folder / "tables" / f"{figure}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        rows = ["area,period,value,obs_status,method,source,note"]
        rows += [
            f"city,{year},{value},A,published,almatydc-2024,"
            for year, value in enumerate(values, start=first)
        ]
        (folder / "tables" / f"{figure}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        return load(folder)

    return write


def test_two_files_make_a_row_judged(add, dataset):
    """7,000 cameras by the end of 2030 from 1,000 at the end of 2019: 545.45 a year; 600 were added."""
    found = {
        one.target.id: one for one in announced(add("cameras_installed", "higher", range(1000, 4000, 600)))
    }
    row = found.pop("P25-16")
    assert (row.reading, row.reason) == ("on_track", None)
    assert row.progress.pace == pytest.approx(600 / (6000 / 11))
    assert row.progress.observed_per_year == pytest.approx(600)
    assert row.progress.required_per_year == pytest.approx((7000 - 3400) / 7)
    assert {one.reading for one in found.values()} == {"not_judged"}
    before = {one.target.id: one.reason for one in announced(dataset)}
    assert {key: one.reason for key, one in found.items()} == {
        key: reason for key, reason in before.items() if key != "P25-16"
    }


@pytest.mark.parametrize(
    ("values", "extra", "first", "reading", "reason"),
    [
        ([100, 90, 60, 30, 0], "", 2019, "achieved", None),
        ([100, 99, 98, 97, 96], "", 2019, "far_behind", None),
        ([100, 101, 102, 103, 104], "", 2019, "moving_away", None),
        ([100, 80], "", 2019, "too_early", None),
        ([100], "", 2019, "followed", None),
        # due at the end of 2025: its own value decides, whatever comes after it
        ([100, 0], "", 2025, "missed", None),
        ([0, 100], "", 2025, "achieved", None),
        ([100, 90, 60, 30, 0], "", 2022, "missed", None),
        # a year later still tells, two years later no more
        ([0], "", 2026, "achieved", None),
        ([0], "", 2027, "not_judged", "target_before_base"),
        ([100, 80, 60, 40, 19], 'counts = "events"', 2019, "not_judged", "few_cases"),
        ([100, 80, 60, 40, 20], 'counts = "events"', 2019, "on_track", None),
    ],
)
def test_no_diesel_buses_by_2025(add, values, extra, first, reading, reason):
    found = {one.target.id: one for one in announced(add("diesel_buses", "lower", values, extra, first))}
    assert (found["PR22-02"].reading, found["PR22-02"].reason) == (reading, reason)


def test_scale_turns_a_target_into_the_unit_of_its_series(add):
    """A forecast of 2.5 million would be 2,500,000 residents; here on a judged row by a scale of 0.5."""
    dataset = add("cameras_installed", "higher", range(1000, 4000, 600))
    row = replace(dataset.targets["P25-16"], scale=0.5)
    halved = replace(dataset, targets={**dataset.targets, row.id: row})
    found = next(one for one in announced(halved) if one.target.id == row.id)
    points = [(2020.0 + at, 1000 + 600 * at) for at in range(5)]
    assert found.progress == assess(points, (2031.0, 3500), "higher", "achieved")
    assert found.progress.pace == pytest.approx(600 / (2500 / 11))
