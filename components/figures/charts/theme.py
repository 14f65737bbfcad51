"""The look that all Plotly charts share: ink, grid, fonts, number formats, labels at the ends of lines."""

from collections.abc import Sequence
from html import escape
from statistics import fmean
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from components.figures.drawing.palette import DISTRICT_COLOURS
from components.text.formats import separators
from components.text.sentences import short_name
from components.text.strings import Lang
from components.view import View

FONT = "Inter, sans-serif"
INK = {"light": "#1A1A1A", "dark": "#ECEAF2"}
QUIET = {"light": "#6B6963", "dark": "#A9A6B5"}
GRID = {"light": "#E8E6E0", "dark": "#34323D"}
FADED = {"light": "#CFCCC4", "dark": "#4B4956"}
GROUND = {"light": "#FFFFFF", "dark": "#16151B"}
ACCENT = {"light": "#5B4BA0", "dark": "#A99BE8"}
LONGEST_LINE = 44
"""Characters of an axis title in one line: what fits a phone."""
ORANGE = {"light": "#B35806", "dark": "#E08A2E"}


def theme_of(view: View) -> str:
    """Light or dark, whichever the chart is drawn for."""
    return "dark" if view.theme == "dark" else "light"


def district_colour(area: str, theme: str) -> str:
    """The fixed colour of a district; black turns into the ink of a dark page."""
    colour = DISTRICT_COLOURS[area]
    return INK[theme] if colour == "#000000" else colour


def axis(theme: str, title: str = "", grid: bool = False, **more: Any) -> dict[str, Any]:
    """One axis: quiet ticks, a grid only where asked for, no zooming; a long title in several lines."""
    quiet = {"size": 12, "color": QUIET[theme]}
    return {
        "title": {"text": "<br>".join(map(escape, wrap(title, LONGEST_LINE))), "font": quiet, "standoff": 8},
        "showgrid": grid,
        "gridcolor": GRID[theme],
        "linecolor": GRID[theme],
        "zeroline": False,
        "tickfont": quiet,
        "automargin": True,
        "fixedrange": True,
        **more,
    }


def lay_out(
    chart: go.Figure,
    lang: Lang,
    theme: str,
    height: int,
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
    right: int = 16,
) -> go.Figure:
    """Give a chart its size, fonts, axes and the number format of the language; ``right`` is its margin."""
    chart.update_layout(
        template="none",
        height=height,
        margin={"l": 8, "r": right, "t": 24, "b": 32},
        font={"family": FONT, "color": INK[theme]},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        separators="".join(separators(lang)),
        hoverlabel={"font": {"family": FONT, "size": 13}, "align": "left"},
        dragmode=False,
        showlegend=False,
        xaxis=xaxis,
        yaxis=yaxis,
    )
    return chart


def district_points(
    areas: Sequence[str],
    x: Sequence[float],
    y: Sequence[float],
    tips: Sequence[str],
    view: View,
    places: Sequence[str] = (),
) -> go.Scatter:
    """A point a district in its colour; ``places`` are Plotly's positions of the names, none without."""
    theme = theme_of(view)
    return go.Scatter(
        x=list(x),
        y=list(y),
        mode="markers+text" if places else "markers",
        marker={
            "size": 12,
            "color": [district_colour(area, theme) for area in areas],
            "line": {"color": INK[theme], "width": 0.8},
        },
        text=[short_name(area, view.lang) for area in areas],
        textposition=list(places) or None,
        textfont={"size": 12.5, "color": INK[theme]},
        cliponaxis=False,
        hovertext=[escape(tip) for tip in tips],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def annotate(chart: go.Figure, *notes: dict[str, Any]) -> None:
    """Add notes at once, keeping those there are: plotly checks all of them again at each addition."""
    chart.update_layout(annotations=[*chart.layout.annotations, *notes])


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Ascending places at least ``gap`` apart, each as near to the wanted one as that allows.

    Neighbours that would overlap are centred together on the mean of what they want (pooled adjacent
    violators on ``wanted[i] - i * gap``).
    """
    pools: list[list[float]] = []
    for at, place in enumerate(wanted):
        pools.append([place - at * gap])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    placed = [fmean(pool) for pool in pools for _ in pool]
    return [place + at * gap for at, place in enumerate(placed)]
