"""The trend of every indicator through every transform: gaps are gaps, breaks breaks, names keep apart."""

from itertools import pairwise
from math import isnan

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.figures.charts.theme import LIGHT, spread
from components.figures.charts.trend import trend_figure
from components.text.sentences import short_name
from components.view import View
from data.periods import parse
from geo.districts import AREAS, DISTRICTS
from tests.components.published import rows_of

places = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), max_size=12).map(sorted)
gaps = st.floats(0.001, 1e4)


def names(chart: go.Figure) -> list[str]:
    """The labels at the ends of the lines, from bottom to top."""
    labels = [one for one in chart.layout.annotations if one.xanchor == "left" and one.text != "●"]
    return [one.text for one in sorted(labels, key=lambda one: one.y)]


def drawn(chart: go.Figure) -> list[tuple[str, object, float]]:
    """(name, place on the axis, value) of every point that is drawn."""
    return [
        (trace.name, x, y)
        for trace in chart.data
        for x, y in zip(trace.x, trace.y, strict=True)
        if y is not None and not isnan(y)
    ]


def test_the_figure_is_whole(case, trend_of):
    figure = trend_of(*case)
    assert isinstance(figure.picture, go.Figure)
    assert figure.title
    assert figure.subtitle
    assert figure.sources
    assert figure.title in figure.alt
    assert [column.key for column in figure.columns] == ["period_label", *AREAS, "ratio"]
    assert set(figure.table.columns) >= {column.key for column in figure.columns}


def test_every_drawn_point_stands_in_the_table_and_every_value_is_drawn(case, trend_of):
    figure = trend_of(*case)
    city = "city" if any(trace.line.dash == "dash" for trace in figure.picture.data) else None
    expected = sorted(
        round(float(value), 9)
        for area in AREAS
        if area in DISTRICTS or area == city
        for value in figure.table[area].dropna()
    )
    assert sorted(round(value, 9) for _, _, value in drawn(figure.picture)) == expected


def test_a_missing_value_is_a_gap(case, trend_of):
    for trace in trend_of(*case).picture.data:
        assert trace.connectgaps is False
        assert all(isnan(y) or isinstance(y, float) for y in trace.y)


def test_each_line_has_its_name_beside_it_once(case, trend_of):
    figure = trend_of(*case)
    labels = names(figure.picture)
    shown = {short_name(area, case[2]) for area in DISTRICTS if figure.table[area].notna().any()}
    assert len(labels) == len(set(labels))
    assert shown <= set(labels)
    assert len(labels) <= len(shown) + 1, "only the city may stand beside the districts"


def test_labels_do_not_overlap(case, trend_of):
    figure = trend_of(*case)
    heights = sorted(one.y for one in figure.picture.layout.annotations if one.text == "●")
    values = [value for _, _, value in drawn(figure.picture)]
    if len(heights) > 1:
        span = (max(values) - min(values)) or abs(max(values)) or 1
        closest = min(high - low for low, high in pairwise(heights))
        assert closest >= span * 0.05, "two names closer than a line of text of a chart 500 px high"


def test_no_line_crosses_a_declared_break(dataset):
    crossed = []
    for key, indicator in dataset.indicators.items():
        known = sorted(dataset.observations[key]["period"].unique(), key=parse) if indicator.breaks else []
        for last in {parse(period).series: period for period in known}.values():
            chart = trend_figure(View(indicator=key, transform="value", period=last), dataset).picture
            for one in indicator.breaks:
                start = parse(one.period).start if parse(last).series == "date" else parse(one.period).year
                crossed += [f"{key} {last} {t.name}" for t in chart.data if min(t.x) < start <= max(t.x)]
    assert not crossed


def test_a_gap_of_the_file_is_a_gap_of_the_line(dataset):
    """Almaly has no wage in any year: no line, no label; the other seven have both."""
    assert not [row for row in rows_of("avg_wage") if row["area"] == "almaly"]
    chart = trend_figure(View(lang="en", indicator="avg_wage", transform="value"), dataset).picture
    assert "Almaly" not in names(chart)
    assert "Almaly" not in {trace.name for trace in chart.data}
    assert len(names(chart)) == 8


def test_values_of_low_reliability_are_hollow_and_say_so(dataset):
    low = {(row["area"], row["period"]) for row in rows_of("avg_wage") if row["obs_status"] == "U"}
    figure = trend_figure(View(lang="en", indicator="avg_wage", transform="value"), dataset)
    area_of = {short_name(area, "en"): area for area in DISTRICTS} | {"City as a whole": "city"}
    hollow = set()
    for trace in figure.picture.data:
        for year, colour, tip in zip(trace.x, trace.marker.color, trace.text, strict=True):
            assert (colour == "#FFFFFF") == ("low reliability" in tip)
            if colour == "#FFFFFF":
                hollow.add((area_of[trace.name], str(year)))
    assert hollow == low
    assert "low reliability" in figure.badge


def test_chosen_districts_stand_out(dataset):
    view = View(lang="en", indicator="avg_wage", transform="value", district=("medeu",))
    chart = trend_figure(view, dataset).picture
    faded = {trace.name for trace in chart.data if trace.line.color == LIGHT.faded}
    assert "Medeu" not in faded
    assert len(faded) == 7
    assert chart.data[-1].name == "Medeu", "it is drawn over the others"


def test_numbers_on_the_axis_are_written_as_the_language_does(lang, dataset):
    chart = trend_figure(View(lang=lang, indicator="avg_wage", transform="value"), dataset).picture
    assert chart.layout.separators == {"kk": ",\u00a0", "ru": ",\u00a0", "en": ".,"}[lang]


def test_names_of_a_file_cannot_become_markup_in_a_tooltip(dataset):
    chart = trend_figure(View(lang="en", indicator="avg_wage", transform="value"), dataset).picture
    tips = [tip for trace in chart.data for tip in trace.text if tip]
    assert tips
    assert all(tip.replace("<br>", "").replace("<b>", "").replace("</b>", "").count("<") == 0 for tip in tips)


@given(places, gaps)
def test_spread_keeps_the_order_the_gap_and_the_middle(wanted, gap):
    placed = spread(wanted, gap)
    assert len(placed) == len(wanted)
    assert all(high - low >= gap * (1 - 1e-9) - 1e-6 for low, high in pairwise(placed))
    assert sum(placed) == pytest.approx(sum(wanted), abs=1e-3)


@given(places, gaps)
def test_spread_moves_nothing_where_nothing_overlaps(wanted, gap):
    apart = [place + at * gap * 1.001 for at, place in enumerate(wanted)]
    assert spread(apart, gap) == pytest.approx(apart)


def test_spread_of_a_clear_case():
    assert spread([0, 10, 10, 10, 30], 4) == pytest.approx([0, 6, 10, 14, 30])
    assert spread([5, 5], 1) == pytest.approx([4.5, 5.5])
    assert spread([], 1) == []
