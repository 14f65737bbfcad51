"""Rank and size of the districts: one activity at one period."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import (
    annotate,
    axis,
    colours_of,
    district_colour,
    district_points,
    label,
    label_heights,
    lay_out,
)
from components.figures.drawing.activity_figure import activity_figure, activity_title, measures_of
from components.text.number_formats import number
from components.text.sentences import short_name
from components.text.strings import text
from components.view import View
from data.dataset import Dataset

HEIGHT = 400
TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
"""Shares in percent that may be marked on the axis."""


def rank_size_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw the shares by rank on logarithmic axes with their line.

    None for an intensity, which has no shares, and where a district has too few cases for a rank.
    """
    measures, lang = measures_of(view, dataset), view.lang
    now, slope = measures.structure, measures.rank_size_slope
    if measures.shares is None or slope is None or now.few:
        return None
    ranked = sorted(((share, area) for area, share in measures.shares.items() if share > 0), reverse=True)
    table = pd.DataFrame(
        [
            {"area": area, "rank": rank, "name": short_name(area, lang), "share": share * 100}
            for rank, (share, area) in enumerate(ranked, 1)
        ]
    )
    table["slope"] = table["rank"].map({1: slope})
    return activity_figure(
        view,
        dataset,
        now,
        title=text(lang, "polycentricity.rank_title", title=activity_title(view, dataset)),
        sentence=text(
            lang,
            "polycentricity.rank_sentence",
            slope=number(slope, 2, lang),
            name=table["name"].iloc[0],
            share=number(table["share"].iloc[0], 1, lang),
        ),
        picture=_chart(table, slope, view),
        table=table,
        columns=(
            Column("rank", text(lang, "polycentricity.rank_x"), 0),
            Column("name", text(lang, "ui.district")),
            Column("share", text(lang, "polycentricity.rank_y"), 1),
            Column("slope", text(lang, "measure.rank_size_slope"), 2),
        ),
        method=text(lang, "method.rank"),
    )


def _chart(table: pd.DataFrame, slope: float, view: View) -> go.Figure:
    """Return the districts as points, the line of the slope through their middle, the names on the right."""
    colours, lang = colours_of(view), view.lang
    ranks, sizes = table["rank"].to_numpy(dtype=float), table["share"].to_numpy(dtype=float)
    through = np.exp(np.log(sizes).mean() - slope * np.log(ranks).mean())
    chart = go.Figure(
        go.Scatter(
            x=[1, ranks[-1]],
            y=[through, through * ranks[-1] ** slope],
            mode="lines",
            line={"color": colours.accent, "width": 1.6, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    tips = [f"{row['name']}: {number(row['share'], 1, lang)} %" for row in table.to_dict("records")]
    chart.add_trace(district_points(table, "rank", "share", tips, view))
    # On a logarithmic axis plotly takes the height of a label as a power of ten.
    levels = dict(zip(table["area"][::-1], np.log10(sizes)[::-1], strict=True))
    span = max(levels.values()) - min(levels.values())
    annotate(
        chart,
        (
            label(
                f"<span style='color:{district_colour(area, view)}'>●</span> {short_name(area, lang)}",
                height,
                font={"size": 12.5},
            )
            for area, height in label_heights(levels, (span or 1) * 0.07).items()
        ),
    )
    ticks = [tick for tick in TICKS if sizes.min() / 2 < tick < sizes.max() * 2]
    return lay_out(
        chart,
        view,
        HEIGHT,
        axis(
            view,
            text(lang, "polycentricity.rank_x"),
            type="log",
            tickvals=list(range(1, 9)),
            ticktext=[str(rank) for rank in range(1, 9)],
            range=[-0.05, 0.96],
        ),
        axis(
            view,
            text(lang, "polycentricity.rank_y"),
            grid=True,
            type="log",
            tickvals=ticks,
            ticktext=[number(tick, 0 if tick >= 1 else 1, lang) for tick in ticks],
        ),
        right=124,
    )
