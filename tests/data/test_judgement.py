"""Progress on the real figures: parity and what was announced, by arithmetic that shares no code with it."""

import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dataset import DATA, load
from data.parity import gap, parity
from data.progress import assess
from data.target_assessment import announced, blocking_figures
from geo.districts import DISTRICTS

ROWS = tomllib.loads((DATA / "targets.toml").read_text(encoding="utf-8"))
WAGE_PACES = {
    "nauryzbay": 0.978,
    "zhetysu": 1.080,
    "turksib": 3.829,
    "auezov": 0.275,
    "alatau": -0.190,
    "almaly": None,
}


def by_area(dataset, indicator, horizon=2050):
    return {one.area: one for one in parity(dataset, indicator, horizon)}


def test_wages_as_the_issue_states_them(dataset):
    found = by_area(dataset, "avg_wage")
    for area, pace in WAGE_PACES.items():
        assert found[area].progress.pace == (pace if pace is None else pytest.approx(pace, abs=1e-3))
    assert found["almaly"].progress.reading == "not_judged"
    assert found["almaly"].progress.reason == "no_value"
    assert found["almaly"].base is found["almaly"].latest is None
    assert {area: one.progress.reading for area, one in found.items() if area in WAGE_PACES} == {
        "nauryzbay": "on_track",
        "zhetysu": "not_clear",
        "turksib": "on_track",
        "auezov": "not_clear",
        "alatau": "not_clear",
        "almaly": "not_judged",
    }


@pytest.mark.parametrize("horizon", [2026, 2050, 2100])
def test_wages_from_the_file(dataset, figures, horizon):
    wage = figures("avg_wage")
    years = range(2017, 2024)
    for one in parity(dataset, "avg_wage", horizon):
        if one.area == "almaly":
            continue
        ratios = [wage[one.area, str(year)] / wage["city", str(year)] for year in years]
        first, last, left = ratios[0], ratios[-1], horizon - 2023
        assert one.series == tuple(
            (str(year), pytest.approx(r)) for year, r in zip(years, ratios, strict=True)
        )
        assert gap(one.latest[1]) == pytest.approx((last - 1) * 100)
        assert one.progress.pace == pytest.approx((last - first) / 6 / ((1 - first) / (horizon - 2017)))
        assert one.progress.observed_per_year == pytest.approx((last - first) / 6 * 100)
        if last >= 1:
            assert one.progress.reading == "at_or_better"
            assert one.progress.required_per_year is one.required_per_year_in_units is None
        else:
            assert one.progress.required_per_year == pytest.approx((1 - last) / left * 100)
            units = (wage["city", "2023"] - wage[one.area, "2023"]) / left
            assert one.required_per_year_in_units == pytest.approx(units)
        # a window of six years fits into 2017–2023 once, so Turksib's own pace is the fastest
        fastest = (
            wage["turksib", "2023"] / wage["city", "2023"] - wage["turksib", "2017"] / wage["city", "2017"]
        )
        assert one.fastest_per_year == pytest.approx(fastest / 6 * 100)


def test_businesses_from_the_files(dataset, figures):
    """Counts become ratios per resident, with the population nearest to the date; dates are the series."""
    active, people = figures("sme_active"), figures("population")
    days = [date.fromisoformat(day) for area, day in people if area == "city" and len(day) == 10]

    def ratio(area, day):
        near = min(days, key=lambda known: abs((known - date.fromisoformat(day)).days)).isoformat()
        return (active[area, day] / people[area, near]) / (active["city", day] / people["city", near])

    def moment(day):
        on = date.fromisoformat(day)
        return on.year + on.timetuple().tm_yday / date(on.year, 12, 31).timetuple().tm_yday

    found = by_area(dataset, "sme_active")
    assert list(found) == list(DISTRICTS)
    for area, one in found.items():
        (first, base), (last, latest) = one.base, one.latest
        assert (first, last) == ("2023-03-31", "2024-12-31")
        assert (base, latest) == (pytest.approx(ratio(area, first)), pytest.approx(ratio(area, last)))
        speed = (latest - base) / (moment(last) - moment(first))
        assert one.progress.pace == pytest.approx(speed / ((1 - base) / (2051 - moment(first))))
        # less than four years: too early, unless it is there
        assert one.progress.reading == ("at_or_better" if latest >= 1 else "too_early")
        if latest < 1:
            near = min(days, key=lambda known: abs((known - date.fromisoformat(last)).days)).isoformat()
            city = active["city", last] / people["city", near] * 1000
            assert one.required_per_year_in_units == pytest.approx(
                (1 - latest) / (2051 - moment(last)) * city
            )


def test_few_cases_get_a_pace_and_no_reading(dataset, figures):
    deaths, births = figures("infant_mortality_rate"), figures("births")

    def city(at):
        """As published, else weighted by births."""
        weighted = sum(deaths[area, at] * births[area, at] for area in DISTRICTS)
        return deaths.get(("city", at)) or weighted / sum(births[area, at] for area in DISTRICTS)

    found = by_area(dataset, "infant_mortality_rate")
    few = {
        area
        for area, one in found.items()
        if any(deaths[area, at] * births[area, at] / 1000 < 20 for at, _ in (one.base, one.latest))
    }
    assert few == {"almaly", "bostandyk", "medeu", "zhetysu"}
    for area, one in found.items():
        assert (one.progress.reason == "few_cases") == (area in few)
        assert (one.progress.reading == "not_judged") == (area in few)
        assert (one.progress.linear.reading is None) == (area in few)
        first, last = (deaths[area, at] / city(at) for at, _ in (one.base, one.latest))
        years = int(one.latest[0]) - int(one.base[0])
        due = (1 - first) / (2050 - int(one.base[0]))
        assert one.progress.pace == pytest.approx((last - first) / years / due)
        if area in few:
            assert one.progress.required_per_year is one.fastest_per_year is None
    # the fastest fall is looked for among districts with enough cases: not Bostandyk's 35 points a year
    falls = {area: one.progress.observed_per_year for area, one in found.items() if area not in few}
    assert found["alatau"].fastest_per_year == pytest.approx(min(falls.values()))
    assert min(falls.values()) > found["bostandyk"].progress.observed_per_year


@pytest.mark.parametrize("indicator", ["pupils_per_100_places", "bus_stops", "sport_grounds"])
def test_one_period_is_not_judged(dataset, indicator):
    for one in parity(dataset, indicator):
        assert (one.progress.reading, one.progress.reason) == ("not_judged", "one_period")
        assert one.base == one.latest
        assert one.progress.pace is None


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
        ([100], "", 2019, "not_judged", "one_period"),
        ([100, 80], "", 2025, "not_judged", "target_before_base"),
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
