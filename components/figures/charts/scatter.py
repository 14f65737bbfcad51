"""Two indicators against each other, one point per district."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure, Use
from components.figures.charts.theme import axis, colours_of, district_points, lay_out
from components.selection import period_of, second_of
from components.text.number_formats import period_label
from components.text.sentences import (
    alternative_text,
    decimals_of,
    names,
    reliability_badge,
    short_name,
    unit_of,
    value_text,
)
from components.text.strings import Lang, text
from components.view import View
from data.comparison import compared_as
from data.dataset import Dataset
from data.ranks import comparable
from data.transforms import Series, transformed, value_of
from geo.districts import CITY, DISTRICTS

HEIGHT = 460


def scatter_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the view's indicator against its second one, with quadrants at the city values."""
    lang = view.lang
    (x, x_period), (y, y_period) = (_side(key, view, dataset) for key in (view.indicator, second_of(view)))
    x_rows, y_rows = x.at(x_period), y.at(y_period)
    x_values, y_values = comparable(x_rows)["value"], comparable(y_rows)["value"]
    table = pd.DataFrame(
        [
            {"area": area, "name": short_name(area, lang), "x": x_values[area], "y": y_values[area]}
            for area in DISTRICTS
            if area in x_values and area in y_values
        ],
        columns=["area", "name", "x", "y"],
    )
    city = _city_value(x_rows), _city_value(y_rows)
    labels = _label(x, x_period, lang), _label(y, y_period, lang)
    picture, sentence = _chart(table, city, (x, y), labels, view), _sentence(table, city, lang)
    unit = text(lang, "compare.scatter_unit_none")
    if None not in city:
        unit = text(lang, "compare.scatter_unit")
        table.loc[len(table)] = [CITY, short_name(CITY, lang), *city]
    title = text(lang, "compare.scatter_title", x=x.indicator.short[lang], y=y.indicator.short[lang])
    return Figure(
        dataset=dataset,
        uses=(Use.of(x, x_period), Use.of(y, y_period)),
        view=view,
        title=title,
        subtitle=unit,
        badge=reliability_badge(x_rows, lang) or reliability_badge(y_rows, lang),
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=picture,
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("x", labels[0], decimals_of(x)),
            Column("y", labels[1], decimals_of(y)),
        ),
        foot=(text(lang, "compare.scatter_few"), text(lang, "foot.few")),
    )


def _side(key: str, view: View, dataset: Dataset) -> tuple[Series, str]:
    """Return an indicator as it is compared, and the latest period it has by district."""
    series = transformed(dataset, key, compared_as(dataset, key))
    return series, period_of(View(lang=view.lang, indicator=key), series)


def _city_value(rows: pd.DataFrame) -> float | None:
    return value_of(rows, CITY) if CITY in rows.index else None


def _label(series: Series, period: str, lang: Lang) -> str:
    """Return the title of an axis: short name, unit and period."""
    return f"{series.indicator.short[lang]}, {unit_of(series, lang)}, {period_label(period, lang)}"


def _sentence(districts: pd.DataFrame, city: tuple[float | None, float | None], lang: Lang) -> str:
    """Return which districts are above the city in both indicators, and which below in both."""
    if districts.empty:
        return text(lang, "compare.scatter_none")
    x, y = city
    if x is None or y is None:
        return text(lang, "compare.scatter_plain")
    both = districts.loc[(districts["x"] > x) & (districts["y"] > y), "area"]
    neither = districts.loc[(districts["x"] < x) & (districts["y"] < y), "area"]
    nobody = text(lang, "compare.nobody")
    return text(
        lang,
        "compare.scatter_sentence",
        both=names(both, lang) or nobody,
        neither=names(neither, lang) or nobody,
    )


def _chart(
    districts: pd.DataFrame,
    city: tuple[float | None, float | None],
    sides: tuple[Series, Series],
    labels: tuple[str, str],
    view: View,
) -> go.Figure:
    colours, lang = colours_of(view), view.lang
    chart = go.Figure()
    line = {"color": colours.quiet, "width": 1}
    if city[0] is not None:
        chart.add_vline(city[0], line=line)
    if city[1] is not None:
        chart.add_hline(city[1], line=line)
    tips = [
        f"{row['name']}: {value_text(sides[0], row['x'], lang)}; {value_text(sides[1], row['y'], lang)}"
        for row in districts.to_dict("records")
    ]
    x, y = list(districts["x"]), list(districts["y"])
    chart.add_trace(district_points(districts, "x", "y", tips, view, _name_positions(x, y)))
    formats = [f",.{decimals_of(series)}f" for series in sides]
    return lay_out(
        chart,
        view,
        HEIGHT,
        axis(
            view,
            labels[0],
            grid=True,
            range=_padded(x, city[0]),
            tickformat=formats[0],
            nticks=4,
            tickangle=0,
        ),
        axis(view, labels[1], grid=True, tickformat=formats[1], nticks=6),
        right=60,
    )


def _padded(values: list[float], city: float | None) -> list[float] | None:
    """Return a range with room at both ends for the names beside the outermost points."""
    marked = values if city is None else [*values, city]
    if len(marked) < 2:
        return None
    room = (max(marked) - min(marked)) * 0.3
    return [min(marked) - room, max(marked) + room]


def _name_positions(x: list[float], y: list[float]) -> list[str]:
    """Return the position of each name: above its point, or below if another point lies close above."""
    width, height = (max(x) - min(x) or 1, max(y) - min(y) or 1) if x else (1, 1)

    def crowded(index: int) -> bool:
        return any(
            other != index
            and abs(x[other] - x[index]) / width < 0.45
            and 0 <= (y[other] - y[index]) / height < 0.09
            for other in range(len(x))
        )

    return ["bottom center" if crowded(index) else "top center" for index in range(len(x))]
