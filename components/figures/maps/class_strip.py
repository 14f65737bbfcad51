"""What the classes of a map do: its values on a line with the breaks, and where a break misleads."""

from collections.abc import Callable
from itertools import pairwise
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.palette import Scale
from components.figures.drawing.scales import linear
from components.figures.maps.district_marks import MapEncoding
from components.text.sentences import short_name
from components.text.strings import Lang, text
from data.comparison import about_same

WIDTH = 1000


def strip_scale(scale: Scale) -> Callable[[float], float]:
    """Return where values stand on the line, which holds all values and breaks, in its units."""
    return linear((scale.low, scale.high, *scale.breaks), 0, WIDTH)


def class_strip(encoding: MapEncoding, lang: Lang) -> Element | None:
    """Draw a tick per value and the breaks between the colours; None for an unclassed scale."""
    scale = encoding.scale
    values = {area: mark.value for area, mark in encoding.marks.items() if mark.value is not None}
    if scale is None or not scale.breaks or not values:
        return None
    x = strip_scale(scale)
    bands = (
        element("rect", x=f"{start:.0f}", y=14, width=f"{end - start:.0f}", height=12, fill=colour)
        for (start, end), colour in zip(
            pairwise([0, *map(x, scale.breaks), WIDTH]), scale.colours, strict=True
        )
    )
    ticks = (
        element(
            "circle",
            element("title", short_name(district, lang)),
            cx=f"{x(value):.0f}",
            cy=20,
            r=6,
            data_district=district,
        )
        for district, value in values.items()
    )
    warnings = [element("li", words) for words in _warnings(encoding, scale, values, lang)]
    return element(
        "div",
        element("svg", bands, ticks, viewBox=f"-8 8 {WIDTH + 16} 24", class_="strip", aria_hidden="true"),
        element("ul", warnings, class_="strip-notes") if warnings else None,
        class_="classes",
    )


def _warnings(encoding: MapEncoding, scale: Scale, values: dict[str, float], lang: Lang) -> list[str]:
    """Name the breaks that part values which are about the same."""
    series, warnings = encoding.series, []
    last_digit = 10.0**-encoding.decimals
    for low, high in pairwise(sorted(values, key=lambda district: values[district])):
        parted = scale.colour(values[low]) != scale.colour(values[high])
        near = values[high] - values[low] < last_digit or about_same(
            series.indicator, series.transform, values[low], values[high]
        )
        if parted and near:
            words = text(lang, "classes.near", low=short_name(low, lang), high=short_name(high, lang))
            warnings.append(words)
    return warnings
