"""One activity at one period: how far its spread is from that of the residents."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import QUIET, annotate, axis, district_colour, lay_out, theme_of
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
from data import inequality
from data.dataset import Dataset

HEIGHT = 400


def lorenz_figure(view: View, dataset: Dataset) -> Figure | None:
    """Lorenz curve of the activity over residents; None where people are not known, and for an average."""
    found, lang = measures_of(view, dataset), view.lang
    one = found.structure
    if one.intensity or one.population is None or found.hoover is None or found.gini is None:
        return None
    people, active, order = inequality.lorenz(one.activity, one.population)
    areas = [one.areas[at] for at in order]
    title = text(lang, "polycentricity.lorenz_title", title=titled(view, dataset))
    sentence = text(
        lang,
        "polycentricity.lorenz_sentence",
        hoover=number(found.hoover * 100, 1, lang),
        gini=number(found.gini, 3, lang),
    )
    table = pd.DataFrame(
        {
            "area": areas,
            "name": [short_name(area, lang) for area in areas],
            "people": people[1:] * 100,
            "active": active[1:] * 100,
        }
    )
    totals = {"hoover": found.hoover * 100, "gini": found.gini}
    table = pd.concat([table, pd.DataFrame([totals])], ignore_index=True)
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, one.key, [one.period], [view.auezov]),
        view=view,
        title=title,
        subtitle="",
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_lorenz_chart(people * 100, active * 100, areas, view),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("people", text(lang, "polycentricity.lorenz_x"), 1),
            Column("active", text(lang, "polycentricity.lorenz_y"), 1),
            Column("hoover", text(lang, "measure.hoover") + ", %", 1),
            Column("gini", text(lang, "measure.gini"), 3),
        ),
        foot=structure_notes(one, dataset, lang),
        method=text(lang, "method.lorenz"),
        caveat=caveat(one, lang),
    )


def _lorenz_chart(
    people: inequality.Numbers, active: inequality.Numbers, areas: list[str], view: View
) -> go.Figure:
    theme, lang = theme_of(view), view.lang
    chart = go.Figure(
        go.Scatter(
            x=[0, 100], y=[0, 100], mode="lines", line={"color": QUIET[theme], "width": 1}, hoverinfo="skip"
        )
    )
    for at, area in enumerate(areas):
        name = short_name(area, lang)
        chart.add_trace(
            go.Scatter(
                x=people[at : at + 2],
                y=active[at : at + 2],
                mode="lines",
                line={"color": district_colour(area, theme), "width": 5},
                name=name,
                hovertemplate=f"{name}<br>%{{x:.1f}} – %{{y:.1f}}<extra></extra>",
            )
        )
    annotate(
        chart,
        *(
            {
                "x": (people[at] + people[at + 1]) / 2,
                "y": (active[at] + active[at + 1]) / 2,
                "text": short_name(area, lang),
                "showarrow": False,
                "xanchor": "left",
                "xshift": 8,
                "yshift": -10,
                "font": {"size": 12},
            }
            for at, area in enumerate(areas)
        ),
        {
            "x": 32,
            "y": 32,
            "text": text(lang, "polycentricity.even_line"),
            "showarrow": False,
            "xanchor": "right",
            "xshift": -8,
            "font": {"size": 12, "color": QUIET[theme]},
        },
    )
    return lay_out(
        chart,
        lang,
        theme,
        HEIGHT,
        axis(theme, text(lang, "polycentricity.lorenz_x"), range=[0, 100]),
        axis(theme, text(lang, "polycentricity.lorenz_y"), range=[-6, 102]),
        right=70,
    )
