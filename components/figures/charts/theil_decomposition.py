"""Where inequality lies: Theil's index between and within centre and periphery."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import ACCENT, GROUND, ORANGE, QUIET, axis, lay_out, theme_of
from components.figures.drawing.activity_notes import (
    caveat,
    reliability,
    structure_notes,
    titled,
)
from components.figures.drawing.uses import activity_uses
from components.selection import activity_of, activity_period
from components.text.formats import number, period_in, period_label, period_short
from components.text.sentences import alternative_text
from components.text.strings import capitalised, text
from components.view import View
from data.centre_periphery import measured, past_periods, structure
from data.dataset import Dataset

HEIGHT = 320


def decomposition_figure(view: View, dataset: Dataset) -> Figure | None:
    """Theil's index up to the view's period, between and within the groups; None without people."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    found = {
        one: measured(dataset, key, one, view.auezov).theil
        for one in past_periods(dataset, key, period, view.auezov)
    }
    parts = {one: theil for one, theil in found.items() if theil is not None}
    if period not in parts:
        return None
    names = {
        "between": text(lang, "polycentricity.between"),
        "centre": text(lang, "polycentricity.within_centre"),
        "periphery": text(lang, "polycentricity.within_periphery"),
    }
    table = pd.DataFrame(
        [
            {
                "period": one,
                "period_label": period_label(one, lang),
                "total": theil.total,
                "between": theil.between,
                "centre": theil.by_group[True],
                "periphery": theil.by_group[False],
                "between_part": theil.between / theil.total * 100 if theil.total else None,
                "within_part": theil.within / theil.total * 100 if theil.total else None,
            }
            for one, theil in parts.items()
        ]
    )
    now = table[table["period"] == period].iloc[0]
    title = text(lang, "polycentricity.theil_title", title=titled(view, dataset))
    when = {"Period_in": capitalised(period_in(period, lang))}
    sentence = (
        text(
            lang,
            "polycentricity.theil_sentence",
            between=number(now["between_part"], 0, lang),
            within=number(now["within_part"], 0, lang),
            **when,
        )
        if now["total"]
        else text(lang, "polycentricity.theil_none", **when)
    )
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, key, parts, [view.auezov]),
        view=view,
        title=title,
        subtitle=text(lang, "polycentricity.theil"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_stacked(table, names, view),
        table=table,
        columns=(
            Column("period_label", text(lang, "ui.period")),
            Column("total", text(lang, "polycentricity.theil"), 3),
            *(Column(one, name, 3) for one, name in names.items()),
            Column("between_part", names["between"] + ", %", 0),
            Column("within_part", text(lang, "polycentricity.within") + ", %", 0),
        ),
        foot=structure_notes(structure(dataset, key, period, view.auezov), dataset, lang),
        method=text(lang, "method.theil"),
        caveat=caveat(structure(dataset, key, period, view.auezov), lang),
    )


def _stacked(table: pd.DataFrame, names: dict[str, str], view: View) -> go.Figure:
    theme, lang = theme_of(view), view.lang
    colours = {"between": ACCENT[theme], "centre": ORANGE[theme], "periphery": QUIET[theme]}
    patterns = {"between": "", "centre": "/", "periphery": "."}
    chart = go.Figure(
        [
            go.Bar(
                x=[period_short(one, lang) for one in table["period"]],
                y=table[one],
                name=name,
                marker={
                    "color": colours[one],
                    "pattern": {
                        "shape": patterns[one],
                        "fillmode": "overlay",
                        "fgcolor": GROUND[theme],
                        "size": 6,
                        "solidity": 0.25,
                    },
                },
                hovertemplate=f"%{{x}}<br>{name}: %{{y:.3f}}<extra></extra>",
            )
            for one, name in names.items()
        ]
    )
    lay_out(
        chart,
        lang,
        theme,
        HEIGHT,
        axis(theme, type="category", tickangle=0, nticks=3),
        axis(theme, grid=True, tickformat=".2f" if table["total"].max() > 0.05 else ".3f", nticks=5),
    )
    return chart.update_layout(
        barmode="relative",
        bargap=0.45,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"t": 56},
    )
