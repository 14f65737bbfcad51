"""Two maps beside each other, and the maps of a topic on one scale."""

import re

import pytest

from components.figures.drawing.palette import AROUND
from components.figures.maps.choropleth import map_figure
from components.figures.maps.paired_maps import pair_figure
from components.figures.maps.small_multiples import multiples_figure, topic_figure
from components.text.number_formats import number
from components.text.sentences import full_name
from components.text.strings import LANGS, text
from components.view import View
from data.dataset import load
from geo.districts import AREAS, DISTRICTS
from tests.components.published import figures_of, having
from tests.components.test_choropleth import shapes

TOPICS = sorted({one.topic for one in load().indicators.values()})


def drawn(root) -> list:
    return [one for one in root.iter("svg") if "map" in one.get("class", "").split()]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("first", "second"), [("avg_wage", "sme_active"), ("births", "avg_wage"), ("sme_active", "sme_active")]
)
def test_two_maps_are_of_two_indicators(lang, first, second, dataset):
    figure = pair_figure(View(lang=lang, indicator=first, against=second, tab="pair"), dataset)
    titles = ["".join(one.itertext()) for one in figure.picture.iter("h2")]
    assert len(drawn(figure.picture)) == 2
    assert titles[0] == map_figure(View(lang=lang, indicator=first), dataset).title
    assert titles[0] != titles[1], "the same map twice"
    if first != second:
        assert titles[1] == map_figure(View(lang=lang, indicator=second), dataset).title
    for svg, title in zip(drawn(figure.picture), titles, strict=True):
        assert set(shapes(svg)) == set(DISTRICTS)
        assert svg.find("title").text == title
    assert len(list(having(figure.picture, "legend"))) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_has_both_values_of_every_area_as_they_are_figures_of(lang, dataset):
    view = View(lang=lang, indicator="birth_rate", transform="value", against="infant_mortality_rate")
    figure = pair_figure(view, dataset)
    assert list(figure.table["name"]) == [full_name(area, lang) for area in AREAS]
    period = map_figure(View(lang=lang, indicator="birth_rate", transform="value"), dataset).table["period"][
        0
    ]
    values = figures_of("birth_rate")
    for area, written in zip(figure.table["area"], figure.table["x"], strict=True):
        if area in DISTRICTS:
            decimals = dataset.indicators["birth_rate"].decimals
            known = (area, period) in values
            expected = number(values[area, period], decimals, lang) if known else text(lang, "word.no_data")
            assert written == expected


def test_both_maps_bring_their_sources_once(dataset):
    figure = pair_figure(View(lang="en", indicator="avg_wage", against="births"), dataset)
    assert len(set(figure.sources)) == len(figure.sources)
    for key in ("avg_wage", "births"):
        assert set(map_figure(View(lang="en", indicator=key), dataset).sources) <= set(figure.sources)


BREAKS = [50, 75, 95, 105, 133, 200]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_at_most_twelve_maps_on_one_scale(topic, dataset):
    key = next(key for key, one in dataset.indicators.items() if one.topic == topic)
    figure = topic_figure(View(lang="en", indicator=key, tab="multiples"), dataset)
    maps = drawn(figure.picture)
    assert len(maps) <= 12
    assert len(maps) == len(figure.table)
    fills = {one.get("fill") for svg in maps for one in shapes(svg).values() if one.get("fill")}
    titles = set(figure.table["title"])
    directions = {one.better for one in dataset.indicators.values() if one.short["en"] in titles}
    assert fills <= {colour for better in directions for colour in AROUND[better]}
    scales = list(having(figure.picture, "steps"))
    drawn_scales = {
        tuple(re.search(r"#\w{6}", one.find("i").get("style")).group() for one in having(scale, "step"))
        for scale in scales
    }
    assert drawn_scales == {AROUND[better] for better in directions}
    for scale in scales:
        *steps, _ = having(scale, "step")
        assert [float("".join(one.find("b").itertext())) for one in steps] == BREAKS
    for svg, (_, row) in zip(maps, figure.table.iterrows(), strict=True):
        for district, shape in shapes(svg).items():
            if shape.get("fill"):
                (better,) = {
                    one.better for one in dataset.indicators.values() if one.short["en"] == row["title"]
                }
                assert shape.get("fill") == AROUND[better][sum(row[district] >= end for end in BREAKS)]


@pytest.mark.parametrize("one", ["school_places_opened", "avg_wage", "births"])
def test_periods_are_at_most_twelve_maps_with_one_legend(one, dataset):
    transform = "share" if one == "school_places_opened" else None
    figure = multiples_figure(View(lang="ru", indicator=one, transform=transform), dataset)
    maps = drawn(figure.picture)
    assert len(maps) <= 12
    assert len(list(having(figure.picture, "legend"))) == (1 if maps else 0)
    assert list(figure.table["period"]) == sorted(figure.table["period"])
