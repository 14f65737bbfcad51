"""The time slider: every step says what the map of that period says, and nothing leaves its attribute."""

import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from math import sqrt

import pytest

from components.figures.drawing.frame import render_section
from components.figures.drawing.markup import markup
from components.figures.drawing.palette import ALIKE
from components.figures.maps import time_slider as module
from components.figures.maps.choropleth import map_figure
from components.figures.maps.district_marks import map_encoding
from components.selection import series_of
from components.text.number_formats import period_label
from components.text.sentences import full_name
from components.text.strings import text
from components.view import View
from data.dataset import load
from geo.districts import AREAS, DISTRICTS
from tests.components.published import figures_of, having
from tests.components.test_choropleth import shapes

CASES = {
    "wages": View(lang="en", indicator="avg_wage"),
    "wages as published": View(lang="kk", indicator="avg_wage", transform="value"),
    "school places": View(lang="ru", indicator="school_places_opened", transform="share"),
    "SMEs with missing districts": View(lang="kk", indicator="sme_active", transform="per_1000"),
    "totals": View(lang="en", indicator="births", transform="value"),
    "signed": View(lang="ru", indicator="natural_increase", transform="value"),
    "few cases": View(lang="en", indicator="infant_mortality_rate", transform="value"),
    "no city in some periods": View(lang="kk", indicator="birth_rate", transform="value"),
    "three classes": View(lang="en", indicator="sme_active", transform="relative", classes=3),
}


@pytest.fixture(params=CASES.values(), ids=CASES)
def view(request) -> View:
    return request.param


@cache
def figure_of(view: View):
    return map_figure(view, load())


def timeline_of(view: View):
    return next(having(figure_of(view).picture, "time"), None)


def steps_of(view: View) -> list[dict]:
    return json.loads(timeline_of(view).get("data-steps"))


def said(root, word: str) -> str:
    return "".join("".join(one.itertext()) for one in having(root, word))


def rows_of(view: View) -> dict[str, object]:
    rows = [row for row in having(figure_of(view).picture, "row") if "heads" not in row.get("class")]
    return {row.get("data-district") or "city": row for row in rows}


