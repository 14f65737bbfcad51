"""What the classes of a map do: its values on a line with the breaks, and where a break misleads."""

from itertools import pairwise
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.palette import Scale
from components.text.sentences import decimals_of, names, short_name
from components.text.strings import Lang, text
from data.comparison import about_same
from data.transforms import Series

WIDTH = 1000


def strip_place(scale: Scale, value: float) -> float:
    """Where a value stands on the line, in units of its width; the line holds all values and breaks."""
    low, high = min(scale.low, *scale.breaks), max(scale.high, *scale.breaks)
    return (value - low) / ((high - low) or 1) * WIDTH


def strip(figures: Series, scale: Scale, values: dict[str, float], lang: Lang) -> Element | None:
    """Eight ticks and the breaks between the colours; None for an unclassed scale."""
    if not scale.breaks or not values:
        return None
    places = [0.0, *(strip_place(scale, at) for at in scale.breaks), float(WIDTH)]
    bands = (
        element("rect", x=f"{start:.0f}", y=14, width=f"{end - start:.0f}", height=12, fill=colour)
        for (start, end), colour in zip(pairwise(places), scale.colours, strict=True)
    )
    ticks = (
        element(
            "circle",
            element("title", f"{short_name(district, lang)}"),
            cx=f"{strip_place(scale, value):.0f}",
            cy=20,
            r=6,
            data_district=district,
        )
        for district, value in values.items()
    )
    warnings = [element("li", words) for words in _warnings(figures, scale, values, lang)]
    return element(
        "div",
        element("svg", bands, ticks, viewBox=f"-8 8 {WIDTH + 16} 24", class_="strip", aria_hidden="true"),
        element("ul", warnings, class_="strip-notes") if warnings else None,
        class_="classes",
    )


def _warnings(figures: Series, scale: Scale, values: dict[str, float], lang: Lang) -> list[str]:
    """Classes of a single district, and breaks that part values which are about the same."""
    found = []
    members: dict[str, list[str]] = {}
    for district, value in values.items():
        members.setdefault(scale.colour(value), []).append(district)
    alone = [own[0] for own in members.values() if len(own) == 1]
    if alone:
        found.append(text(lang, "classes.alone", names=names(alone, lang)))
    order = sorted(values, key=lambda district: values[district])
    unit = 10.0 ** -decimals_of(figures)
    for low, high in pairwise(order):
        parted = scale.colour(values[low]) != scale.colour(values[high])
        near = abs(values[high] - values[low]) < unit or about_same(
            figures.indicator, figures.transform, values[low], values[high]
        )
        if parted and near:
            found.append(text(lang, "classes.near", low=short_name(low, lang), high=short_name(high, lang)))
    return found
