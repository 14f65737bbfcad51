"""The strip of the classes: where values and breaks stand, and what it warns of."""

import re
from dataclasses import replace

import pytest

from components.figures.drawing.palette import ALIKE, SEQUENTIAL, Scale
from components.figures.maps.choropleth import map_figure
from components.figures.maps.class_strip import class_strip, strip_scale
from components.figures.maps.district_marks import DistrictMark, MapEncoding, map_encoding
from components.text.sentences import short_name
from components.text.strings import LANGS, text
from components.view import View
from data.dataset import load
from data.transforms import transformed
from tests.components.published import figures_of, having
from tests.components.test_timeline import CASES, figure_of

SCALE = Scale(SEQUENTIAL[3], (20.0, 60.0), 10.0, 110.0)
FAR = {"alatau": 10.0, "almaly": 12.0, "auezov": 30.0, "medeu": 31.0, "turksib": 110.0, "zhetysu": 90.0}
DIFFERENT = transformed(load(), "avg_wage", "relative")
"""Nothing in it is rounded, so only values closer than its last printed digit are about the same."""


def drawn(values: dict[str, float], scale: Scale = SCALE, series=DIFFERENT, lang: str = "en"):
    marks = {area: DistrictMark("value", value) for area, value in values.items()}
    return class_strip(MapEncoding(series, "", marks, scale, decimals=0), lang)


def warnings(made) -> list[str]:
    return [one.text for one in made.iter("li")]


def test_places_are_shares_of_the_line():
    # (value - 10) / 100 of 1000
    assert [strip_scale(SCALE)(value) for value in (10, 35, 60, 110)] == [0, 250, 500, 1000]


def test_the_line_holds_breaks_beyond_the_values():
    wide = Scale(SEQUENTIAL[3], (0.0, 100.0), 50.0, 75.0)
    assert [strip_scale(wide)(value) for value in (0, 50, 75, 100)] == [0, 500, 750, 1000]


def test_ticks_and_bands_are_drawn_where_they_belong():
    made = drawn(FAR)
    ticks = {one.get("data-district"): float(one.get("cx")) for one in made.iter("circle")}
    assert ticks == {area: (value - 10) / 100 * 1000 for area, value in FAR.items()}
    bands = [(float(one.get("x")), float(one.get("width")), one.get("fill")) for one in made.iter("rect")]
    assert bands == [(0, 100, SEQUENTIAL[3][0]), (100, 400, SEQUENTIAL[3][1]), (500, 500, SEQUENTIAL[3][2])]


def test_classes_of_several_districts_bring_no_warning():
    assert warnings(drawn(FAR)) == []


def test_a_district_alone_in_its_class_brings_no_warning():
    values = {area: value for area, value in FAR.items() if area != "zhetysu"}
    assert warnings(drawn(values)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_break_between_about_equal_values_is_named(lang):
    values = {**FAR, "almaly": 19.8, "auezov": 20.1}
    (words,) = warnings(drawn(values, lang=lang))
    low, high = short_name("almaly", lang), short_name("auezov", lang)
    assert words == text(lang, "classes.near", low=low, high=high)


def test_about_equal_values_of_one_class_bring_no_warning():
    assert warnings(drawn({**FAR, "auezov": 30.9})) == []


def test_a_break_between_values_that_differ_brings_no_warning():
    assert warnings(drawn({**FAR, "almaly": 18.0, "auezov": 21.0})) == []


def test_values_within_the_noise_of_their_source_are_about_the_same():
    values = {**FAR, "almaly": 18.0, "auezov": 20.4}

    def noisy(tolerance: float):
        return replace(DIFFERENT, indicator=replace(DIFFERENT.indicator, tolerance=tolerance))

    # the difference is 2.4; 15 % of 20.4 is 3.06, 10 % is 2.04
    assert len(warnings(drawn(values, series=noisy(0.15)))) == 1
    assert len(warnings(drawn(values, series=noisy(0.10)))) == 0


def test_without_classes_or_values_there_is_no_strip():
    assert drawn(FAR, Scale(SEQUENTIAL[4], (), 10, 110)) is None
    assert drawn({}) is None


@pytest.mark.parametrize("view", CASES.values(), ids=CASES)
def test_every_map_with_classes_has_one_tick_a_value_on_the_band_of_its_colour(view, dataset):
    encoding = map_encoding(view, dataset)
    made = next(having(figure_of(view).picture, "strip"), None)
    if encoding.scale is None or not encoding.scale.breaks:
        assert made is None
        return
    ticks = {one.get("data-district"): float(one.get("cx")) for one in made.iter("circle")}
    marks = {area: mark for area, mark in encoding.marks.items() if mark.state == "value"}
    assert set(ticks) == set(marks)
    bands = [(float(one.get("x")), float(one.get("width")), one.get("fill")) for one in made.iter("rect")]
    for area, place in ticks.items():
        assert [
            True
            for start, width, colour in bands
            if marks[area].fill in (colour, ALIKE) and start - 1 <= place <= start + width + 1
        ], f"{area} stands outside its colour"


def test_a_published_rate_stands_where_arithmetic_puts_it(dataset):
    figure = map_figure(View(lang="en", indicator="birth_rate", transform="value"), dataset)
    scale = map_encoding(View(lang="en", indicator="birth_rate", transform="value"), dataset).scale
    period = figure.table["period"].iloc[0]
    values = figures_of("birth_rate")
    same = [value for (area, at), value in values.items() if area != "city" and len(at) == len(period)]
    low, high = min(*same, *scale.breaks), max(*same, *scale.breaks)
    ticks = {
        one.get("data-district"): float(one.get("cx"))
        for one in next(having(figure.picture, "strip")).iter("circle")
    }
    assert ticks == {
        area: round((value - low) / (high - low) * 1000)
        for (area, at), value in values.items()
        if at == period and area in ticks
    }


@pytest.mark.parametrize("view", CASES.values(), ids=CASES)
def test_colours_of_the_strip_are_those_of_the_legend(view):
    picture = figure_of(view).picture
    strips = list(having(picture, "strip"))
    steps = [re.search(r"#\w{6}", one.find("i").get("style")).group() for one in having(picture, "step")]
    assert [one.get("fill") for made in strips for one in made.iter("rect")] == steps
