"""Where inequality lies, what each district added to a change, and whether districts converge."""

from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.chart import ACCENT, GRID, GROUND, INK, ORANGE, QUIET, axis, lay_out, theme_of
from components.figures.polycentricity import (
    activity_of,
    activity_period,
    activity_sources,
    caveat,
    reliability,
    structure_notes,
)
from components.figures.structure import titled
from components.text.formats import number, period_in, period_label, period_short
from components.text.sentences import short_name, source_notes
from components.text.strings import capitalised, text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.polycentricity import measured, past_periods, structure
from data.shift import LEAST_YEARS, contributions, convergence, headline

HEIGHT = 320


@lru_cache(maxsize=64)
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
        id="decomposition",
        view=view,
        title=title,
        subtitle=text(lang, "polycentricity.theil"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=text(lang, "trend.alt", sentence=f"{title.removesuffix('.')}. {sentence}"),
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
        sources=source_notes(dataset, activity_sources(dataset, key, list(parts)), lang),
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


@lru_cache(maxsize=64)
def contributions_figure(view: View, dataset: Dataset) -> Figure | None:
    """What each district added to the change of the headline; None for a change that is not measurable."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    found = headline(dataset, key, period, view.auezov)
    parts = contributions(dataset, key, period, view.auezov)
    if found is None or parts is None:
        return None
    unit, decimals = (100, 1) if found.kind == "share" else (1, 2)
    table = pd.DataFrame(
        [
            {"area": area, "name": short_name(area, lang), "value": value * unit}
            for area, value in sorted(parts.items(), key=lambda one: one[1])
        ]
    )
    first, last = found.base[1] * unit, found.latest[1] * unit
    ends = [
        {"area": "", "name": period_label(at, lang), "level": level}
        for at, level in ((found.base[0], first), (found.latest[0], last))
    ]
    title = text(
        lang,
        "polycentricity.contributions_title",
        title=f"{dataset.indicators[key].short[lang]}, "
        f"{period_short(found.base[0], lang)} – {period_short(found.latest[0], lang)}",
    )
    low, high = table.iloc[0], table.iloc[-1]
    ways = [name for name, one in (("down", low["value"] < 0), ("up", high["value"] > 0)) if one]
    sentence = text(
        lang,
        "polycentricity.contributions_" + ("sentence" if len(ways) == 2 else ways[0]),
        down=low["name"],
        down_value=number(low["value"], decimals, lang, signed=True),
        up=high["name"],
        up_value=number(high["value"], decimals, lang, signed=True),
    )
    equal = found.kind == "ratio" and structure(dataset, key, found.base[0], view.auezov).intensity
    method = text(lang, "method.contributions")
    if equal:
        method += " " + text(lang, "method.contributions_average")
    points = "points" if found.kind == "share" else "ratio_points"
    return Figure(
        id="contributions",
        view=view,
        title=title,
        subtitle=text(lang, f"polycentricity.{points}"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=text(lang, "trend.alt", sentence=f"{title.removesuffix('.')}. {sentence}"),
        picture=_waterfall(table, first, last, (str(ends[0]["name"]), str(ends[1]["name"])), decimals, view),
        table=pd.concat([pd.DataFrame(ends[:1]), table, pd.DataFrame(ends[1:])], ignore_index=True),
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("value", text(lang, "polycentricity.contribution"), decimals, signed=True),
            Column("level", text(lang, f"polycentricity.{found.kind}"), decimals),
        ),
        foot=structure_notes(structure(dataset, key, found.latest[0], view.auezov), dataset, lang),
        sources=source_notes(dataset, activity_sources(dataset, key, [found.base[0], found.latest[0]]), lang),
        method=method,
        caveat=caveat(structure(dataset, key, found.latest[0], view.auezov), lang),
    )


def _waterfall(
    table: pd.DataFrame, first: float, last: float, ends: tuple[str, str], decimals: int, view: View
) -> go.Figure:
    theme, lang = theme_of(view), view.lang
    names = [ends[0], *table["name"], ends[1]]
    heights = [first, *table["value"], last]
    words = [
        number(first, decimals, lang),
        *(number(one, decimals, lang, signed=True) for one in table["value"]),
        number(last, decimals, lang),
    ]
    chart = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["absolute", *["relative"] * len(table), "total"],
            y=names,
            x=heights,
            text=words,
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12.5, "color": INK[theme]},
            decreasing={"marker": {"color": ACCENT[theme]}},
            increasing={"marker": {"color": ORANGE[theme]}},
            totals={"marker": {"color": QUIET[theme]}},
            connector={"line": {"color": GRID[theme], "width": 1}},
            hoverinfo="skip",
        )
    )
    running = [first]
    for one in table["value"]:
        running.append(running[-1] + one)
    high = max(running)
    return lay_out(
        chart,
        lang,
        theme,
        80 + 32 * len(names),
        axis(theme, grid=True, nticks=5, range=[0, high * 1.16]),
        axis(theme, autorange="reversed", type="category"),
        right=28,
    )


@lru_cache(maxsize=64)
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
        id="convergence",
        view=view,
        title=title,
        subtitle=text(lang, "polycentricity.sigma_unit"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=text(lang, "trend.alt", sentence=f"{title.removesuffix('.')}. {sentence}"),
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
        sources=source_notes(dataset, activity_sources(dataset, key, [one for one, _ in found.sigma]), lang),
        method=text(lang, "method.sigma"),
        caveat=caveat(structure(dataset, key, period, view.auezov), lang),
    )
