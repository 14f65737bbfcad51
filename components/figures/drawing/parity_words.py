"""What the ways to parity say in words: sides of the city average, the floor, the pace."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import get_args

from components.figures.drawing.reading_icons import PACES
from components.text.number_formats import number
from components.text.sentences import names
from components.text.strings import Lang, text
from data import periods
from data.catalogue import Direction
from data.levels import Side, floor
from data.parity import Parity, gap


def levels_sentence(ways: Sequence[Parity], lang: Lang) -> str:
    """Write how many districts are better, about the same and worse, and what the pace of the others is."""
    order = [text(lang, f"side.{side}") for side in get_args(Side)] + [text(lang, "targets.no_figure")]
    sides = Counter(side_words(way, lang) for way in ways)
    sentences = [
        text(lang, "targets.matrix_sentence", parts=_parts({word: sides[word] for word in order}, lang))
    ]
    paces = Counter(way.progress.reading for way in ways if way.progress.reading in PACES)
    if paces:
        words = {text(lang, f"reading_short.{reading}"): count for reading, count in paces.most_common()}
        sentences.append(text(lang, "targets.pace_sentence", parts=_parts(words, lang)))
    return " ".join(sentences)


def _parts(counts: Mapping[str, int], lang: Lang) -> str:
    return ", ".join(
        text(lang, "targets.part", reading=word, count=count) for word, count in counts.items() if count
    )


def side_words(way: Parity, lang: Lang) -> str:
    """Write the side of the city average a district is on, or that there is no figure."""
    return text(lang, f"side.{way.side}" if way.side else "targets.no_figure")


def floor_words(way: Parity, lang: Lang) -> str:
    """Write whether a district keeps the floor, or nothing."""
    return (
        "" if way.keeps_floor is None else text(lang, f"targets.floor_{'yes' if way.keeps_floor else 'no'}")
    )


def floor_sentence(ways: Sequence[Parity], better: Direction, lang: Lang) -> str:
    """Write how many districts are beyond the floor and which, or that none is; nothing without figures."""
    valued = [way for way in ways if way.keeps_floor is not None]
    beyond = [way.area for way in valued if not way.keeps_floor]
    line = floor(better)
    if not valued or line is None:
        return ""
    return text(
        lang,
        f"targets.floor_{'' if beyond else 'none_'}{'below' if better == 'higher' else 'above'}",
        line=number(line, 0, lang),
        n=len(beyond),
        of=len(valued),
        names=names(beyond, lang),
    )


def pace_words(way: Parity, lang: Lang) -> str:
    """Write the change a year so far with its interval, or nothing where it has none."""
    progress = way.progress
    if progress.observed_per_year is None:
        return ""
    yearly = (progress.observed_per_year, progress.observed_low, progress.observed_high)
    slope, low, high = (number(float(change or 0), 1, lang, signed=True) for change in yearly)
    return text(lang, "targets.so_far", slope=slope, low=low, high=high)


def turn_words(way: Parity, lang: Lang) -> str:
    """Write how much of a gap had closed when the series turned, or nothing where it was not closing."""
    turned = way.turned
    if turned is None or way.base is None or way.latest is None or way.required_growth is None:
        return ""
    first, then, now = (abs(gap(point[1])) for point in (way.base, turned, way.latest))
    if not then < min(first, now) or (way.base[1] < 1) != (way.latest[1] < 1):
        return ""
    return text(
        lang,
        "targets.turned",
        year=periods.parse(turned[0]).year,
        closed=number(first - then, 1, lang),
        gap=number(first, 1, lang),
        open=number(now, 1, lang),
        last=periods.parse(way.latest[0]).year,
    )
