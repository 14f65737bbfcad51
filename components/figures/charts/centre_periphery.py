"""Centre and periphery over time: the headline."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import annotate, axis, colours_of, label, label_heights, lay_out
from components.figures.drawing.activity_figure import activity_figure
from components.figures.drawing.provenance import activity_uses
from components.selection import activity_of, activity_period
from components.text.number_formats import number, period_label, period_short
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.centre_periphery import AUEZOV, Auezov, counts_equally, structure
from data.centre_periphery_trend import Headline, HeadlineKind, headline
from data.dataset import Dataset

HEIGHT = 380
SMALL_GAP = 0.1
"""Distance of a ratio from 1 below which the part of the gap that closed says nothing."""


def polycentricity_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the headline of the view's activity, with its trend for all three ways to count Auezov."""
    lang, key = view.lang, activity_of(view)
    period = activity_period(view, dataset)
    balance = headline(dataset, key, period, view.auezov)
    if balance is None:
        raise ValueError(f"{key} has neither a ratio nor a share at {period}")
    indicator, kind = dataset.indicators[key], balance.kind
    equal = kind == "ratio" and counts_equally(dataset, key, period, view.auezov)
    decimals = 1 if kind == "share" else 2
    notes = [_changes(balance, lang)]
    if indicator.good_since:
        since = period_label(indicator.good_since, lang)
        notes.append(text(lang, "polycentricity.good_since", period=since))
    if equal:
        notes.append(text(lang, "polycentricity.equal"))
    columns = [Column("period_label", text(lang, "ui.period"))]
    for auezov in AUEZOV:
        name = f"{text(lang, 'ui.auezov')}: {text(lang, f'auezov.{auezov}')}"
        columns.append(Column(auezov, name, decimals))
    if kind == "share":
        notes.append(text(lang, "polycentricity.share_why"))
    if balance.residents is not None:
        columns.append(Column("residents", text(lang, "polycentricity.residents_column"), 1))
    if balance.closed:
        columns.append(Column("closed", text(lang, "polycentricity.closed_column"), 0))
    return activity_figure(
        view,
        dataset,
        structure(dataset, key, period, view.auezov, equal),
        uses=activity_uses(dataset, key, [period for period, _ in balance.series[view.auezov]]),
        title=text(lang, f"polycentricity.{kind}_title", title=indicator.title[lang]),
        subtitle=text(lang, "polycentricity.equal_unit" if equal else f"polycentricity.{kind}_unit"),
        sentence=headline_sentence(balance, lang),
        picture=_chart(balance, indicator.good_since, view),
        table=_table(balance, lang),
        columns=tuple(columns),
        method=text(lang, f"method.{kind}"),
        notes=tuple(notes),
    )


def headline_value(kind: HeadlineKind, value: float, lang: Lang) -> str:
    """Return a ratio with two decimals, a share in percent with one."""
    return number(value * 100, 1, lang) if kind == "share" else number(value, 2, lang)


def headline_sentence(balance: Headline, lang: Lang) -> str:
    """Return the first and the last value of a headline, and how it is read."""
    (first, before), (last, after) = balance.base, balance.latest
    count = "one" if balance.base == balance.latest else "two"
    fact = text(
        lang,
        f"polycentricity.{balance.kind}_{count}",
        before=headline_value(balance.kind, before, lang),
        after=headline_value(balance.kind, after, lang),
        first=period_label(first, lang),
        last=period_label(last, lang),
    )
    parts = [fact, text(lang, f"centred_sentence.{balance.reading}")]
    if balance.turned:
        until = period_label(balance.turned, lang)
        rose = after > dict(balance.series[balance.auezov])[balance.turned]
        since = "polycentricity.since_rose" if rose else "polycentricity.since_fell"
        parts.append(text(lang, since, until=until))
    if balance.residents is not None:
        share = number(balance.residents * 100, 1, lang)
        parts.append(text(lang, "polycentricity.residents", share=share))
    if balance.closed is not None and balance.reading == "more_balanced" and abs(before - 1) >= SMALL_GAP:
        parts.append(text(lang, "polycentricity.closed", closed=number(balance.closed * 100, 0, lang)))
    return " ".join(parts)


