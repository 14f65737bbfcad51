"""A chart in a document: laid out for several widths, in the colours that the document gives it."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from components.export.documents.embed_budget import MOST_TITLED, round_places
from components.export.rendering.plotly_svg import ChartDrawing
from components.figure import Figure
from components.figures.charts.theme import ACCENT, FADED, GRID, GROUND, INK, ORANGE, QUIET
from components.figures.drawing.markup import append, element

WIDTHS = {"narrow": 340, "middle": 520, "wide": 780}
"""Pixels for which a chart is laid out: upright phone, a column of text, everything else."""
THEMED = {
    colours["light"].lower(): name
    for name, colours in (
        ("ink", INK),
        ("quiet", QUIET),
        ("grid", GRID),
        ("faded", FADED),
        ("ground", GROUND),
        ("accent", ACCENT),
        ("orange", ORANGE),
    )
}
COLOUR = re.compile("|".join(THEMED), re.IGNORECASE)


def layouts(figure: Figure, charts: Mapping[str, ChartDrawing]) -> Element:
    """Every drawing of a chart; the styles of the document show the one that fits."""
    drawings = (
        _layout(figure, drawn, width, titled=not at or len(drawn.points) <= MOST_TITLED)
        for at, (width, drawn) in enumerate(charts.items())
    )
    return element("div", drawings, class_="chart")


def _layout(figure: Figure, drawn: ChartDrawing, width: str, titled: bool) -> Element:
    """The SVG of a chart in the colours of the document, its points told as titles where it is ``titled``."""
    svg = ElementTree.fromstring(  # noqa: S314 -- it is our own
        _own_names(COLOUR.sub(_themed, drawn.svg), width)
    )
    for one in svg.iter():
        one.tag = one.tag.rpartition("}")[2]
    round_places(svg)
    for name in ("width", "height"):
        svg.attrib.pop(name, None)
    svg.set("class", width)
    svg.set("role", "img")
    svg.set("viewBox", f"0 0 {drawn.width} {drawn.height}")
    svg.insert(0, element("title", figure.title))
    svg.insert(1, element("desc", figure.alt))
    points = (
        element(
            "circle",
            element("title", f"{point.text}") if titled else None,
            cx=f"{point.x:.1f}".removesuffix(".0"),
            cy=f"{point.y:.1f}".removesuffix(".0"),
        )
        for point in drawn.points
    )
    append(svg, element("g", points, class_="points"))
    return svg


def _themed(found: re.Match[str]) -> str:
    return f"var(--chart-{THEMED[found.group().lower()]},{found.group()})"


def _own_names(svg: str, prefix: str) -> str:
    """The same picture with names of its own: two of them stand in one document."""
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{prefix}-", svg)
