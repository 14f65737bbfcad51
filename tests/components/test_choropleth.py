"""The map of every indicator through every transform: what is painted, hatched, dotted, and what never is."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from components.figures.drawing.frame import render_section
from components.figures.drawing.markup import markup
from components.figures.maps.choropleth import map_figure
from components.figures.maps.district_marks import map_encoding
from components.view import View
from data.dataset import load
from data.transforms import transformed
from tests.components.published import declared, figures_of, having
from tests.components.reading import Document

DISTRICTS = {"alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu"}


def shapes(root: Element) -> dict[str, Element]:
    return {one.get("data-district", ""): one for one in having(root, "district") if one.tag == "path"}


def test_markup_parses_as_xml_and_as_html(case, map_of):
    figure = map_of(*case)
    root = render_section(figure, 1)
    again = ElementTree.fromstring(ElementTree.tostring(root))
    assert [one.tag.rpartition("}")[2] for one in again.iter()] == [one.tag for one in root.iter()]
    Document(markup(root))


def test_eight_districts_are_drawn_each_with_its_name(case, map_of):
    picture = map_of(*case).picture
    drawn = shapes(picture)
    assert set(drawn) == DISTRICTS
    assert all(re.fullmatch(r"(M[-\d,]+l[-\d, ]+z)+", one.get("d")) for one in drawn.values())
    assert len({one.get("d") for one in drawn.values()}) == 8
    assert len(list(having(picture, "label"))) == 8


def test_hatched_and_dotted_districts_are_counted_in_the_legend(case, map_of):
    picture = map_of(*case).picture
    for state in ("missing", "few"):
        drawn = sum(state in one.get("class").split() for one in shapes(picture).values())
        said = [
            "".join(one.itertext()) for one in having(picture, "key") if state in one.get("class").split()
        ]
        assert [re.findall(r"\d+", words)[-1] for words in said] == ([str(drawn)] if drawn else [])


def test_a_total_is_never_painted(case, map_of):
    key, transform, _ = case
    picture = map_of(*case).picture
    filled = [one for one in shapes(picture).values() if one.get("fill")]
    total = transform == "value" and declared(key)["kind"] in ("stock", "flow")
    if total:
        assert not filled
        values = [one for one in shapes(picture).values() if "value" in one.get("class").split()]
        assert all("plain" in one.get("class").split() for one in values)
    else:
        states = {one.get("class").split()[1] for one in shapes(picture).values() if one not in filled}
        assert states <= {"missing", "few"}, "a district with a value has no colour"
        assert not list(having(picture, "total")), "a painted map has circles too"


def test_districts_with_few_cases_have_no_fill_and_no_rank(case, map_of):
    key = case[0]
    figure = map_of(*case)
    period = figure.table["period"].iloc[0]
    values, one = figures_of(key), declared(key)
    if one.get("counts") != "events":
        cases = {}
    elif one["kind"] != "rate":
        cases = {area: abs(value) for (area, at), value in values.items() if at == period}
    else:
        weights = figures_of(one["weight"])
        cases = {
            area: value * weights[area, at] / one["per"]
            for (area, at), value in values.items()
            if at == period and (area, at) in weights
        }
    drawn, table = shapes(figure.picture), figure.table.set_index("area")
    rows = {
        row.get("data-district"): row for row in having(figure.picture, "row") if row.get("data-district")
    }
    for area in DISTRICTS & set(cases):
        few = cases[area] < 20
        assert ("few" in drawn[area].get("class").split()) <= few
        if few and "missing" not in drawn[area].get("class").split():
            assert "few" in drawn[area].get("class").split(), f"{area}: {cases[area]} cases"
            assert drawn[area].get("fill") is None
            assert "".join(next(having(rows[area], "rank")).itertext()) == "–"
            assert table.loc[area, ["rank_best", "rank_worst"]].isna().all(), "few cases and yet a rank"


def test_ranks_follow_the_values(case, map_of):
    table = map_of(*case).table
    ranked = table[table["rank_best"].notna()]
    assert set(ranked["area"]) <= DISTRICTS, "the city has a rank"
    assert list(ranked["value"]) == sorted(ranked["value"], reverse=True)
    for _, row in ranked.iterrows():
        place = 1 + (ranked["value"] > row["value"]).sum()
        assert row["rank_best"] <= place <= row["rank_worst"]


def test_published_values_are_shown_as_the_file_has_them(dataset, map_of):
    shown_as_published = [key for key, one in dataset.indicators.items() if "value" in one.transforms]
    assert len(shown_as_published) > 60
    for key in shown_as_published:
        table = map_of(key, "value", "en").table
        period = table["period"].iloc[0]
        shown = table[table["area"].isin(DISTRICTS) & table["value"].notna()]
        assert dict(zip(shown["area"], shown["value"], strict=True)) == {
            area: value for (area, at), value in figures_of(key).items() if at == period and area != "city"
        }, f"{key} {period}"


def test_class_breaks_do_not_change_with_the_period(case, dataset):
    key, transform, lang = case
    view = View(lang=lang, indicator=key, transform=transform)
    latest = map_encoding(view, dataset)
    if latest.scale is None:
        return
    series = len(latest.period)
    known = [one for one in latest.series.periods() if len(one) == series]
    for period in (known[0], known[len(known) // 2]):
        scale = map_encoding(
            View(lang=lang, indicator=key, transform=transform, period=period), dataset
        ).scale
        assert scale is None or scale == latest.scale, f"{period} has other classes than {latest.period}"


@pytest.mark.parametrize(("classes", "colours"), [(3, 3), (4, 4)])
def test_the_chosen_number_of_classes_is_drawn(classes, colours, dataset):
    figure = map_figure(
        View(lang="en", indicator="sme_active", transform="per_1000", classes=classes), dataset
    )
    assert len(list(having(figure.picture, "step"))) == colours
    assert not list(having(figure.picture, "ramp"))


def test_without_classes_the_legend_is_a_ramp(dataset):
    figure = map_figure(View(lang="en", indicator="sme_active", transform="per_1000", classes=0), dataset)
    assert len(list(having(figure.picture, "ramp"))) == 1
    assert not list(having(figure.picture, "step"))


def test_every_map_credits_openstreetmap_and_dates_its_boundaries(key, map_of):
    foot = " ".join(map_of(key, load().indicators[key].opens_with, "en").foot)
    assert "OpenStreetMap" in foot
    assert "ODbL" in foot
    assert "22 May 2026" in foot


ORANGE = {"#B35806", "#E08A2E", "#F7C78B"}


def test_orange_is_the_worse_side_and_only_where_there_is_one(dataset, map_of):
    """Fills and bars of values relative to the city, of every indicator that has them."""
    sides = {"higher": 0, "lower": 0, "neither": 0}
    for key, indicator in dataset.indicators.items():
        if "relative" not in indicator.transforms or not transformed(dataset, key, "relative").periods():
            continue
        better = declared(key)["better"]
        figure = map_of(key, "relative", "en")
        values = figure.table.set_index("area")["value"]
        for area, shape in shapes(figure.picture).items():
            if shape.get("fill") in ORANGE:
                sides[better] += 1
                assert (values[area] < 100) == (better == "higher"), (key, area)
        (ranking,) = having(figure.picture, "ranking")
        assert f"better-{better}" in ranking.get("class").split()
        legend = " ".join("".join(part.itertext()) for part in having(figure.picture, "legend"))
        assert ("worse" in legend) == (better != "neither"), key
    assert min(sides["higher"], sides["lower"]) > 3
    assert sides["neither"] == 0


def test_districts_that_are_alike_have_one_colour_and_the_legend_says_so(dataset):
    figure = map_figure(View(lang="en", indicator="infant_mortality_rate", period="2024"), dataset)
    fills = {one.get("fill") for one in shapes(figure.picture).values() if one.get("fill")}
    assert fills == {"#EFEDE6"}
    legend = " ".join("".join(part.itertext()) for part in having(figure.picture, "legend"))
    assert "do not differ beyond chance" in legend
