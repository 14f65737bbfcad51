"""The map of a view in the size of a stamp, without names."""

from xml.etree.ElementTree import Element

from components.figures.markup import element
from components.figures.outlines import WIDTH, outlines
from components.figures.painting import Painting
from components.text.sentences import short_name
from components.text.strings import Lang


def miniature(painted: Painting, label: str, lang: Lang, patterns: bool = True) -> Element:
    """A painted period as a small SVG named ``label``; each district says its value when pointed at.

    Of several on one page only the first needs the ``patterns`` of missing and few.
    """
    paths, _, height = outlines("thumbnail")
    shapes = (
        element(
            "path",
            element("title", f"{short_name(district, lang)}: {mark.value}"),
            d=paths[district],
            class_=f"district {mark.state}",
            fill=mark.fill,
            data_district=district,
        )
        for district, mark in painted.marks.items()
    )
    hatch = element(
        "pattern",
        element("rect", width=22, height=22, class_="hatch-ground"),
        element("path", d="M0,0v22", class_="hatch-line"),
        id="missing",
        width=22,
        height=22,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    dots = element(
        "pattern",
        element("rect", width=26, height=26, class_="hatch-ground"),
        element("circle", cx=13, cy=13, r=5, class_="dot"),
        id="few",
        width=26,
        height=26,
        patternUnits="userSpaceOnUse",
    )
    return element(
        "svg",
        element("title", label),
        element("defs", hatch, dots) if patterns else None,
        shapes,
        viewBox=f"-6 -6 {WIDTH + 12} {height + 12}",
        role="img",
        class_="map thumbnail",
    )