class Tags(HTMLParser):
    """The tags a browser would see, and the steps it would read."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.steps = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.steps = dict(attrs).get("data-steps", self.steps)


def percents(style: str) -> list[float]:
    return [float(one) for one in re.findall(r"(?:left|width):([\d.]+)%", style)]


def test_the_steps_are_the_comparable_periods_and_the_same_at_each_of_them(view):
    steps = steps_of(view)
    assert len(steps) > 1
    known = [one["period"] for one in steps]
    assert known == sorted(set(known))
    assert [one["label"] for one in steps] == [period_label(one, view.lang) for one in known]
    for at, period in enumerate(known):
        there = timeline_of(replace(view, period=period))
        assert there.get("data-steps") == timeline_of(view).get("data-steps")
        slider = next(one for one in there.iter("input"))
        assert (slider.get("min"), slider.get("max")) == ("0", str(len(known) - 1))
        assert slider.get("value") == str(at)
        assert (
            slider.get("aria-valuetext")
            == period_label(period, view.lang)
            == said(there, "time-controls")[3:]
        )


def test_every_step_has_the_words_of_its_map(view):
    for step in steps_of(view):
        figure = figure_of(replace(view, period=step["period"]))
        heads = next(having(figure.picture, "heads"))
        assert step["title"] == figure.title
        assert step["sentence"] == figure.sentence
        assert step["heads"] == [said(heads, "value"), said(heads, "change"), said(heads, "bar")]


def test_every_step_has_the_marks_of_its_map(view):
    for step in steps_of(view):
        at = replace(view, period=step["period"])
        picture = figure_of(at).picture
        labels = {one.get("data-label"): one for one in having(picture, "label")}
        circles = {one.get("data-circle"): float(one.get("r")) for one in having(picture, "total")}
        words = timeline_of(at)
        assert len(step["marks"]) == 8
        for district, given in zip(DISTRICTS, step["marks"], strict=True):
            state, value, rank, fill, gap, radius = [*given, "", "", "", ""][:6]
            shape, label = shapes(picture)[district], labels[district]
            assert state in shape.get("class").split()
            assert said(label, "absent" if state == "missing" else "value") == value
            assert said(label, "rank").strip() == (rank if rank.isdigit() else "")
            assert shape.get("fill") == (fill or None)
            assert float(radius or 0) == pytest.approx(circles.get(district, 0), abs=0.51)
            parts = [
                f"{full_name(district, view.lang)}: {words.get('data-few') if state == 'few' else value}",
                rank and words.get("data-rank").replace("{}", rank),
                gap and words.get("data-gap").replace("{}", gap),
            ]
            assert shape.find("title").text == ", ".join(one for one in parts if one)


def test_every_step_has_the_rows_of_its_list(view):
    for step in steps_of(view):
        rows = rows_of(replace(view, period=step["period"]))
        assert [AREAS[given[0]] for given in step["rows"]] == list(rows)
        for (_, rank, value, change, note, bar, spark), row in zip(step["rows"], rows.values(), strict=True):
            cells = [said(row, word) for word in ("rank", "value", "change", "note")]
            assert cells == [rank, value, change, note]
            drawn = next(having(row, "fill"), None)
            assert bar[:2] == ([] if drawn is None else percents(drawn.get("style")))
            around = next(having(row, "track"), None) is not None
            assert (bar[2:] == [1]) == around
            if around:
                assert ("above" in drawn.get("class")) == (bar[0] >= 50)
            dot = next(row.iter("circle"), None)
            assert spark == ([] if dot is None else [float(dot.get("cx")), float(dot.get("cy"))])


def test_values_and_circles_of_the_steps_are_those_of_the_file():
    view, values = CASES["totals"], figures_of("births")
    known = {step["period"] for step in steps_of(view)}
    largest = max(value for (area, at), value in values.items() if area in DISTRICTS and at in known)
    for step in steps_of(view):
        for district, given in zip(DISTRICTS, step["marks"], strict=True):
            value = values.get((district, step["period"]))
            if value is None:
                assert given == ["missing", text("en", "word.no_data")]
            else:
                assert given[1] == f"{value:,.0f}"
                assert given[5] == round(85 * sqrt(value / largest), 1)


def test_circles_grow_with_the_root_of_the_value():
    values = figures_of("births")
    for step in steps_of(CASES["totals"]):
        areas = [
            (values[district, step["period"]] / given[5] ** 2)
            for district, given in zip(DISTRICTS, step["marks"], strict=True)
            if given[0] == "value"
        ]
        assert max(areas) / min(areas) == pytest.approx(1, abs=0.06), "area for area"


def test_hard_cases_are_among_the_steps():
    states = {
        name: [one[0] for step in steps_of(case) for one in step["marks"]] for name, case in CASES.items()
    }
    assert "missing" in states["SMEs with missing districts"]
    assert "few" in states["few cases"]
    migration = map_encoding(View(lang="en", indicator="migration_net", period="2024"), load())
    signed = [migration.value_text(district, "en") for district in DISTRICTS]
    assert any(value.startswith("\u2212") for value in signed)
    assert any(value and not value.startswith("\u2212") for value in signed)
    some = CASES["no city in some periods"]
    assert {"city" in rows_of(replace(some, period=one["period"])) for one in steps_of(some)} == {True, False}


def test_class_breaks_are_the_same_in_all_steps(view, dataset):
    scales = {map_encoding(replace(view, period=step["period"]), dataset).scale for step in steps_of(view)}
    assert len(scales) == 1
    (scale,) = scales
    if scale is not None and scale.breaks:
        colours = {one[3] for step in steps_of(view) for one in step["marks"] if one[0] == "value"}
        assert colours - {ALIKE} <= set(scale.colours)


def test_the_mark_of_the_trend_stands_at_the_moment_of_its_period(view):
    steps = steps_of(view)
    trend = next(having(timeline_of(view), "time-trend"))
    places = [float(one) for one in trend.get("data-x").split()]
    assert len(places) == len(steps)
    assert (places[0], places[-1]) == (0, 1000)
    assert places == sorted(places)
    if all(re.fullmatch(r"\d{4}", one["period"]) for one in steps):
        years = [int(one["period"]) for one in steps]
        assert places == [round((year - years[0]) / (years[-1] - years[0]) * 1000) for year in years]


def test_one_period_has_no_slider(dataset):
    alone = [
        View(lang="en", indicator=key, transform=transform)
        for key, one in dataset.indicators.items()
        for transform in one.transforms
        if len({at for area, at in figures_of(key) if area in DISTRICTS}) == 1
    ][::9]
    assert len(alone) > 5
    assert not [view for view in alone if timeline_of(view) is not None]


def test_a_refused_period_has_no_slider(dataset):
    refused = [
        View(lang="ru", indicator=key, transform="per_1000", period=period)
        for key in ("deaths_external", "sme_active", "migration_net", "crimes_registered")
        for period in list(series_of(View(indicator=key, transform="per_1000"), dataset).refused)[:1]
    ]
    assert refused
    assert not [view for view in refused if timeline_of(view) is not None]


def test_words_cannot_leave_their_attribute(monkeypatch):
    hostile = "\"><img src=x onerror=alert(1)></script>'&quot;<!-- ]]>"
    view = View(lang="en", indicator="avg_wage", transform="value")
    module._steps.cache_clear()
    monkeypatch.setattr(module, "headline_words", lambda *_: (hostile, hostile))
    made = module.time_slider(view, load(), "2023")
    module._steps.cache_clear()
    source = markup(made)
    seen = Tags(source)
    assert seen.names <= {"div", "button", "input", "output", "svg", "path", "line"}
    assert {step["title"] for step in json.loads(seen.steps)} == {hostile}


def test_the_whole_page_part_stays_small(view):
    assert len(markup(render_section(figure_of(view), 1)).encode()) < 150_000
