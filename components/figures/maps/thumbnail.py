"""The map of a view in the size of a stamp, without names."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.outlines import WIDTH, outlines
from components.figures.drawing.patterns import dots, hatch
from components.figures.maps.district_marks import MapEncoding
from components.text.sentences import short_name
from components.text.strings import Lang


def map_thumbnail(encoding: MapEncoding, label: str, lang: Lang, patterns: bool = True) -> Element:
    """Draw a period as a small SVG named ``label``; each district says its value when pointed at.

    Of several on one page only the first needs the ``patterns`` of missing and few.
    """
    paths, _, height = outlines("thumbnail")
    shapes = (
        element(
            "path",
            element("title", f"{short_name(district, lang)}: {encoding.value_text(district, lang)}"),
            d=paths[district],
            class_=f"district {mark.state}",
            fill=mark.fill,
            data_district=district,
        )
        for district, mark in encoding.marks.items()
    )
    return element(
        "svg",
        element("title", label),
        element("defs", hatch(22), dots(26, 5)) if patterns else None,
        shapes,
        viewBox=f"-6 -6 {WIDTH + 12} {height + 12}",
        role="img",
        class_="map thumbnail",
    )
