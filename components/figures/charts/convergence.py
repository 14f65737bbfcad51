"""Whether the districts converge: σ over time, and β."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import ACCENT, INK, axis, lay_out, theme_of
from components.figures.drawing.activity_notes import caveat, reliability, structure_notes
from components.figures.drawing.uses import activity_uses
from components.selection import activity_of, activity_period
from components.text.formats import number, period_label, period_short
from components.text.sentences import alternative_text
from components.text.strings import text
from components.view import View
from data import periods
from data.centre_periphery import structure
from data.centre_periphery_trend import LEAST_YEARS, convergence
from data.dataset import Dataset

HEIGHT = 320


def convergence_figure(view: View, dataset: Dataset) -> Figure | None:
    """σ over time and β in words; None where fewer than two periods have people or equal weights."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    found = convergence(dataset, key, period, view.auezov)
    if found is None or len(found.sigma) < 2:
        return None
    (first, before), (last, after) = found.sigma[0], found.sigma[-1]
    title = text(lang, "polycentricity.sigma_title", title=dataset.indicators[key].short[lang])
    parts = [
        text(
            lang,
            "polycentricity.sigma_two",
            before=number(before, 3, lang),
            after=number(after, 3, lang),
            first=period_label(first, lang),
            last=period_label(last, lang),
        )
    ]
    long = periods.parse(last).moment - periods.parse(first).moment >= LEAST_YEARS
    beta = found.beta if long else None
    if not long:
        parts.append(text(lang, "centred_sentence.snapshot"))
    if beta is not None and beta.beta == beta.beta:
        written = number(beta.beta, 3, lang)
        parts.append(
            text(lang, "polycentricity.beta", beta=written, years=number(beta.half_life, 0, lang))
            if beta.beta > 0
            else text(lang, "polycentricity.beta_away", beta=written)
        )
    sentence = " ".join(parts)
    weighting = "equal" if found.weighting == "equal" else "by_population"
    table = pd.DataFrame(found.sigma, columns=["period", "sigma"])
    table["period_label"] = [period_label(one, lang) for one in table["period"]]
    if beta is not None:
        table["beta"] = table["period"].map({last: beta.beta})
        table["half_life"] = table["period"].map({last: beta.half_life})
    theme = theme_of(view)
    chart = go.Figure(
        go.Scatter(
            x=[period_short(one, lang) for one in table["period"]],
            y=table["sigma"],
            mode="lines+markers+text",
            text=[
                number(one, 3, lang) if at in (0, len(table) - 1) else ""
                for at, one in enumerate(table["sigma"])
            ],
            textposition="top center",
            cliponaxis=False,
            textfont={"size": 12, "color": INK[theme]},
            line={"color": ACCENT[theme], "width": 2.4},
            marker={"size": 8},
            hoverinfo="skip",
        )
    )
    top = table["sigma"].max() * 1.2
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, key, [one for one, _ in found.sigma], [view.auezov]),
        view=view,
        title=title,
        subtitle=text(lang, "polycentricity.sigma_unit"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=lay_out(
            chart,
            lang,
            theme,
            HEIGHT,
            axis(theme, type="category", tickangle=0, nticks=3),
            axis(theme, grid=True, range=[0, top], tickformat=".2f", nticks=5),
        ),
        table=table,
        columns=(
            Column("period_label", text(lang, "ui.period")),
            Column("sigma", text(lang, "polycentricity.sigma_unit"), 3),
            *([Column("beta", "β", 3), Column("half_life", "ln 2 / β", 0)] if beta is not None else []),
        ),
        foot=(
            text(lang, f"polycentricity.{weighting}"),
            *structure_notes(structure(dataset, key, period, view.auezov), dataset, lang),
        ),
        method=text(lang, "method.sigma"),
        caveat=caveat(structure(dataset, key, period, view.auezov), lang),
    )
