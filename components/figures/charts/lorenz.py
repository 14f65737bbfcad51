"""The Lorenz curve: how far the spread of one activity at one period is from that of the residents."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import annotate, axis, colours_of, district_colour, label, lay_out
from components.figures.drawing.activity_figure import activity_figure, activity_title, measures_of
from components.text.number_formats import number
from components.text.sentences import short_name
from components.text.strings import text
from components.view import View
from data import inequality
from data.dataset import Dataset

HEIGHT = 400


def lorenz_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw the Lorenz curve of the activity over residents; None without population, and for an average."""
    measures, lang = measures_of(view, dataset), view.lang
    now, hoover, gini = measures.structure, measures.hoover, measures.gini
    if now.intensity or now.population is None or hoover is None or gini is None:
        return None
    people, active, order = inequality.lorenz(now.activity, now.population)
    people, active = people * 100, active * 100
    areas = [now.areas[index] for index in order]
    districts = pd.DataFrame(
        {
            "area": areas,
            "name": [short_name(area, lang) for area in areas],
            "people": people[1:],
            "active": active[1:],
        }
    )
    totals = pd.DataFrame([{"hoover": hoover * 100, "gini": gini}])
    return activity_figure(
        view,
        dataset,
        now,
        title=text(lang, "polycentricity.lorenz_title", title=activity_title(view, dataset)),
        sentence=text(
            lang,
            "polycentricity.lorenz_sentence",
            hoover=number(hoover * 100, 1, lang),
            gini=number(gini, 3, lang),
        ),
        picture=_chart(people, active, areas, view),
        table=pd.concat([districts, totals], ignore_index=True),
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("people", text(lang, "polycentricity.lorenz_x"), 1),
            Column("active", text(lang, "polycentricity.lorenz_y"), 1),
            Column("hoover", text(lang, "measure.hoover") + ", %", 1),
            Column("gini", text(lang, "measure.gini"), 3),
        ),
        method=text(lang, "method.lorenz"),
    )


def _chart(
    people: inequality.Numbers, active: inequality.Numbers, areas: Sequence[str], view: View
) -> go.Figure:
    """Return the curve, one piece per district in its colour and with its name, and the line of equality."""
    colours, lang = colours_of(view), view.lang
    chart = go.Figure(
        go.Scatter(
            x=[0, 100], y=[0, 100], mode="lines", line={"color": colours.quiet, "width": 1}, hoverinfo="skip"
        )
    )
    font, quiet = {"size": 12}, {"size": 12, "color": colours.quiet}
    labels = []
    for index, area in enumerate(areas):
        name, x, y = short_name(area, lang), people[index : index + 2], active[index : index + 2]
        labels.append(label(name, y.mean(), x.mean(), yshift=-10, font=font))
        chart.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": district_colour(area, view), "width": 5},
                name=name,
                hovertemplate=f"{name}<br>%{{x:.1f}} – %{{y:.1f}}<extra></extra>",
            )
        )
    equality = text(lang, "polycentricity.even_line")
    labels.append(label(equality, 32, 32, xanchor="right", xshift=-8, font=quiet))
    annotate(chart, labels)
    return lay_out(
        chart,
        view,
        HEIGHT,
        axis(view, text(lang, "polycentricity.lorenz_x"), range=[0, 100]),
        axis(view, text(lang, "polycentricity.lorenz_y"), range=[-6, 102]),
        right=70,
    )
