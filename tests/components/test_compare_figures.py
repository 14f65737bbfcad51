"""The figures of Compare: what stands on the scale, in which order, in which colour, and what does not."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from math import log
from statistics import fmean
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pandas as pd
import pytest

from components.figure import Figure
from components.figures.charts.scatter import scatter_figure
from components.figures.drawing.palette import ALIKE, AROUND
from components.figures.maps.choropleth import map_figure
from components.figures.maps.small_multiples import multiples_figure
from components.figures.tables import place_comparison
from components.figures.tables.district_heatmap import standings_figure
from components.figures.tables.place_comparison import dumbbell_figure
from components.figures.tables.ranking import ranking_figure
from components.text.number_formats import number
from components.text.strings import LANGS, text
from components.view import View, from_query
from data.comparison import about_same, compare
from data.dataset import load
from data.district_profile import against_city
from tests.components.published import (
    DISTRICTS,
    by_district,
    classes_of,
    declared,
    having,
    is_whole,
    name,
    published,
    words,
)
from tests.components.test_sentences import numbers, printed

PAIRS = (
    *(("medeu", "nauryzbay"), ("almaly", "city"), ("centre", "periphery"), ("auezov", "turksib")),
    *(("zhetysu", "centre"), ("city", "alatau"), ("bostandyk", "bostandyk")),
)
SORTS = ("topic", "distance", "change")
TOPICS = ("people", "economy", "services", "mobility", "safety_health", "environment", "housing")
SHORT = {key: declared(key)["short"] for key in load().indicators}
BREAKS = (50, 75, 95, 105, 133, 200)


@cache
def pair(a: str, b: str, lang: str = "en", sort: str = "topic") -> Figure:
    """Two places beside each other."""
    return dumbbell_figure(View(lang=lang, a=a, b=b, sort=sort), load())  # type: ignore[arg-type]


def rows_of(figure: Figure) -> dict[str, Element]:
    """The drawn rows by the short name of their indicator."""
    drawn = [one for one in having(figure.picture, "dumbbell") if "heads" not in classes_of(one)]
    return {words(one.find(".//a")): one for one in drawn}


def places(row: Element) -> dict[str, float]:
    """Where the dots of a row stand, in percent of the scale."""
    return {
        classes_of(dot)[1]: float(re.fullmatch(r"left:([\d.]+)%", dot.get("style"))[1])  # type: ignore[index]
        for dot in having(row, "dot")
    }


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_pair_is_whole_and_every_number_of_its_sentence_is_in_its_table(a, b, lang):
    figure = pair(a, b, lang)
    is_whole(figure, lang)
    assert numbers(figure.sentence) <= printed(figure), figure.sentence
    for link in figure.picture.iter("a"):
        view, ignored = from_query(parse_qs(urlsplit(link.get("href")).query), load())
        assert not ignored, link.get("href")
        assert SHORT[view.indicator][lang] == words(link)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_what_has_no_place_on_the_scale_is_in_the_table_with_its_reason(a, b):
    figure = pair(a, b)
    drawn = rows_of(figure)
    table = figure.table.set_index("title")
    assert set(drawn) <= set(table.index)
    for title, row in table.iterrows():
        lacks = row["a"] == "–" or row["b"] == "–"
        few = "fewer than 20" in row["note"]
        relative = row["relative_a"] == row["relative_a"] and row["relative_b"] == row["relative_b"]
        assert (title in drawn) == (relative and not few), title
        assert lacks == ("no data" in row["note"]), title
        if few:
            assert row["ratio"] is None or row["ratio"] != row["ratio"], "a ratio of too few cases"
    if len(table) > len(drawn):
        assert str(len(table) - len(drawn)) in numbers(figure.foot[0])
    assert set(table["n"]) == {len(drawn)}


def test_few_cases_and_a_missing_wage_are_not_drawn():
    """Of infectious diseases fewer than 20 die in a district; parks are never few; Almaly has no wage."""
    parks = pair("medeu", "nauryzbay").table.set_index("title").loc[SHORT["parks_squares"]["en"]]
    assert parks["note"] == ""
    assert parks["rank_b"].startswith("7–8")
    for key in ("deaths_infectious",):
        title = SHORT[key]["en"]
        row = pair("medeu", "nauryzbay").table.set_index("title").loc[title]
        assert "Nauryzbay: fewer than 20" in row["note"]
        assert row["rank_b"] == "–"
        assert title not in rows_of(pair("medeu", "nauryzbay"))
    wage = SHORT["avg_wage"]["en"]
    assert pair("almaly", "city").table.set_index("title").loc[wage, "note"].startswith("Almaly: no data")
    assert wage not in rows_of(pair("almaly", "city"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_dot_stands_where_the_logarithm_puts_it(lang):
    """25 at the left end, 100 in the middle, 400 at the right end; beyond stands at the end."""
    row = rows_of(pair("medeu", "nauryzbay", lang))[SHORT["avg_wage"][lang]]
    wages = published("avg_wage")["2023"]
    for side, area in (("a", "medeu"), ("b", "nauryzbay")):
        assert places(row)[side] == pytest.approx(50 + 50 * log(wages[area] / wages["city"], 4), abs=0.051)
    ends = [
        one.get("style") for one in next(having(pair("medeu", "nauryzbay", lang).picture, "heads")).iter()
    ]
    assert [one for one in ends if one] == [f"left:{at}%" for at in ("0.0", "25.0", "50.0", "75.0", "100.0")]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_every_dot_agrees_with_the_table_and_the_bar_joins_the_two(a, b):
    figure = pair(a, b)
    table = figure.table.set_index("title")
    for title, row in rows_of(figure).items():
        for side in ("a", "b"):
            relative = min(400.0, max(25.0, table.loc[title, f"relative_{side}"]))
            assert places(row)[side] == pytest.approx(50 + 50 * log(relative / 100, 4), abs=0.051)
        (bar,) = having(row, "bar")
        left, width = map(float, re.findall(r"[\d.]+", bar.get("style")))
        assert left == pytest.approx(min(places(row).values()), abs=0.051)
        assert left + width == pytest.approx(max(places(row).values()), abs=0.11)
    drawn = table.loc[list(rows_of(figure))]
    for side in ("a", "b"):
        above = sum(drawn[f"relative_{side}"] > 100 + 1e-9)
        assert set(table[f"above_{side}"]) == {above}
    assert list(drawn["ratio"]) == pytest.approx(list(drawn["relative_a"] / drawn["relative_b"]))


def test_values_of_the_files_and_their_ranks():
    row = pair("medeu", "nauryzbay").table.set_index("title").loc[SHORT["avg_wage"]["en"]]
    wages = published("avg_wage")["2023"]
    assert (row["a"], row["b"]) == (f"{wages['medeu']:,.0f}", f"{wages['nauryzbay']:,.0f}")
    assert row["city"] == f"{wages['city']:,.0f}"
    assert row["relative_a"] == pytest.approx(100 * wages["medeu"] / wages["city"])
    for side, area in (("rank_a", "medeu"), ("rank_b", "nauryzbay")):
        best = 1 + sum(value > wages[area] for place, value in wages.items() if place != "city")
        assert row[side] == f"{best}–{best + 1} of 8 by value", (
            "Almaly has no wage and could stand before or after"
        )


@pytest.mark.parametrize("lang", LANGS)
def test_about_the_same_is_said(lang, monkeypatch):
    same = pair("bostandyk", "bostandyk", lang)
    assert same.sentence == text(lang, "compare.same")
    assert all(text(lang, "compare.about_same") in words(row) for row in rows_of(same).values())
    found = tuple(
        replace(one, about_same=one.key == "avg_wage") for one in compare(load(), "medeu", "auezov")
    )
    monkeypatch.setattr(place_comparison, "compare", lambda *_: found)
    view = View(lang=lang, a="medeu", b="auezov")
    figure = dumbbell_figure(view, load())
    mark = text(lang, "compare.about_same")
    said = [title for title, row in rows_of(figure).items() if mark in words(row)]
    noted = figure.table[figure.table["note"].str.contains(mark)]
    assert said == list(noted["title"]) == [SHORT["avg_wage"][lang]]


def test_about_the_same_is_within_rounding_or_the_declared_noise():
    wage, births = (load().indicators[one] for one in ("avg_wage", "births"))
    assert wage.decimals == 0
    assert about_same(wage, "value", 1000.0, 1000.4)
    assert not about_same(wage, "value", 1000.0, 1001.0)
    assert declared("births")["tolerance"] == 0.0005
    assert about_same(births, "per_1000", 20.0, 20.009)
    assert not about_same(births, "per_1000", 20.0, 20.011)


@pytest.mark.parametrize(("a", "b"), PAIRS[:4])
def test_the_order_of_a_pair(a, b):
    topic = [TOPICS.index(declared(key)["topic"]) for key in pair(a, b, "en", "topic").table["indicator"]]
    assert topic == sorted(topic)
    far = pair(a, b, "en", "distance")
    drawn = far.table[far.table["title"].isin(rows_of(far))]
    apart = [abs(log(ratio)) for ratio in drawn["ratio"]]
    assert apart == sorted(apart, reverse=True)
    assert list(far.table["indicator"].iloc[: len(drawn)]) == list(drawn["indicator"]), "undrawn ones last"
    moved = against_city(load())
    ratio = moved["relative"] / (moved["relative"] - moved["change"])
    moved = moved[moved["area"].isin([a, b])].assign(size=ratio.map(log).abs()).groupby("indicator")["size"]
    sizes = moved.max().fillna(0).reindex(pair(a, b, "en", "change").table["indicator"]).fillna(0)
    assert list(sizes) == sorted(sizes, reverse=True)
    orders = {tuple(pair(a, b, "en", sort).table["indicator"]) for sort in SORTS}
    assert len({frozenset(order) for order in orders}) == 1


@cache
def standings(lang: str, sort: str = "topic") -> Figure:
    """All districts on all indicators."""
    return standings_figure(View(lang=lang, sort=sort), load())  # type: ignore[arg-type]


def cells(figure: Figure) -> dict[str, list[Element]]:
    """The cells of every row by the short name of its indicator."""
    return {words(row.find("./th/a")): row.findall("td") for row in figure.picture.findall(".//tbody/tr")}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("sort", SORTS)
def test_every_cell_is_the_value_of_the_table_or_says_why_there_is_none(sort, lang):
    figure = standings(lang, sort)
    is_whole(figure, lang)
    assert numbers(figure.sentence) <= printed(figure)
    heads = [words(one) for one in figure.picture.findall(".//thead//th")]
    assert heads[1:] == [name(area, lang) for area in DISTRICTS]
    known = {(row["title"], row["area"]): row for row in figure.table.to_dict("records")}
    for title, row in cells(figure).items():
        assert len(row) == 8
        for area, cell in zip(DISTRICTS, row, strict=True):
            found: Mapping | None = known.get((title, area))
            if found is None:
                assert words(cell) in ("–", text(lang, "word.few_short"))
                assert classes_of(cell) == ["absent"]
                assert cell.get("style") is None
                continue
            relative, change = found["relative"], found["change"]
            assert cell.text.replace("\u00a0", "").replace(",", "") == f"{relative:.0f}"
            better = declared(found["indicator"])["better"]
            assert AROUND[better][sum(relative >= at for at in BREAKS)] in cell.get("style")
            arrow = "" if pd.isna(change) or not round(change) else "↑" if change > 0 else "↓"
            assert "".join(re.findall("[↑↓]", words(cell))) == arrow


def test_the_matrix_against_the_files():
    table = standings("en").table.set_index(["indicator", "area"])["relative"]
    wages = published("avg_wage")["2023"]
    for area in DISTRICTS:
        if area in wages:
            assert table["avg_wage", area] == pytest.approx(100 * wages[area] / wages["city"])
    assert ("avg_wage", "almaly") not in table.index
    assert words(cells(standings("en"))[SHORT["avg_wage"]["en"]][1]) == "–"
    for key, period in {"schools_public": "2024-09-01", "deaths_road_traffic": "2024"}.items():
        row = cells(standings("en")).get(SHORT[key]["en"])
        assert row is not None
        events = key.startswith("deaths")
        few = [area for area, count in by_district(key, period).items() if events and count < 20]
        assert [area for area, cell in zip(DISTRICTS, row, strict=True) if words(cell) == "< 20"] == few


def test_the_order_of_the_matrix():
    rows = standings("en").table.to_dict("records")
    for sort in SORTS:
        order = [
            next(r["indicator"] for r in rows if r["title"] == one) for one in cells(standings("en", sort))
        ]
        assert len(order) == len(set(order)) > 30
        if sort == "topic":
            weights = [TOPICS.index(declared(key)["topic"]) for key in order]
            assert weights == sorted(weights)
            continue
        means = []
        for key in order:
            own = [row for row in rows if row["indicator"] == key]
            sizes = [
                abs(row["relative"] - 100)
                if sort == "distance"
                else abs(log(row["relative"] / (row["relative"] - row["change"])))
                for row in own
            ]
            known = [size for size in sizes if pd.notna(size)]
            means.append(fmean(known) if known else -1.0)
        assert means == pytest.approx(sorted(means, reverse=True))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("indicator", ["population", "sme_active", "parks_squares", "housing_price_new"])
def test_the_ranking_alone_says_what_it_says_beside_the_map(indicator, lang):
    view = View(lang=lang, indicator=indicator)
    figure, beside = ranking_figure(view, load()), map_figure(view, load())
    is_whole(figure, lang)
    assert figure.sentence == beside.sentence
    assert figure.table.equals(beside.table)
    assert numbers(figure.sentence) <= printed(figure)
    assert not list(having(figure.picture, "map"))
    drawn = {one.get("data-district") for one in having(figure.picture, "row")} - {None}
    assert drawn == set(DISTRICTS), "those without a value stand there as not ranked"


SIDES = (
    *(("avg_wage", "sme_active"), ("population", "birth_rate"), ("schools_public", "avg_wage")),
    *(("housing_price_new", "births"), ("infant_mortality_rate", "crimes_registered")),
    ("deaths_infectious", "births"),
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("x", "y"), SIDES)
def test_a_scatter_has_the_districts_with_both_values_and_enough_cases(x, y, lang):
    figure = scatter_figure(View(lang=lang, indicator=x, against=y), load())
    is_whole(figure, lang)
    assert numbers(figure.sentence) <= printed(figure)
    (points,) = [trace for trace in figure.picture.data if "markers" in trace.mode]
    own = figure.table[figure.table["area"] != "city"]
    assert (list(points.x), list(points.y)) == (list(own["x"]), list(own["y"]))
    assert list(points.text) == [name(area, lang) for area in own["area"]]
    lines = len(figure.picture.layout.shapes)
    city = figure.table[figure.table["area"] == "city"]
    if len(city):
        assert lines == 2
        middle = city.iloc[0]
        both = own[(own["x"] > middle["x"]) & (own["y"] > middle["y"])]["area"]
        neither = own[(own["x"] < middle["x"]) & (own["y"] < middle["y"])]["area"]
        for areas in (both, neither):
            said = ", ".join(name(area, lang) for area in areas) or text(lang, "compare.nobody")
            if len(own):
                assert said in figure.sentence
    if not len(own):
        assert figure.sentence == text(lang, "compare.scatter_none")


def test_who_is_left_out_of_a_scatter():
    wages = by_district("avg_wage", "2023")
    deaths = by_district("deaths_road_traffic", "2024")
    expected = [area for area in DISTRICTS if area in wages and deaths.get(area, 0) >= 20]
    figure = scatter_figure(View(indicator="deaths_road_traffic", against="avg_wage"), load())
    assert list(figure.table.loc[figure.table["area"] != "city", "area"]) == expected
    assert "almaly" not in expected
    assert "nauryzbay" not in expected
    for x, y in (("housing_price_new", "births"), ("deaths_infectious", "births")):
        nobody = scatter_figure(View(indicator=x, against=y), load()).table
        assert set(nobody["area"]) <= {"city"}, "no district has figures, or each has too few cases"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("indicator", "transform"),
    [
        *(("avg_wage", "relative"), ("avg_wage", "value"), ("school_places_opened", "share")),
        *(("sme_active", "per_1000"), ("deaths_road_traffic", None), ("housing_price_new", None)),
    ],
)
def test_small_maps_share_one_scale_and_are_at_most_twelve(indicator, transform, lang):
    figure = multiples_figure(View(lang=lang, indicator=indicator, transform=transform), load())
    is_whole(figure, lang)
    districts = {"7"} if indicator == "avg_wage" else set()
    chance = {number(0.2376, 2, lang)} if indicator == "deaths_road_traffic" else set()
    assert numbers(figure.sentence) <= printed(figure) | districts | chance, figure.sentence
    maps = list(having(figure.picture, "thumbnail"))
    by_period = figure.table.set_index("period")
    shown = [from_query(parse_qs(urlsplit(a.get("href")).query), load()) for a in figure.picture.iter("a")]
    assert not any(ignored for _, ignored in shown)
    assert len(maps) == len(shown) <= 12
    if indicator == "housing_price_new":
        assert not maps, "no district has a price"
        return
    assert [view.period if view.period != "latest" else by_period.index[-1] for view, _ in shown] == list(
        by_period.index
    )
    colours: dict[str, list[float]] = {}
    for period, root in zip(by_period.index, maps, strict=True):
        for shape in having(root, "district"):
            value, fill = by_period.loc[period, shape.get("data-district")], shape.get("fill")
            assert pd.isna(value) == ("missing" in classes_of(shape))
            if fill:
                colours.setdefault(fill, []).append(value)
    colours.pop(ALIKE, None)
    spans = sorted((min(values), max(values)) for values in colours.values())
    assert len(spans) <= 8
    assert all(low[1] <= high[0] for low, high in itertools.pairwise(spans)), "two scales"


def test_a_long_series_keeps_its_first_and_last_period():
    figure = multiples_figure(View(indicator="school_places_opened", transform="share"), load())
    dates = sorted(published("school_places_opened"))
    assert len(dates) > 12
    assert len(figure.table) == 12
    assert (figure.table["period"].iloc[0], figure.table["period"].iloc[-1]) == (dates[0], dates[-1])


def test_the_ratio_of_a_period_is_of_all_districts_and_few_events_are_named():
    figure = multiples_figure(View(lang="en", indicator="schools_public", transform="per_1000"), load())
    row = figure.table.iloc[-1]
    values = [row[area] for area in DISTRICTS]
    assert pd.isna(row["few"])
    assert row["ratio"] == pytest.approx(max(values) / min(values))
    figure = multiples_figure(View(lang="en", indicator="deaths_road_traffic", transform="per_1000"), load())
    row = figure.table.iloc[-1]
    few = [area for area, count in by_district("deaths_road_traffic", row["period"]).items() if count < 20]
    assert row["few"] == ", ".join(name(area, "en") for area in few)
    assert pd.isna(row["ratio"]), "two districts with enough deaths, and they are alike"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("indicator", ["births", "population", "sme_active"])
def test_totals_are_refused_as_small_maps(indicator, lang):
    figure = multiples_figure(View(lang=lang, indicator=indicator, transform="value"), load())
    is_whole(figure, lang)
    assert figure.sentence == text(lang, "compare.multiples_totals")
    assert not list(having(figure.picture, "map"))
    assert len(figure.table) > 1, "the table has them"
