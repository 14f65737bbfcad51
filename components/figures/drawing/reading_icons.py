"""Readings of progress as icon and word; never by colour alone."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.text.strings import Lang, text
from data.progress import ProgressReading

_PATHS: dict[ProgressReading, str] = {
    "at_or_better": "M3 8.5l3.2 3.2L13 5",
    "achieved": "M3 8.5l3.2 3.2L13 5",
    "on_track": "M3.5 12.5L12 4M6 4h6v6",
    "behind": "M3 8h9M8.5 4.5L12 8l-3.5 3.5",
    "far_behind": "M4 4l8 8M12 6v6H6",
    "moving_away": "M13 8H4M7.5 4.5L4 8l3.5 3.5",
    "no_progress": "M13 8H4M7.5 4.5L4 8l3.5 3.5",
    "not_clear": "M5.5 6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7M8 12.6v.3",
    "too_early": "M4.5 3h7M4.5 13h7M5.5 3c0 3 5 4 5 5s-5 2-5 5M10.5 3c0 3-5 4-5 5s5 2 5 5",
    "not_judged": "M4 8h8",
}


def icon(reading: ProgressReading, size: float = 16, **place: object) -> Element:
    """Draw the icon of a reading as an SVG element; ``place`` are attributes such as x and y inside a map."""
    return element(
        "svg",
        element("path", d=_PATHS[reading]),
        viewBox="0 0 16 16",
        width=size,
        height=size,
        class_=f"reading-icon {reading}",
        aria_hidden="true",
        **place,
    )


def labelled(reading: ProgressReading, lang: Lang, short: bool = False) -> Element:
    """Return the icon and the word of a reading."""
    word = text(lang, f"reading_short.{reading}" if short else f"reading.{reading}")
    return element("span", icon(reading), f" {word}", class_=f"reading {reading}")


def not_judged(reason: str, lang: Lang) -> Element:
    """Return the icon of what is not judged, with the reason."""
    return element(
        "span", icon("not_judged"), f" {text(lang, f'reason.{reason}')}", class_="reading not_judged"
    )
