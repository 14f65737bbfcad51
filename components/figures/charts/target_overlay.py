"""The way to a target over a trend: required path, observed pace, its uncertainty, what was announced."""

from collections.abc import Callable, Sequence
from datetime import date

import plotly.graph_objects as go

from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.progress import leave_one_out
from data.target_assessment import Parity, parity
from data.targets import Target
from data.transforms import Series

Place = int | date


def ways(view: View, dataset: Dataset, figures: Series) -> tuple[Parity, ...]:
    """The parity ways to draw: of the highlighted districts, where values are relative to the city."""
    if figures.transform != "relative" or not figures.indicator.parity:
        return ()
    return tuple(
        one
        for one in parity(dataset, figures.indicator.id, view.horizon)
        if one.area in view.district and len(one.series) > 1 and one.progress.reason is None
    )


def announced(dataset: Dataset, figures: Series) -> tuple[Target, ...]:
    """What was announced of exactly this series: drawn only over the values as published."""
    if figures.transform != "value":
        return ()
    return tuple(
        target
        for target in dataset.targets.values()
        if target.figure == figures.indicator.id
        and target.target_year is not None
        and target.target_value is not None
    )


def wording(target: Target, lang: Lang) -> str:
    """The kind and state of an announced row in words."""
    return f"{text(lang, f'target_kind.{target.kind}')}, {text(lang, f'target_state.{target.state}')}"


def add(
    chart: go.Figure,
    view: View,
    dataset: Dataset,
    figures: Series,
    colour: Callable[[str], str],
    ink: str,
) -> None:
    """Draw the ways to parity and the announced values into a trend."""
    for one in ways(view, dataset, figures):
        _parity(chart, one, view, colour(one.area))
    rows = announced(dataset, figures)
    dated = bool(figures.periods("date", districts=False))
    for state in dict.fromkeys(target.state for target in rows):
        own = sorted((one for one in rows if one.state == state), key=lambda one: one.target_year or 0)
        chart.add_trace(_announced(own, dated, view, ink))


def _parity(chart: go.Figure, one: Parity, view: View, colour: str) -> None:
    base, latest = one.series[0], one.series[-1]
    dated = periods.parse(base[0]).series == "date"
    end: Place = date(one.horizon, 12, 31) if dated else one.horizon
    places = [_place(period) for period, _ in one.series]
    years = one.horizon + 1 - periods.parse(latest[0]).moment

    def reach(per_year: float) -> float:
        return latest[1] * 100 + per_year * years

    slopes = [slope * 100 for slope in leave_one_out(_points(one.series))]
    if slopes:
        low, high = reach(min(slopes)), reach(max(slopes))
        chart.add_trace(
            go.Scatter(
                x=[places[-1], end, end],
                y=[latest[1] * 100, high, low],
                fill="toself",
                fillcolor=_faint(colour),
                line={"width": 0},
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
            )
        )
    lines: Sequence[tuple[Sequence[Place], Sequence[float], str, str]] = (
        ([places[0], end], [base[1] * 100, 100], "dash", text(view.lang, "trend.required")),
        (
            [places[-1], end],
            [latest[1] * 100, reach(one.progress.observed_per_year or 0)],
            "dot",
            text(view.lang, "trend.projected"),
        ),
    )
    for x, y, dash, name in lines:
        chart.add_trace(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": colour, "width": 1.6, "dash": dash},
                hovertemplate=name + "<extra></extra>",
                showlegend=False,
            )
        )


def _announced(rows: Sequence[Target], dated: bool, view: View, ink: str) -> go.Scatter:
    years = [one.target_year or 0 for one in rows]
    return go.Scatter(
        x=[date(year, 12, 31) if dated else year for year in years],
        y=[float((one.target_value or 0) * one.scale) for one in rows],
        mode="markers+text",
        marker={"symbol": "diamond-open", "size": 10, "color": ink, "line": {"width": 1.6}},
        text=[wording(one, view.lang) for one in rows],
        connectgaps=False,
        textposition="top left",
        textfont={"size": 11, "color": ink},
        customdata=[one.document for one in rows],
        hovertemplate="%{text}<br>%{y}<br>%{customdata}<extra></extra>",
        showlegend=False,
    )


def _points(series: Sequence[tuple[str, float]]) -> list[tuple[float, float]]:
    return [(periods.parse(period).moment, ratio) for period, ratio in series]


def _place(period: str) -> Place:
    parsed = periods.parse(period)
    return parsed.end if parsed.series == "date" else parsed.year


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.12)"
