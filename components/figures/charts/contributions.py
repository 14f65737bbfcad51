"""What each district added to a change of the headline."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import axis, colours_of, lay_out
from components.figures.drawing.activity_figure import activity_figure
from components.figures.drawing.provenance import activity_uses
from components.selection import activity_of, activity_period
from components.text.number_formats import number, period_label, period_short
from components.text.sentences import short_name
from components.text.strings import Lang, text
from components.view import View
from data.centre_periphery import structure
from data.centre_periphery_trend import contributions, headline
from data.dataset import Dataset


def contributions_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw what each district added to the change of the headline; None if the change is not measurable."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    change = headline(dataset, key, period, view.auezov)
    parts = contributions(dataset, key, period, view.auezov)
    if change is None or parts is None:
        return None
    first, last = change.base[0], change.latest[0]
    unit, decimals, points = (100, 1, "points") if change.kind == "share" else (1, 2, "ratio_points")
    districts = pd.DataFrame(
        [
            {"area": area, "name": short_name(area, lang), "value": value * unit}
            for area, value in sorted(parts.items(), key=lambda part: part[1])
        ]
    )
    base, latest = (
        pd.DataFrame([{"area": "", "name": period_label(end, lang), "level": level * unit}])
        for end, level in (change.base, change.latest)
    )
    table = pd.concat([base, districts, latest], ignore_index=True)
    name = dataset.indicators[key].short[lang]
    span = f"{period_short(first, lang)} – {period_short(last, lang)}"
    method = text(lang, "method.contributions")
    if change.kind == "ratio" and structure(dataset, key, first, view.auezov).intensity:
        method += " " + text(lang, "method.contributions_average")
    return activity_figure(
        view,
        dataset,
        structure(dataset, key, last, view.auezov),
        uses=activity_uses(dataset, key, [first, last], [view.auezov]),
        title=text(lang, "polycentricity.contributions_title", title=f"{name}, {span}"),
        subtitle=text(lang, f"polycentricity.{points}"),
        sentence=_sentence(districts, decimals, lang),
        picture=_waterfall(table, decimals, view),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("value", text(lang, "polycentricity.contribution"), decimals, signed=True),
            Column("level", text(lang, f"polycentricity.{change.kind}"), decimals),
        ),
        method=method,
    )


def _sentence(districts: pd.DataFrame, decimals: int, lang: Lang) -> str:
    """Return the districts that pulled the headline down and up most."""
    low, high = districts.iloc[0], districts.iloc[-1]
    form = "sentence" if high["value"] > 0 else "down"
    return text(
        lang,
        f"polycentricity.contributions_{form if low['value'] < 0 else 'up'}",
        down=low["name"],
        down_value=number(low["value"], decimals, lang, signed=True),
        up=high["name"],
        up_value=number(high["value"], decimals, lang, signed=True),
    )


def _waterfall(table: pd.DataFrame, decimals: int, view: View) -> go.Figure:
    """Return bars from the first level through what each district added to the last level."""
    colours, lang = colours_of(view), view.lang
    widths = table["level"].fillna(table["value"])
    levels = widths.iloc[:-1].cumsum()
    is_level = table["level"].notna()
    chart = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["absolute", *["relative"] * (len(table) - 2), "total"],
            y=list(table["name"]),
            x=list(widths),
            text=[
                number(width, decimals, lang, signed=not level)
                for width, level in zip(widths, is_level, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12.5, "color": colours.ink},
            decreasing={"marker": {"color": colours.accent}},
            increasing={"marker": {"color": colours.orange}},
            totals={"marker": {"color": colours.quiet}},
            connector={"line": {"color": colours.grid, "width": 1}},
            hoverinfo="skip",
        )
    )
    return lay_out(
        chart,
        view,
        80 + 32 * len(table),
        axis(view, grid=True, nticks=5, range=[0, levels.max() * 1.16]),
        axis(view, autorange="reversed", type="category"),
        right=28,
    )