def _changes(balance: Headline, lang: Lang) -> str:
    parts = (
        f"{text(lang, f'auezov.{auezov}')} "
        + text(lang, "word.percent", n=number(change * 100, 1, lang, signed=True))
        for auezov, change in balance.changes.items()
    )
    return text(lang, "polycentricity.changes", parts=", ".join(parts))


def _table(balance: Headline, lang: Lang) -> pd.DataFrame:
    unit = 100 if balance.kind == "share" else 1
    table = pd.DataFrame(
        {auezov: pd.Series(dict(points)) * unit for auezov, points in balance.series.items()}
    )
    table = table.reset_index(names="period")
    table["period_label"] = [period_label(period, lang) for period in table["period"]]
    for column, part in (("residents", balance.residents), ("closed", balance.closed)):
        if part is not None:
            table[column] = table["period"].map({balance.latest[0]: part * 100})
    return table


def _chart(balance: Headline, good_since: str | None, view: View) -> go.Figure:
    """Return a line for each way to count Auezov, the chosen one strong; hollow where data are not good."""
    colours, lang = colours_of(view), view.lang
    order = sorted(AUEZOV, key=lambda auezov: auezov == balance.auezov)
    lines = {auezov: _line(balance, auezov, good_since, view) for auezov in order}
    chart = go.Figure(list(lines.values()))
    values = [value for line in lines.values() for value in line.y]
    if balance.kind == "ratio":
        values.append(1)
        chart.add_hline(y=1, line={"color": colours.quiet, "width": 1})
    low, high = min(values), max(values)
    margin = (high - low or abs(high)) * 0.08
    ends: dict[str, float] = {auezov: line.y[-1] for auezov, line in lines.items()}
    annotate(
        chart,
        (
            label(
                text(lang, f"auezov_short.{auezov}"),
                height,
                align="left",
                font={"size": 12, "color": colours.accent if auezov == balance.auezov else colours.quiet},
            )
            for auezov, height in label_heights(ends, (high - low + 2 * margin) * 0.14).items()
        ),
    )
    decimals = ",.0f" if balance.kind == "share" else ",.1f"
    return lay_out(
        chart,
        view,
        HEIGHT,
        axis(view, **_ticks([period for period, _ in balance.series[balance.auezov]], lang)),
        axis(view, grid=True, nticks=6, tickformat=decimals, range=[low - margin, high + margin]),
        right=104,
    )


def _line(balance: Headline, auezov: Auezov, good_since: str | None, view: View) -> go.Scatter:
    colours, lang = colours_of(view), view.lang
    points, unit = balance.series[auezov], 100 if balance.kind == "share" else 1
    chosen = auezov == balance.auezov
    colour = colours.accent if chosen else colours.quiet
    good = [good_since is None or periods.starts_after(period, good_since) for period, _ in points]
    return go.Scatter(
        x=[periods.axis_position(period) for period, _ in points],
        y=[value * unit for _, value in points],
        mode="lines+markers" if chosen or len(points) == 1 else "lines",
        line={"color": colour, "width": 3 if chosen else 1.4, "dash": "solid" if chosen else "dot"},
        marker={
            "size": 8,
            "color": [colour if is_good else colours.ground for is_good in good],
            "line": {"color": colour, "width": 1.6},
        },
        text=[
            f"{escape(period_label(period, lang))}<br><b>{headline_value(balance.kind, value, lang)}</b>, "
            f"{escape(text(lang, f'auezov.{auezov}'))}"
            for period, value in points
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _ticks(among: Sequence[str], lang: Lang) -> dict[str, Any]:
    """Return a few upright marks under the periods; at the end of a year the year stands for the date."""
    parsed = [periods.parse(period) for period in among]
    first, last = parsed[0], parsed[-1]
    if len(parsed) > 8 and all((period.end.month, period.end.day) == (12, 31) for period in parsed):
        kept = [period for period in parsed if period.year % 10 == 0 and last.year - period.year > 5] + [last]
        labels = [str(period.year) for period in kept]
    else:
        kept = list(dict.fromkeys([first, last]))
        if first.series == "year" and len(parsed) > 2:
            kept.insert(1, parsed[len(parsed) // 2])
        labels = [period_short(str(period), lang) for period in kept]
    positions = [periods.axis_position(str(period)) for period in kept]
    return {"tickvals": positions, "ticktext": labels, "tickangle": 0}
