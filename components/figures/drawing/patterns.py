"""Patterns of a map in place of a colour: hatched where a value is missing, dotted for few cases."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element


def hatch(side: int) -> Element:
    """Return the pattern of districts without a value; ``side`` of a tile in units of the picture."""
    line = element("path", d=f"M0,0v{side}", class_="hatch-line")
    return _pattern("missing", side, line, patternTransform="rotate(45)")


def dots(side: int, radius: float) -> Element:
    """Return the pattern of districts with few cases; ``side`` of a tile, ``radius`` of its dot."""
    return _pattern("few", side, element("circle", cx=side // 2, cy=side // 2, r=radius, class_="dot"))


def _pattern(name: str, side: int, drawing: Element, **attributes: str) -> Element:
    return element(
        "pattern",
        element("rect", width=side, height=side, class_="hatch-ground"),
        drawing,
        id=name,
        width=side,
        height=side,
        patternUnits="userSpaceOnUse",
        **attributes,
    )
