"""Whether the districts converge: σ over time, and β."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import axis, colours_of, lay_out
from components.figures.drawing.activity_figure import activity_figure
from components.figures.drawing.provenance import activity_uses
from components.selection import activity_of, activity_period
from components.text.number_formats import number, period_label, period_short
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.centre_periphery import structure
from data.centre_periphery_trend import LEAST_YEARS, Convergences, convergence
from data.dataset import Dataset
from data.inequality import Convergence

HEIGHT = 320
BETA = {"beta": "β", "low": "β (90 %) ≥", "high": "β (90 %) ≤"}
"""Columns of β and of the ends of its 90 % interval."""


def convergence_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw σ over time, with β in words; None where fewer than two periods have people or equal weights."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    convergences = convergence(dataset, key, period, view.auezov)
    if convergences is None or len(convergences.sigma) < 2:
        return None
    beta = convergences.beta if _is_long(convergences) else None
    table = _table(convergences, beta, lang)
    weighting = "equal" if convergences.weighting == "equal" else "by_population"
    return activity_figure(
        view,
        dataset,
        structure(dataset, key, period, view.auezov),
        uses=activity_uses(dataset, key, table["period"], [view.auezov]),
        title=text(lang, "polycentricity.sigma_title", title=dataset.indicators[key].short[lang]),
        subtitle=text(lang, "polycentricity.sigma_unit"),
        sentence=_sentence(convergences, beta, lang),
        picture=_chart(table, view),
        table=table,
        columns=(
            Column("period_label", text(lang, "ui.period")),
            Column("sigma", text(lang, "polycentricity.sigma_unit"), 3),
            *([Column(key, label, 3) for key, label in BETA.items()] if beta else []),
            *([Column("half_life", "ln 2 / β", 0)] if beta else []),
        ),
        method=text(lang, "method.sigma"),
        notes=(text(lang, f"polycentricity.{weighting}"),),
    )


def _is_long(convergences: Convergences) -> bool:
    """Return whether the series is long enough to speak of a change."""
    (first, _), (last, _) = convergences.sigma[0], convergences.sigma[-1]
    return periods.parse(last).moment - periods.parse(first).moment >= LEAST_YEARS


def _sentence(convergences: Convergences, beta: Convergence | None, lang: Lang) -> str:
    """Return σ of the first and the last period, and the pace at which the districts draw together."""
    (first, before), (last, after) = convergences.sigma[0], convergences.sigma[-1]
    sigma = text(
        lang,
        "polycentricity.sigma_two",
        before=number(before, 3, lang),
        after=number(after, 3, lang),
        first=period_label(first, lang),
        last=period_label(last, lang),
    )
    if not _is_long(convergences):
        return f"{sigma} {text(lang, 'centred_sentence.snapshot')}"
    if beta is None or pd.isna(beta.beta):
        return sigma
    words = {key: number(getattr(beta, key), 3, lang) for key in BETA}
    if beta.low > 0:
        years = number(beta.half_life, 0, lang)
        return f"{sigma} {text(lang, 'polycentricity.beta', beta=words['beta'], years=years)}"
    if beta.high < 0:
        return f"{sigma} {text(lang, 'polycentricity.beta_away', beta=words['beta'])}"
    return f"{sigma} {text(lang, 'polycentricity.beta_unclear', **words)}"


def _table(convergences: Convergences, beta: Convergence | None, lang: Lang) -> pd.DataFrame:
    table = pd.DataFrame(convergences.sigma, columns=["period", "sigma"])
    table["period_label"] = [period_label(period, lang) for period in table["period"]]
    if beta:
        last = table["period"].iloc[-1]
        for key in BETA:
            table[key] = table["period"].map({last: getattr(beta, key)})
        table["half_life"] = table["period"].map({last: beta.half_life})
    return table


def _chart(table: pd.DataFrame, view: View) -> go.Figure:
    colours, lang = colours_of(view), view.lang
    labels = [number(sigma, 3, lang) for sigma in table["sigma"]]
    labels[1:-1] = [""] * (len(labels) - 2)
    chart = go.Figure(
        go.Scatter(
            x=[period_short(period, lang) for period in table["period"]],
            y=table["sigma"],
            mode="lines+markers+text",
            text=labels,
            textposition="top center",
            cliponaxis=False,
            textfont={"size": 12, "color": colours.ink},
            line={"color": colours.accent, "width": 2.4},
            marker={"size": 8},
            hoverinfo="skip",
        )
    )
    top = table["sigma"].max() * 1.2
    return lay_out(
        chart,
        view,
        HEIGHT,
        axis(view, type="category", tickangle=0, nticks=3),
        axis(view, grid=True, range=[0, top], tickformat=".2f", nticks=5),
    )
