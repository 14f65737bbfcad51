"""Two indicators against each other, a point a district."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure, Use
from components.figures.charts.theme import QUIET, axis, district_points, lay_out, theme_of
from components.selection import period_of, second_of
from components.text.formats import period_label
from components.text.sentences import (
    alternative_text,
    decimals_of,
    names,
    short_name,
    unit_of,
    value_text,
)
from components.text.strings import Lang, text
from components.view import View
from data.comparison import compared_as
from data.dataset import Dataset
from data.transforms import Series, comparable_districts, transformed
from geo.districts import CITY, DISTRICTS

HEIGHT = 460


def _side(key: str, view: View, dataset: Dataset) -> tuple[Series, str]:
    """An indicator as it is compared, and the latest period it has by district."""
    shown = transformed(dataset, key, compared_as(dataset, key))
    return shown, period_of(View(lang=view.lang, indicator=key), shown)


def scatter_figure(view: View, dataset: Dataset) -> Figure:
    """The view's indicator against its second one, with quadrants at the city values."""
    lang = view.lang
    sides = [_side(key, view, dataset) for key in (view.indicator, second_of(view))]
    (x, x_period), (y, y_period) = sides
    rows = [shown.at(period) for shown, period in sides]
    enough = [comparable_districts(one)["value"] for one in rows]
    areas = [area for area in DISTRICTS if all(area in one.index for one in enough)]
    table = pd.DataFrame(
        {
            "area": areas,
            "name": [short_name(area, lang) for area in areas],
            "x": [float(enough[0][area]) for area in areas],
            "y": [float(enough[1][area]) for area in areas],
        }
    )
    city = [float(one["value"][CITY]) if CITY in one.index else None for one in rows]
    quadrants = city[0] is not None and city[1] is not None
    if quadrants:
        last = {"area": CITY, "name": short_name(CITY, lang), "x": city[0], "y": city[1]}
        table = pd.concat([table, pd.DataFrame([last])], ignore_index=True)
    labels = [_label(shown, period, lang) for shown, period in sides]
    title = text(
        lang,
        "compare.scatter_title",
        x=x.indicator.short[lang],
        y=y.indicator.short[lang],
    )
    sentence = _sentence(table, areas, city, lang)
    low = any((one["obs_status"] == "U").any() for one in rows)
    return Figure(
        dataset=dataset,
        uses=(Use.of(x, x_period), Use.of(y, y_period)),
        view=view,
        title=title,
        subtitle=text(lang, "compare.scatter_unit" if quadrants else "compare.scatter_unit_none"),
        badge=text(lang, "status.U") if low else "",
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_chart(table[table["area"] != CITY], city, (x, y), labels, view),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("x", labels[0], decimals_of(x)),
            Column("y", labels[1], decimals_of(y)),
        ),
        foot=(text(lang, "compare.scatter_few"), text(lang, "foot.few")),
    )


def _label(shown: Series, period: str, lang: Lang) -> str:
    """What an axis shows: short name, unit and period."""
    return f"{shown.indicator.short[lang]}, {unit_of(shown, lang)}, {period_label(period, lang)}"


def _sentence(table: pd.DataFrame, areas: list[str], city: list[float | None], lang: Lang) -> str:
    if not areas:
        return text(lang, "compare.scatter_none")
    if city[0] is None or city[1] is None:
        return text(lang, "compare.scatter_plain")
    own = table[table["area"] != CITY]
    both = own.loc[(own["x"] > city[0]) & (own["y"] > city[1]), "area"]
    neither = own.loc[(own["x"] < city[0]) & (own["y"] < city[1]), "area"]
    nobody = text(lang, "compare.nobody")
    return text(
        lang,
        "compare.scatter_sentence",
        both=names(both, lang) or nobody,
        neither=names(neither, lang) or nobody,
    )


def _chart(
    table: pd.DataFrame,
    city: list[float | None],
    shown: tuple[Series, Series],
    labels: list[str],
    view: View,
) -> go.Figure:
    theme, lang = theme_of(view), view.lang
    chart = go.Figure()
    for draw, at in ((chart.add_vline, city[0]), (chart.add_hline, city[1])):
        if at is not None:
            draw(at, line={"color": QUIET[theme], "width": 1})
    tips = [
        f"{row['name']}: {value_text(shown[0], row['x'], lang)}; {value_text(shown[1], row['y'], lang)}"
        for row in table.to_dict("records")
    ]
    chart.add_trace(
        district_points(
            list(table["area"]),
            list(table["x"]),
            list(table["y"]),
            tips,
            view,
            _places(list(table["x"]), list(table["y"])),
        )
    )
    decimals = [decimals_of(one) for one in shown]
    return lay_out(
        chart,
        lang,
        theme,
        HEIGHT,
        axis(
            theme,
            labels[0],
            grid=True,
            range=_padded(list(table["x"]), city[0]),
            tickformat=f",.{decimals[0]}f",
            nticks=4,
            tickangle=0,
        ),
        axis(theme, labels[1], grid=True, tickformat=f",.{decimals[1]}f", nticks=6),
        right=60,
    )


def _padded(values: list[float], city: float | None) -> list[float] | None:
    """A range with room at both ends for the names beside the outermost points."""
    known = [*values, *([city] if city is not None else [])]
    if len(known) < 2:
        return None
    room = (max(known) - min(known)) * 0.3
    return [min(known) - room, max(known) + room]


def _places(x: list[float], y: list[float]) -> list[str]:
    """Where each name stands: above its point, or below if another point lies close above."""
    width, height = (max(x) - min(x) or 1, max(y) - min(y) or 1) if x else (1, 1)
    return [
        "bottom center"
        if any(
            other != at and abs(x[other] - x[at]) / width < 0.45 and 0 <= (y[other] - y[at]) / height < 0.09
            for other in range(len(x))
        )
        else "top center"
        for at in range(len(x))
    ]
