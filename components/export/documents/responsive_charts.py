"""A chart in a document: laid out for several widths, in the colours that the document gives it."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from components.export.documents.embed_budget import MAX_TITLED, rounded
from components.export.rendering.plotly_svg import ChartDrawing
from components.figure import Figure
from components.figures.charts.theme import LIGHT
from components.figures.drawing.markup import append, element

WIDTHS = {"narrow": 340, "middle": 520, "wide": 780}
"""Pixels for which a chart is laid out: upright phone, a column of text, everything else."""
THEMED = {colour.lower(): name for name, colour in asdict(LIGHT).items()}
COLOUR = re.compile("|".join(THEMED), re.IGNORECASE)
REFERENCE = re.compile(r"(url\(#|^#)")
PLACES = ("d", "cx", "cy", "x", "y", "x1", "x2", "y1", "y2")


def layouts(figure: Figure, charts: Mapping[str, ChartDrawing]) -> Element:
    """Return every drawing of a chart; the styles of the document show the one that fits."""
    drawings = (
        _layout(figure, drawing, width, titled=not index or len(drawing.points) <= MAX_TITLED)
        for index, (width, drawing) in enumerate(charts.items())
    )
    return element("div", drawings, class_="chart")


def _layout(figure: Figure, drawing: ChartDrawing, width: str, titled: bool) -> Element:
    """Return the SVG of a chart in the colours of the document, where ``titled`` with its points' titles."""
    svg = ElementTree.fromstring(drawing.svg)  # noqa: S314 -- it is our own
    for node in svg.iter():
        node.tag = node.tag.rpartition("}")[2]
        for key, value in node.items():
            node.set(key, _adapted(key, value, width))
    for name in ("width", "height"):  # those of a traced page, which has a viewBox too
        svg.attrib.pop(name, None)
    svg.attrib.update({"class": width, "role": "img", "viewBox": f"0 0 {drawing.width} {drawing.height}"})
    svg.insert(0, element("title", figure.title))
    svg.insert(1, element("desc", figure.alt))
    points = (
        element(
            "circle",
            element("title", point.text) if titled else None,
            cx=f"{point.x:.1f}".removesuffix(".0"),
            cy=f"{point.y:.1f}".removesuffix(".0"),
        )
        for point in drawing.points
    )
    append(svg, element("g", points, class_="points"))
    return svg


def _adapted(key: str, value: str, prefix: str) -> str:
    """Return an attribute in the colours of the document, its ids begun by ``prefix``."""
    if key in PLACES:
        return rounded(value)
    if key == "id":
        return f"{prefix}-{value}"
    if key == "href" or "url(#" in value:
        value = REFERENCE.sub(rf"\g<1>{prefix}-", value)
    return COLOUR.sub(lambda colour: f"var(--chart-{THEMED[colour[0].lower()]},{colour[0]})", value)
