"""Readings of progress and sides of the city average as icon and word; never by colour alone."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.text.strings import Lang, text
from data.levels import Side
from data.progress import ProgressReading

_PATHS: dict[ProgressReading, str] = {
    "at_or_better": "M3 8.5l3.2 3.2L13 5",
    "about": "M3 6.2c2-2 3.5 1.8 5 0s3-1.8 5 0M3 10.6c2-2 3.5 1.8 5 0s3-1.8 5 0",
    "achieved": "M3 8.5l3.2 3.2L13 5",
    "missed": "M4 4l8 8M12 4l-8 8",
    "followed": "M8 8h.1",
    "on_track": "M3.5 12.5L12 4M6 4h6v6",
    "behind": "M3 8h9M8.5 4.5L12 8l-3.5 3.5",
    "far_behind": "M4 4l8 8M12 6v6H6",
    "moving_away": "M13 8H4M7.5 4.5L4 8l3.5 3.5",
    "no_progress": "M13 8H4M7.5 4.5L4 8l3.5 3.5",
    "not_clear": "M5.5 6a2.5 2.5 0 1 1 3.6 2.3c-.8.4-1.1.9-1.1 1.7M8 12.6v.3",
    "too_early": "M4.5 3h7M4.5 13h7M5.5 3c0 3 5 4 5 5s-5 2-5 5M10.5 3c0 3-5 4-5 5s5 2 5 5",
    "not_judged": "M4 8h8",
}


PACES: frozenset[ProgressReading] = frozenset(
    {"too_early", "not_clear", "on_track", "behind", "far_behind", "moving_away", "no_progress"}
)
"""Readings that say something of a pace, or why nothing can be said yet."""


def icon(reading: ProgressReading, size: float = 16, **place: object) -> Element:
    """Draw the icon of a reading as an SVG element; ``place`` are attributes such as x and y inside a map."""
    return _drawn(_PATHS[reading], f"reading-icon {reading}", size, **place)


def _drawn(path: str, kind: str, size: float, **place: object) -> Element:
    return element(
        "svg",
        element("path", d=path),
        viewBox="0 0 16 16",
        width=size,
        height=size,
        class_=kind,
        aria_hidden="true",
        **place,
    )


def labelled(reading: ProgressReading, lang: Lang, short: bool = False) -> Element:
    """Return the icon and the word of a reading."""
    word = text(lang, f"reading_short.{reading}" if short else f"reading.{reading}")
    return element("span", icon(reading), f" {word}", class_=f"reading {reading}")


_SIDES: dict[Side, str] = {
    "better": "M8 12.5v-9M4.5 7L8 3.5 11.5 7",
    "about": _PATHS["about"],
    "worse": "M8 3.5v9M4.5 9L8 12.5 11.5 9",
}


def side_label(side: Side, lang: Lang) -> Element:
    """Return the icon and the words of a side of the city average."""
    picture = _drawn(_SIDES[side], f"reading-icon {side}", 16)
    return element("span", picture, f" {text(lang, f'side.{side}')}", class_=f"side {side}")


def not_judged(reason: str, lang: Lang) -> Element:
    """Return the icon of what is not judged, with the reason."""
    return element(
        "span", icon("not_judged"), f" {text(lang, f'reason.{reason}')}", class_="reading not_judged"
    )
