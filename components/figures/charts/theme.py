"""The look that all Plotly charts share: ink, grid, fonts, number formats, labels at the ends of lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from statistics import fmean
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figures.drawing.palette import DISTRICT_COLOURS
from components.text.number_formats import separators
from components.text.sentences import short_name
from components.view import View

FONT = "Inter, sans-serif"
MAX_TITLE_LINE = 44
"""Maximum length of one line of an axis title, in characters: what fits a phone."""


@dataclass(frozen=True)
class Colours:
    """The colours of a chart besides those of the districts, by what they are for."""

    ink: str
    quiet: str
    grid: str
    faded: str
    ground: str
    accent: str
    orange: str


LIGHT = Colours("#1A1A1A", "#6B6963", "#E8E6E0", "#CFCCC4", "#FFFFFF", "#5B4BA0", "#B35806")
DARK = Colours("#ECEAF2", "#A9A6B5", "#34323D", "#4B4956", "#16151B", "#A99BE8", "#E08A2E")


def colours_of(view: View) -> Colours:
    """Return the colours of the theme that a chart is drawn for."""
    return DARK if view.theme == "dark" else LIGHT


def district_colour(area: str, view: View) -> str:
    """Return the fixed colour of a district; black turns into the ink of a dark page."""
    colour = DISTRICT_COLOURS[area]
    return colours_of(view).ink if colour == "#000000" else colour


def area_colour(area: str, view: View) -> str:
    """Return the colour of a district or the city, faded where the view highlights other districts."""
    if view.district and area not in view.district:
        return colours_of(view).faded
    return district_colour(area, view)


def axis(view: View, title: str = "", grid: bool = False, **more: Any) -> dict[str, Any]:
    """Return one axis: quiet ticks, no grid by default, no zooming; a long title in several lines."""
    colours = colours_of(view)
    quiet = {"size": 12, "color": colours.quiet}
    return {
        "title": {
            "text": "<br>".join(map(escape, wrap(title, MAX_TITLE_LINE))),
            "font": quiet,
            "standoff": 8,
        },
        "showgrid": grid,
        "gridcolor": colours.grid,
        "linecolor": colours.grid,
        "zeroline": False,
        "tickfont": quiet,
        "automargin": True,
        "fixedrange": True,
        **more,
    }


def lay_out(
    chart: go.Figure,
    view: View,
    height: int,
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
    right: int = 16,
) -> go.Figure:
    """Give a chart its size, fonts, axes and the number format of the language, and return it.

    ``height`` and the margin ``right`` are in pixels.
    """
    colours = colours_of(view)
    layout = {
        "template": "none",
        "height": height,
        "margin": {"l": 8, "r": right, "t": 24, "b": 32},
        "font": {"family": FONT, "color": colours.ink},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": "".join(separators(view.lang)),
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
        "dragmode": False,
        "showlegend": False,
        "xaxis": xaxis,
        "yaxis": yaxis,
    }
    for part, value in layout.items():  # update_layout takes as long as all the lines of a trend
        chart.layout[part] = value
    return chart


def district_points(
    table: pd.DataFrame, x: str, y: str, tips: Sequence[str], view: View, positions: Sequence[str] = ()
) -> go.Scatter:
    """Return one point per row of ``table`` (its ``area``, columns ``x`` and ``y``) in the district's colour.

    ``positions`` are Plotly's positions of the names; without them there are no names.
    """
    colours = colours_of(view)
    return go.Scatter(
        x=list(table[x].astype(float)),
        y=list(table[y]),
        mode="markers+text" if positions else "markers",
        marker={
            "size": 12,
            "color": [district_colour(area, view) for area in table["area"]],
            "line": {"color": colours.ink, "width": 0.8},
        },
        text=[short_name(area, view.lang) for area in table["area"]],
        textposition=list(positions) or None,
        textfont={"size": 12.5, "color": colours.ink},
        cliponaxis=False,
        hovertext=[escape(tip) for tip in tips],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def label(text: str, y: float, x: float | date | None = None, **more: Any) -> dict[str, Any]:
    """Return a label that starts right of a point, or in the right margin where there is no ``x``."""
    position = {"x": 1, "xref": "paper"} if x is None else {"x": x}
    return {**position, "y": y, "text": text, "showarrow": False, "xanchor": "left", "xshift": 8, **more}


def annotate(chart: go.Figure, labels: Iterable[dict[str, Any]]) -> None:
    """Add labels at once, keeping those there are: plotly checks all of them again at each addition."""
    chart.layout.annotations = [*chart.layout.annotations, *labels]


def label_heights(ends: Mapping[str, float], gap: float) -> dict[str, float]:
    """Return the height of the label of every line, from the lowest up: near its end, ``gap`` apart."""
    order = sorted(ends, key=ends.__getitem__)
    return dict(zip(order, spread([ends[line] for line in order], gap), strict=True))


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Return ascending heights at least ``gap`` apart, each as near to its own as that allows.

    Neighbours that would overlap are centred together on their mean (pooled adjacent violators on
    ``heights[i] - i * gap``).
    """
    pools: list[list[float]] = []
    for index, height in enumerate(heights):
        pools.append([height - index * gap])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    pooled = [fmean(pool) for pool in pools for _ in pool]
    return [height + index * gap for index, height in enumerate(pooled)]
