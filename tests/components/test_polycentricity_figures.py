"""The figures of Polycentricity, recomputed by hand from the csv files."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import exp, log
from statistics import fmean, linear_regression, pstdev
from urllib.parse import parse_qs, urlsplit

import pytest

from components.figure import Figure
from components.figures.charts.centre_periphery import polycentricity_figure
from components.figures.charts.contributions import contributions_figure
from components.figures.charts.convergence import convergence_figure
from components.figures.charts.lorenz import lorenz_figure
from components.figures.charts.rank_size import rank_size_figure
from components.figures.charts.theil_decomposition import decomposition_figure
from components.figures.maps.location_quotients import quotients_figure
from components.figures.tables.activity_readings import readings_figure
from components.figures.tables.measures_table import MEASURES, measures_figure
from components.text.number_formats import number
from components.text.strings import LANGS, text
from components.view import View, from_query
from data.dataset import load
from tests.components.published import (
    CENTRE,
    DISTRICTS,
    by_district,
    classed,
    classes_of,
    declared,
    having,
    is_whole,
    name,
    published,
    words,
)
from tests.components.test_sentences import numbers, printed

SCHOOLS = "school_places_opened"
ACTIVITIES = (
    *("sme_active", "legal_entities_active", "industrial_output", "universities", SCHOOLS),
    *("sport_grounds", "parks_squares", "shopping_centres", "avg_wage"),
)
CHOICES = ("periphery", "centre", "out")
FIGURES: dict[str, Callable[..., Figure | None]] = {
    "polycentricity": polycentricity_figure,
    "lorenz": lorenz_figure,
    "rank": rank_size_figure,
    "decomposition": decomposition_figure,
    "contributions": contributions_figure,
    "convergence": convergence_figure,
    "quotients": quotients_figure,
    "measures": measures_figure,
}
NEAREST = {"2024-06-13": "2024-06-30", "2023": "2023-12-31", "2024": "2024-12-31"}
"""The population within 31 days of the end of periods that have none themselves."""
PAIRS = [(subject, auezov) for subject in ACTIVITIES for auezov in CHOICES]
TURNS = [
    (subject, auezov, lang)
    for at, (subject, auezov) in enumerate(PAIRS)
    for lang in LANGS
    if auezov == "periphery" or lang == LANGS[(at + at // 3) % 3]
]
"""Every activity in every language, with the other two choices for Auezov in one language each."""


@cache
def drawn(kind: str, subject: str, auezov: str = "periphery", lang: str = "en", period: str = "latest"):
    """A figure of the page, drawn once."""
    view = View(lang=lang, indicator=subject, auezov=auezov, period=period)  # type: ignore[arg-type]
    return FIGURES[kind](view, load())


def amounts(subject: str, period: str, auezov: str) -> tuple[dict[str, float], dict[str, float]]:
    """Activity and residents of the districts that take part, from the files."""
    people = by_district("population", NEAREST.get(period, period))
    found = by_district(subject, period)
    activity = {area: found[area] for area in classed(auezov) if area in found}
    return activity, {area: people[area] for area in activity}


def ratio(activity: dict[str, float], people: dict[str, float], auezov: str) -> float:
    """Activity a resident of the centre over that of the outer districts."""
    inner = classed(auezov)
    parts = [
        sum(activity[area] for area in activity if inner[area] is side)
        / sum(people[area] for area in activity if inner[area] is side)
        for side in (True, False)
    ]
    return parts[0] / parts[1]


@pytest.mark.parametrize(("subject", "auezov", "lang"), TURNS)
def test_every_figure_is_whole_and_every_number_it_says_is_in_its_table(subject, auezov, lang):
    shown = {kind: drawn(kind, subject, auezov, lang) for kind in FIGURES}
    for kind, figure in shown.items():
        if figure is not None:
            is_whole(figure, lang)
            assert numbers(figure.sentence) - {"20"} <= printed(figure), f"{kind}: {figure.sentence}"
    assert {"polycentricity", "quotients", "measures"} <= {kind for kind in shown if shown[kind]}


@pytest.mark.parametrize("auezov", CHOICES)
def test_the_headline_of_active_smes_is_the_ratio_of_the_files(auezov):
    figure = drawn("polycentricity", "sme_active", auezov)
    table = figure.table.set_index("period")
    assert len(table) >= 6
    for period in table.index:
        for choice in CHOICES:
            expected = ratio(*amounts("sme_active", period, choice), choice)
            assert table.loc[period, choice] == pytest.approx(expected, rel=1e-12)
    assert number(table[auezov].iloc[-1], 2, "en") in figure.sentence
    assert text("en", "centred_sentence.snapshot") in figure.sentence, "less than three years"


@pytest.mark.parametrize("auezov", CHOICES)
def test_the_headline_of_schools_is_the_share_of_the_centre(auezov):
    figure = drawn("polycentricity", SCHOOLS, auezov)
    table = figure.table.set_index("period")
    assert table.index[0] == "1990-12-31", "the series starts in 1990"
    assert table.index[-1] == "2024-12-31"
    for period in table.index:
        for choice in CHOICES:
            inner, places = classed(choice), by_district(SCHOOLS, period)
            centre = sum(places[area] for area in inner if inner[area])
            expected = 100 * centre / sum(places[area] for area in inner)
            assert table.loc[period, choice] == pytest.approx(expected, rel=1e-12)
    for period in ("2000-12-31", "2024-12-31"):
        assert f"{table.loc[period, auezov]:.1f}%" in figure.sentence, "the reading starts in 2000"
    assert text("en", "centred_sentence.smaller_part") in figure.sentence


def test_a_series_of_wages_counts_each_district_the_same_in_every_year():
    figure = drawn("polycentricity", "avg_wage")
    assert text("en", "polycentricity.equal") in figure.foot
    for row in figure.table.to_dict("records"):
        wages = by_district("avg_wage", row["period"])
        inside = fmean(wages[area] for area in wages if area in CENTRE)
        outside = fmean(wages[area] for area in wages if area not in CENTRE)
        assert row["periphery"] == pytest.approx(inside / outside, rel=1e-12)
    closed = figure.table["closed"].dropna()
    first, last = figure.table["periphery"].iloc[[0, -1]]
    assert closed.to_list() == pytest.approx([100 * (first - last) / (first - 1)])


def test_a_single_year_of_wages_is_weighted_by_population():
    wages, people = amounts("avg_wage", "2023", "periphery")
    bill = {area: wages[area] * people[area] for area in wages}
    table = drawn("measures", "avg_wage").table.set_index("measure")["value"]
    expected = ratio(bill, people, "periphery")
    assert table[text("en", "measure.centre_periphery_ratio")] == pytest.approx(expected)
    assert drawn("polycentricity", "avg_wage").table["periphery"].iloc[-1] != pytest.approx(expected, 1e-4)


@pytest.mark.parametrize(("subject", "auezov"), PAIRS)
def test_the_chart_draws_the_table_and_the_chosen_way_is_the_strong_one(subject, auezov):
    figure = drawn("polycentricity", subject, auezov, LANGS[PAIRS.index((subject, auezov)) % 3])
    lines = figure.picture.data
    assert len(lines) == 3
    values = sorted(tuple(figure.table[choice]) for choice in CHOICES)
    assert sorted(tuple(line.y) for line in lines) == [pytest.approx(one) for one in values]
    assert list(lines[-1].y) == pytest.approx(list(figure.table[auezov]))
    assert [line.line.width > 2 for line in lines] == [False, False, True]
    since = declared(subject).get("good_since", "")
    good = [period >= since for period in figure.table["period"]]
    assert [colour != "#FFFFFF" for colour in lines[-1].marker.color] == good
    assert bool(since) == (not all(good))


def test_the_period_of_the_address_is_taken_where_it_can_be_measured():
    assert "31 December 2023" in drawn("measures", "sme_active", period="2023-12-31").title
    thin = drawn("measures", "sme_active", period="2022-09-30")
    assert thin.title == drawn("measures", "sme_active").title, "no outer district has a value on that day"
    other = polycentricity_figure(View(lang="en", indicator="births"), load())
    assert other.title == drawn("polycentricity", "sme_active").title


@pytest.mark.parametrize("auezov", CHOICES)
def test_nothing_is_drawn_of_what_is_not_known(auezov):
    """Wages have no shares; there is no population of 2000; under three years nothing is measurable."""
    for kind in ("lorenz", "rank"):
        assert drawn(kind, "avg_wage", auezov) is None
    for kind in ("lorenz", "decomposition", "quotients"):
        assert drawn(kind, SCHOOLS, auezov, "en", "2000-12-31") is None
    assert drawn("rank", SCHOOLS, auezov, "en", "2000-12-31") is not None, "shares need no population"
    for subject in ACTIVITIES:
        measurable = subject in (SCHOOLS, "avg_wage")
        assert (drawn("contributions", subject, auezov) is not None) == measurable, subject
        said = text("en", "centred_sentence.snapshot") in drawn("polycentricity", subject, auezov).sentence
        assert said == (not measurable), subject
    for subject in ("sport_grounds", "parks_squares", "shopping_centres"):
        assert drawn("convergence", subject, auezov) is None, "a single date"


def test_measures_without_population_are_dashes_and_the_reason_is_said():
    figure = drawn("measures", SCHOOLS, period="2000-12-31")
    values = figure.table.set_index("measure")["value"]
    for subject in ("hoover", "theil", "gini", "highest_to_lowest", "centre_periphery_ratio"):
        assert values[text("en", f"measure.{subject}")] != values[text("en", f"measure.{subject}")]
    for subject in ("primacy", "herfindahl", "evenness", "green", "p_star", "centre_share"):
        assert values[text("en", f"measure.{subject}")] > 0
    assert "within 31 days" in figure.foot[0]
    cells = [words(one) for one in having(figure.picture, "number")]
    assert cells.count("–") == 5
    assert len(cells) == 12


@pytest.mark.parametrize("auezov", CHOICES)
@pytest.mark.parametrize("subject", [SCHOOLS, "avg_wage"])
def test_contributions_sum_to_the_change_shown(subject, auezov):
    figure, headline = drawn("contributions", subject, auezov), drawn("polycentricity", subject, auezov)
    first, *_, last = figure.table["level"]
    parts = figure.table["value"].iloc[1:-1]
    assert parts.sum() == pytest.approx(last - first, abs=1e-9)
    series = headline.table.set_index("period")[auezov]
    since = declared(subject).get("good_since", "")
    assert [first, last] == pytest.approx([series[series.index >= since].iloc[0], series.iloc[-1]])
    present = set(by_district(subject, series.index[-1])) & set(classed(auezov))
    assert set(figure.table["area"].iloc[1:-1]) == present
    (bars,) = figure.picture.data
    assert list(bars.x) == pytest.approx([first, *parts, last])
    assert list(bars.measure) == ["absolute", *["relative"] * len(parts), "total"]


def test_a_contribution_is_the_mean_over_every_order_of_the_districts():
    """For school places: what the share of the centre gains when a district changes, over all orders."""
    inner = classed("out")
    before, after = (by_district(SCHOOLS, period) for period in ("2000-12-31", "2024-12-31"))

    def share(changed: int) -> float:
        places = [(after if changed >> at & 1 else before)[area] for at, area in enumerate(inner)]
        return 100 * sum(p for p, c in zip(places, inner.values(), strict=True) if c) / sum(places)

    factorial = [1, 1, 2, 6, 24, 120, 720, 5040]
    table = drawn("contributions", SCHOOLS, "out").table.set_index("area")["value"]
    for at, area in enumerate(inner):
        expected = sum(
            factorial[size] * factorial[6 - size] / factorial[7] * (share(others | 1 << at) - share(others))
            for others in range(2**7)
            if not others >> at & 1
            for size in [others.bit_count()]
        )
        assert table[area] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("subject", "period"),
    [("sme_active", "2023-12-31"), ("industrial_output", "2024"), (SCHOOLS, "2024-12-31")],
)
@pytest.mark.parametrize("auezov", CHOICES)
def test_the_lorenz_curve_and_what_it_says(subject, period, auezov):
    """Gini is one minus twice the area under the curve, Hoover its largest distance from the diagonal."""
    figure = drawn("lorenz", subject, auezov, "en", period)
    activity, people = amounts(subject, period, auezov)
    order = sorted(activity, key=lambda area: activity[area] / people[area])
    curve = [(0.0, 0.0)]
    for area in order:
        x, y = curve[-1]
        curve.append((x + people[area] / sum(people.values()), y + activity[area] / sum(activity.values())))
    table = figure.table.iloc[:-1]
    assert list(table["area"]) == order
    assert list(zip(table["people"] / 100, table["active"] / 100, strict=True)) == [
        pytest.approx(point) for point in curve[1:]
    ]
    under = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(curve))
    hoover, gini = figure.table[["hoover", "gini"]].iloc[-1]
    assert gini == pytest.approx(1 - 2 * under)
    assert hoover == pytest.approx(100 * max(x - y for x, y in curve))
    pieces = figure.picture.data[1:]
    assert [piece.x[1] for piece in pieces] == pytest.approx([100 * x for x, _ in curve[1:]])


@pytest.mark.parametrize("auezov", CHOICES)
def test_rank_and_size_with_their_line(auezov):
    figure = drawn("rank", "sme_active", auezov, "en", "2023-12-31")
    activity, _ = amounts("sme_active", "2023-12-31", auezov)
    order = sorted(activity, key=lambda area: -activity[area])
    sizes = [100 * activity[area] / sum(activity.values()) for area in order]
    assert list(figure.table["area"]) == order
    assert list(figure.table["rank"]) == list(range(1, len(order) + 1))
    assert list(figure.table["share"]) == pytest.approx(sizes)
    slope, through = linear_regression(
        [log(rank) for rank in range(1, len(order) + 1)], list(map(log, sizes))
    )
    assert figure.table["slope"].iloc[0] == pytest.approx(slope)
    line, points = figure.picture.data
    assert list(line.y) == pytest.approx([exp(through), exp(through + slope * log(len(order)))])
    assert list(points.y) == pytest.approx(sizes)


@pytest.mark.parametrize("auezov", CHOICES)
def test_the_quotient_of_a_wage_is_that_of_every_other_page(auezov):
    table = drawn("quotients", "avg_wage", auezov).table.set_index("area")["quotient"]
    wages = by_district("avg_wage", "2023")
    city = published("avg_wage")["2023"]["city"]
    assert dict(table) == pytest.approx({area: wages[area] / city for area in table.index})
    assert round(table["turksib"] * 100) == 95


@pytest.mark.parametrize(("subject", "auezov"), PAIRS)
def test_the_parts_of_theils_index_sum_to_it(subject, auezov):
    figure = drawn("decomposition", subject, auezov, LANGS[PAIRS.index((subject, auezov)) % 3])
    table = figure.table
    parts = table["between"] + table["centre"] + table["periphery"]
    assert list(parts) == pytest.approx(list(table["total"]), abs=1e-12)
    assert list(table["between_part"] + table["within_part"]) == pytest.approx([100] * len(table))
    bars = figure.picture.data
    assert [list(bar.y) for bar in bars] == [list(table[one]) for one in ("between", "centre", "periphery")]
    if subject == "avg_wage":
        return
    for row in table.to_dict("records"):
        activity, people = amounts(subject, row["period"], auezov)
        all_activity, all_people = sum(activity.values()), sum(people.values())
        total = sum(
            value / all_activity * log(value / all_activity / (people[area] / all_people))
            for area, value in activity.items()
            if value
        )
        assert row["total"] == pytest.approx(total, abs=1e-12)


def test_sigma_of_wages_is_the_plain_coefficient_of_variation():
    """Known: 0.264 in 2017, 0.200 in 2022, 0.221 in 2023 over seven districts, each counted the same."""
    figure = drawn("convergence", "avg_wage")
    sigma = dict(zip(figure.table["period"], figure.table["sigma"], strict=True))
    for year, found in sigma.items():
        wages = list(by_district("avg_wage", year).values())
        assert found == pytest.approx(pstdev(wages) / fmean(wages), rel=1e-12)
    known = [round(sigma[year], 3) for year in ("2017", "2022", "2023")]
    assert known == [0.264, 0.200, 0.221]
    first, last = by_district("avg_wage", "2017"), by_district("avg_wage", "2023")
    growth = [log(last[area] / first[area]) / 6 for area in first]
    beta = -linear_regression([log(first[area]) for area in first], growth).slope
    assert figure.table["beta"].dropna().to_list() == pytest.approx([beta])
    assert figure.table["half_life"].isna().all(), "the interval of β contains 0"
    assert "is not clear" in figure.sentence


@pytest.mark.parametrize(
    "subject", [subject for subject in ACTIVITIES if subject not in ("avg_wage", SCHOOLS)]
)
def test_no_beta_of_less_than_three_years(subject):
    figure = drawn("convergence", subject)
    if figure is not None:
        assert "beta" not in figure.table
        assert "β" not in figure.sentence
        assert text("en", "centred_sentence.snapshot") in figure.sentence


@pytest.mark.parametrize(("subject", "auezov"), PAIRS)
def test_the_map_of_quotients_hatches_the_missing_and_dots_the_few(subject, auezov):
    lang = LANGS[(PAIRS.index((subject, auezov)) + 1) % 3]
    figure = drawn("quotients", subject, auezov, lang)
    registry = ("sport_grounds", "parks_squares", "shopping_centres")
    dates = {"avg_wage": "2023", "industrial_output": "2024", **dict.fromkeys(registry, "2024-06-13")}
    period = dates.get(subject, "2024-12-31")
    found, events = by_district(subject, period), declared(subject).get("counts") == "events"
    expected = {}
    for area in DISTRICTS:
        if area not in classed(auezov):
            expected[area] = "out"
        elif area not in found:
            expected[area] = "missing"
        else:
            expected[area] = "few" if events and found[area] < 20 else "value"
    shapes = {one.get("data-district"): one for one in having(figure.picture, "district")}
    assert {area: classes_of(one)[1] for area, one in shapes.items()} == expected
    assert {area for area, one in shapes.items() if one.get("fill")} == {
        area for area in expected if expected[area] == "value"
    }
    for state in ("missing", "few"):
        count = sum(one == state for one in expected.values())
        keys = [words(one) for one in having(figure.picture, "key") if state in classes_of(one)]
        assert [re.findall(r"\d+", said)[-1] for said in keys] == ([str(count)] if count else [])
    listed = set(figure.table["area"])
    assert listed == {area for area in expected if expected[area] in ("value", "few")}
    marked = figure.table.loc[figure.table["status"] != "", "area"]
    assert set(marked) == {area for area in expected if expected[area] == "few"}, "few is said in the table"


@pytest.mark.parametrize("auezov", CHOICES)
@pytest.mark.parametrize("lang", LANGS)
def test_a_quotient_is_the_share_of_activity_over_that_of_residents(auezov, lang):
    figure = drawn("quotients", "sme_active", auezov, lang)
    activity, people = amounts("sme_active", "2024-12-31", auezov)
    for row in figure.table.to_dict("records"):
        area = row["area"]
        s, p = activity[area] / sum(activity.values()), people[area] / sum(people.values())
        assert (row["active"], row["people"]) == pytest.approx((100 * s, 100 * p))
        assert row["quotient"] == pytest.approx(s / p)
    labels = {words(next(having(one, "name"))): words(one) for one in having(figure.picture, "label")}
    for row in figure.table.to_dict("records"):
        assert labels[name(row["area"], lang)].endswith(number(row["quotient"], 2, lang))
    order = list(figure.table["area"])
    assert figure.sentence.index(name(order[0], lang)) < figure.sentence.index(name(order[-1], lang))
    colour = {one.get("data-district"): one.get("fill") for one in having(figure.picture, "district")}
    values = figure.table.set_index("area")["quotient"]
    above = {colour[area] for area in order if values[area] > 1.2}
    assert not above & {colour[area] for area in order if values[area] < 0.8}, "both sides of one look alike"
    assert list(having(figure.picture, "polycentres"))


def test_the_unclassed_legend_has_the_ends_of_the_quotients():
    figure = quotients_figure(View(lang="en", indicator="sme_active", classes=0), load())
    (ramp,) = having(figure.picture, "ramp")
    low, high = (float(words(one)) for one in ramp.iter("b"))
    assert low < 1 < high
    assert low <= round(figure.table["quotient"].min(), 2)
    assert high >= round(figure.table["quotient"].max(), 2)


@pytest.mark.parametrize("lang", LANGS)
def test_the_measures_of_active_smes_by_hand(lang):
    figure = drawn("measures", "sme_active", "out", lang, "2023-12-31")
    activity, people = amounts("sme_active", "2023-12-31", "out")
    n, total = len(activity), sum(activity.values())
    s = sorted((value / total for value in activity.values()), reverse=True)
    levels = [activity[area] / people[area] for area in activity]
    expected = {
        "centre_periphery_ratio": ratio(activity, people, "out"),
        "centre_share": sum(activity[area] for area in CENTRE) / total,
        "primacy": s[0],
        "herfindahl": sum(one**2 for one in s),
        "evenness": -sum(one * log(one) for one in s) / log(n),
        "p_star": 1 - pstdev(s) / fmean(s) / (n - 1) ** 0.5,
        "green": 1 - pstdev(s) / (s[0] / 2),
        "highest_to_lowest": max(levels) / min(levels),
    }
    values = figure.table.set_index("measure")["value"]
    for subject, value in expected.items():
        assert values[text(lang, f"measure.{subject}")] == pytest.approx(value), subject
    rows = figure.picture.findall(".//tbody/tr")
    assert len(rows) == len(MEASURES) == 12
    for row, value in zip(rows, figure.table["value"], strict=True):
        assert words(row.findall("td")[0]) == number(value, 3, lang)
        assert words(row.find(".//code"))
        assert all(one.get("href").startswith("https://doi.org/10.") for one in row.iter("a"))
    assert n == 7
    assert set(figure.table["n"]) == {7}


@pytest.mark.parametrize("auezov", CHOICES)
@pytest.mark.parametrize("lang", LANGS)
def test_nine_readings_each_with_its_way_and_a_link(lang, auezov):
    figure = readings_figure(View(lang=lang, auezov=auezov), load())
    is_whole(figure, lang)
    assert numbers(figure.sentence) <= printed(figure)
    assert list(figure.table["indicator"]) == list(ACTIVITIES)
    counted = dict(zip(figure.table["reading"], figure.table["count"], strict=True))
    assert sum(counted.values()) == 9
    assert all(
        text(lang, "targets.part", reading=reading, count=count) in figure.sentence
        for reading, count in counted.items()
    )
    for subject, row, line in zip(
        ACTIVITIES, figure.table.to_dict("records"), having(figure.picture, "reading-row"), strict=True
    ):
        view, ignored = from_query(parse_qs(urlsplit(line.find(".//a").get("href")).query), load())
        assert not ignored
        assert (view.indicator, view.auezov, view.lang) == (subject, auezov, lang)
        assert row["reading"] in words(line)
        series = drawn("polycentricity", subject, auezov, "en").table
        since = declared(subject).get("good_since", "")
        base = series[series["period"] >= since][auezov].iloc[0]
        assert (row["before"], row["after"]) == pytest.approx((base, series[auezov].iloc[-1]))
        if row["before"] != row["after"]:
            assert row["change"] == pytest.approx(100 * (row["after"] / row["before"] - 1))


def test_the_note_on_auezov_and_on_eight_districts_stands_with_every_figure():
    for subject in ACTIVITIES:
        for kind in FIGURES:
            for auezov, n in (("periphery", 8), ("out", 7)):
                figure = drawn(kind, subject, auezov)
                if figure is not None:
                    left = n - (subject == "avg_wage")
                    start = "There are only eight" if left == 8 else f"Only {left} of the 8 districts"
                    assert figure.caveat.startswith(start)
    assert published("avg_wage")["2023"].get("almaly") is None
    assert "Almaly" in " ".join(drawn("polycentricity", "avg_wage").foot)
