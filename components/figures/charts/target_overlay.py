"""The way to a target over a trend: required path, observed pace, its uncertainty, what was announced."""

from datetime import date

import plotly.graph_objects as go

from components.figures.charts.theme import area_colour, colours_of
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.pace import pace
from data.parity import Parity, parity
from data.periods import axis_position, parse, points
from data.progress import ProgressReading
from data.targets import Target
from data.transforms import Series

CLEAR: frozenset[ProgressReading] = frozenset({"on_track", "behind", "far_behind", "moving_away"})
"""Readings of a pace that may be drawn on."""


def ways(view: View, dataset: Dataset, series: Series) -> tuple[Parity, ...]:
    """Return the ways to parity of the highlighted districts, where values are relative to the city."""
    if series.transform != "relative" or not series.indicator.parity:
        return ()
    return tuple(
        way
        for way in parity(dataset, series.indicator.id, view.horizon)
        if way.area in view.district and len(way.series) > 1 and way.required_growth is not None
    )


def announced(dataset: Dataset, series: Series) -> tuple[Target, ...]:
    """Return what was announced of exactly this series: drawn only over the values as published."""
    if series.transform != "value":
        return ()
    return tuple(
        target
        for target in dataset.targets.values()
        if target.figure == series.indicator.id
        and target.target_year is not None
        and target.target_value is not None
    )


def wording(target: Target, lang: Lang) -> str:
    """Return the kind and state of an announced value in words."""
    return f"{text(lang, f'target_kind.{target.kind}')}, {text(lang, f'target_state.{target.state}')}"


def add(chart: go.Figure, series: Series, view: View, dataset: Dataset) -> None:
    """Draw the ways to parity and the announced values into a trend."""
    for way in ways(view, dataset, series):
        _add_way(chart, way, view)
    targets = announced(dataset, series)
    dated = bool(series.periods("date", districts=False))
    for state in dict.fromkeys(target.state for target in targets):
        chart.add_trace(_announced([target for target in targets if target.state == state], dated, view))


def _add_way(chart: go.Figure, way: Parity, view: View) -> None:
    """Draw the required path and, where the pace is clear, where it leads and the range of its estimates."""
    (first, base), (last, ratio) = way.series[0], way.series[-1]
    start, now = axis_position(first), axis_position(last)
    end = way.horizon if isinstance(start, int) else date(way.horizon, 12, 31)
    years = way.horizon + 1 - parse(last).moment
    latest = ratio * 100
    colour = area_colour(way.area, view)
    lines = [((start, end), (base * 100, 100.0), "dash", text(view.lang, "trend.required"))]
    observed = pace(points(way.series))
    if observed and way.progress.reading in CLEAR:
        slope, *others = (estimate * 100 * years for estimate in observed.estimates)
        chart.add_trace(
            go.Scatter(
                x=[now, end, end],
                y=[latest, latest + max(slope, *others), latest + min(slope, *others)],
                fill="toself",
                fillcolor=_faint(colour),
                line={"width": 0},
                mode="lines",
                hoverinfo="skip",
                showlegend=False,
            )
        )
        lines.append(((now, end), (latest, latest + slope), "dot", text(view.lang, "trend.projected")))
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


def _announced(targets: list[Target], dated: bool, view: View) -> go.Scatter:
    ink = colours_of(view).ink
    targets = sorted(targets, key=lambda target: target.target_year or 0)
    years = [target.target_year or 0 for target in targets]
    return go.Scatter(
        x=[date(year, 12, 31) if dated else year for year in years],
        y=[float((target.target_value or 0) * target.scale) for target in targets],
        mode="markers+text",
        marker={"symbol": "diamond-open", "size": 10, "color": ink, "line": {"width": 1.6}},
        text=[wording(target, view.lang) for target in targets],
        connectgaps=False,
        textposition="top left",
        textfont={"size": 11, "color": ink},
        customdata=[target.document for target in targets],
        hovertemplate="%{text}<br>%{y}<br>%{customdata}<extra></extra>",
        showlegend=False,
    )


def _faint(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red},{green},{blue},0.12)"
