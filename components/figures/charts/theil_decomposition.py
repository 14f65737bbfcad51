"""Where inequality lies: Theil's index between and within centre and periphery."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import axis, colours_of, lay_out
from components.figures.drawing.activity_figure import activity_figure, activity_title
from components.figures.drawing.provenance import activity_uses
from components.selection import activity_of, activity_period
from components.text.number_formats import number, period_in, period_label, period_short
from components.text.strings import Lang, capitalised, text
from components.view import View
from data.centre_periphery import measured, past_periods, structure
from data.dataset import Dataset
from data.inequality import Theil

HEIGHT = 320


def decomposition_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw Theil's index up to the view's period, between and within the groups; None without people."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    indices = {
        past: theil
        for past in past_periods(dataset, key, period, view.auezov)
        if (theil := measured(dataset, key, past, view.auezov).theil) is not None
    }
    if period not in indices:
        return None
    names = {
        "between": text(lang, "polycentricity.between"),
        "centre": text(lang, "polycentricity.within_centre"),
        "periphery": text(lang, "polycentricity.within_periphery"),
    }
    table = pd.DataFrame([_row(past, theil, lang) for past, theil in indices.items()])
    return activity_figure(
        view,
        dataset,
        structure(dataset, key, period, view.auezov),
        uses=activity_uses(dataset, key, indices, [view.auezov]),
        title=text(lang, "polycentricity.theil_title", title=activity_title(view, dataset)),
        subtitle=text(lang, "polycentricity.theil"),
        sentence=_sentence(period, indices[period], lang),
        picture=_chart(table, names, view),
        table=table,
        columns=(
            Column("period_label", text(lang, "ui.period")),
            Column("total", text(lang, "polycentricity.theil"), 3),
            *(Column(part, name, 3) for part, name in names.items()),
            Column("between_part", names["between"] + ", %", 0),
            Column("within_part", text(lang, "polycentricity.within") + ", %", 0),
        ),
        method=text(lang, "method.theil"),
    )


def _row(period: str, theil: Theil, lang: Lang) -> dict[str, object]:
    return {
        "period": period,
        "period_label": period_label(period, lang),
        "total": theil.total,
        "between": theil.between,
        "centre": theil.by_group[True],
        "periphery": theil.by_group[False],
        "between_part": theil.between / theil.total * 100 if theil.total else None,
        "within_part": theil.within / theil.total * 100 if theil.total else None,
    }


def _sentence(period: str, theil: Theil, lang: Lang) -> str:
    when = {"Period_in": capitalised(period_in(period, lang))}
    if not theil.total:
        return text(lang, "polycentricity.theil_none", **when)
    return text(
        lang,
        "polycentricity.theil_sentence",
        between=number(theil.between / theil.total * 100, 0, lang),
        within=number(theil.within / theil.total * 100, 0, lang),
        **when,
    )


def _chart(table: pd.DataFrame, names: Mapping[str, str], view: View) -> go.Figure:
    """Return a stack of bars per period; the parts differ by pattern as well as by colour."""
    colours = colours_of(view)
    looks = {
        "between": (colours.accent, ""),
        "centre": (colours.orange, "/"),
        "periphery": (colours.quiet, "."),
    }
    chart = go.Figure(
        [
            go.Bar(
                x=[period_short(period, view.lang) for period in table["period"]],
                y=table[part],
                name=names[part],
                marker={
                    "color": colour,
                    "pattern": {
                        "shape": shape,
                        "fillmode": "overlay",
                        "fgcolor": colours.ground,
                        "size": 6,
                        "solidity": 0.25,
                    },
                },
                hovertemplate=f"%{{x}}<br>{names[part]}: %{{y:.3f}}<extra></extra>",
            )
            for part, (colour, shape) in looks.items()
        ]
    )
    lay_out(
        chart,
        view,
        HEIGHT,
        axis(view, type="category", tickangle=0, nticks=3),
        axis(view, grid=True, tickformat=".2f" if table["total"].max() > 0.05 else ".3f", nticks=5),
    )
    return chart.update_layout(
        barmode="relative",
        bargap=0.45,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"t": 56},
    )
