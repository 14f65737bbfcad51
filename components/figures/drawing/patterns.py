"""Patterns of a map in place of a colour: hatched where nothing is known, dotted for few cases."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element


def hatch(side: int) -> Element:
    """Of districts without a value; ``side`` of a tile in units of the picture."""
    return element(
        "pattern",
        element("rect", width=side, height=side, class_="hatch-ground"),
        element("path", d=f"M0,0v{side}", class_="hatch-line"),
        id="missing",
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def dots(side: int, radius: float) -> Element:
    """Of districts with fewer cases than are shown; ``side`` of a tile and ``radius`` of its dot likewise."""
    return element(
        "pattern",
        element("rect", width=side, height=side, class_="hatch-ground"),
        element("circle", cx=side // 2, cy=side // 2, r=radius, class_="dot"),
        id="few",
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
    )
