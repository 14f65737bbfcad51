"""One activity at one period: the districts by rank and size."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import (
    ACCENT,
    annotate,
    axis,
    district_colour,
    district_points,
    lay_out,
    spread,
    theme_of,
)
from components.figures.drawing.activity_notes import (
    caveat,
    measures_of,
    structure_notes,
    titled,
)
from components.figures.drawing.uses import activity_uses
from components.text.formats import number
from components.text.sentences import alternative_text, short_name
from components.text.strings import text
from components.view import View
from data.dataset import Dataset

HEIGHT = 400


def rank_size_figure(view: View, dataset: Dataset) -> Figure | None:
    """Shares by rank on logarithmic axes with their line.

    None for an intensity, which has no shares, and where a district has too few cases for a rank.
    """
    found, lang = measures_of(view, dataset), view.lang
    one = found.structure
    if found.shares is None or found.rank_size_slope is None or one.few:
        return None
    ranked = sorted(((share, area) for area, share in found.shares.items() if share > 0), reverse=True)
    first = ranked[0]
    title = text(lang, "polycentricity.rank_title", title=titled(view, dataset))
    sentence = text(
        lang,
        "polycentricity.rank_sentence",
        slope=number(found.rank_size_slope, 2, lang),
        name=short_name(first[1], lang),
        share=number(first[0] * 100, 1, lang),
    )
    table = pd.DataFrame(
        [
            {"area": area, "rank": at, "name": short_name(area, lang), "share": share * 100}
            for at, (share, area) in enumerate(ranked, 1)
        ]
    )
    table["slope"] = table["rank"].map({1: found.rank_size_slope})
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, one.key, [one.period], [view.auezov]),
        view=view,
        title=title,
        subtitle="",
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_rank_chart(table, found.rank_size_slope, view),
        table=table,
        columns=(
            Column("rank", text(lang, "polycentricity.rank_x"), 0),
            Column("name", text(lang, "ui.district")),
            Column("share", text(lang, "polycentricity.rank_y"), 1),
            Column("slope", text(lang, "measure.rank_size_slope"), 2),
        ),
        foot=structure_notes(one, dataset, lang),
        method=text(lang, "method.rank"),
        caveat=caveat(one, lang),
    )


def _rank_chart(table: pd.DataFrame, slope: float, view: View) -> go.Figure:
    theme, lang = theme_of(view), view.lang
    ranks, sizes = table["rank"].to_numpy(dtype=float), table["share"].to_numpy(dtype=float)
    through = np.exp(np.log(sizes).mean() - slope * np.log(ranks).mean())
    chart = go.Figure(
        go.Scatter(
            x=[1, ranks[-1]],
            y=[through, through * ranks[-1] ** slope],
            mode="lines",
            line={"color": ACCENT[theme], "width": 1.6, "dash": "dash"},
            hoverinfo="skip",
        )
    )
    tips = [f"{row['name']}: {number(row['share'], 1, lang)} %" for row in table.to_dict("records")]
    chart.add_trace(district_points(list(table["area"]), list(ranks), list(sizes), tips, view))
    levels = np.log10(sizes)[::-1]
    heights = spread(list(levels), float(levels[-1] - levels[0] or 1) * 0.07)
    annotate(
        chart,
        *(
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 8,
                "y": height,
                "text": f"<span style='color:{colour}'>●</span> {short_name(area, lang)}",
                "showarrow": False,
                "font": {"size": 12.5},
            }
            for height, area in zip(heights, reversed(list(table["area"])), strict=True)
            for colour in [district_colour(area, theme)]
        ),
    )
    marks = [one for one in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if sizes.min() / 2 < one < sizes.max() * 2]
    return lay_out(
        chart,
        lang,
        theme,
        HEIGHT,
        axis(
            theme,
            text(lang, "polycentricity.rank_x"),
            type="log",
            tickvals=list(range(1, 9)),
            ticktext=[str(one) for one in range(1, 9)],
            range=[-0.05, 0.96],
        ),
        axis(
            theme,
            text(lang, "polycentricity.rank_y"),
            grid=True,
            type="log",
            tickvals=marks,
            ticktext=[number(one, 0 if one >= 1 else 1, lang) for one in marks],
        ),
        right=124,
    )
