"""The way to parity: all districts and indicators with a target at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.frame import scrolling_table
from components.figures.drawing.markup import element
from components.figures.drawing.parity_words import floor_words, levels_sentence, side_words
from components.figures.drawing.provenance import parity_uses
from components.figures.drawing.reading_icons import PACES, labelled, not_judged, side_label
from components.selection import parity_indicators
from components.text.number_formats import number
from components.text.sentences import short_name
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.levels import FLOOR
from data.parity import Parity, gap, parity
from geo.districts import DISTRICTS


def matrix_figure(view: View, dataset: Dataset) -> Figure:
    """Draw district × parity indicator: gap, side of the city, direction, pace; fits one A4 landscape."""
    lang = view.lang
    ways = {key: parity(dataset, key, view.horizon) for key in parity_indicators(dataset)}
    head = element(
        "tr",
        element("th", text(lang, "ui.district"), scope="col"),
        (element("th", dataset.indicators[key].short[lang], scope="col") for key in ways),
    )
    rows = (
        element(
            "tr",
            element("th", short_name(district, lang), scope="row"),
            (_cell(of_indicator[index], lang) for of_indicator in ways.values()),
        )
        for index, district in enumerate(DISTRICTS)
    )
    every = [way for of_indicator in ways.values() for way in of_indicator]
    sentence = levels_sentence(every, lang)
    return Figure(
        dataset=dataset,
        uses=tuple(use for key in ways for use in parity_uses(dataset, key, view.horizon)),
        view=view,
        title=text(lang, "targets.parity_title"),
        subtitle=text(lang, "targets.parity_ours", year=view.horizon),
        sentence=sentence,
        alt=sentence,
        picture=scrolling_table(
            "matrix", head, [*rows, _floor_row(ways, lang)], label=text(lang, "targets.parity_title")
        ),
        table=pd.DataFrame(list(_rows(ways, dataset, lang))),
        columns=(
            Column("indicator", text(lang, "ui.indicator")),
            Column("name", text(lang, "ui.district")),
            Column("gap", text(lang, "targets.gap"), 0, signed=True),
            Column("side", text(lang, "targets.level")),
            Column("side_count", text(lang, "targets.count_all"), 0),
            Column("reading", text(lang, "targets.reading")),
            Column("count", text(lang, "targets.count_all"), 0),
            Column("floor", text(lang, "targets.floor_column", line=f"{FLOOR:.0f}")),
        ),
        foot=(text(lang, "targets.matrix_key"),),
    )


def _rows(
    ways: Mapping[str, tuple[Parity, ...]], dataset: Dataset, lang: Lang
) -> Iterator[dict[str, object]]:
    every = [way for of_indicator in ways.values() for way in of_indicator]
    sides, readings = Counter(way.side for way in every), Counter(way.progress.reading for way in every)
    for key, of_indicator in ways.items():
        for way in of_indicator:
            yield {
                "indicator": dataset.indicators[key].short[lang],
                "name": short_name(way.area, lang),
                "gap": gap(way.latest[1]) if way.latest else None,
                "side": side_words(way, lang),
                "side_count": sides[way.side],
                "reading": text(lang, f"reading.{way.progress.reading}"),
                "count": readings[way.progress.reading],
                "floor": floor_words(way, lang),
            }


def _floor_row(ways: Mapping[str, tuple[Parity, ...]], lang: Lang) -> Element:
    """Draw how many districts of each indicator are beyond the floor."""
    cells = []
    for of_indicator in ways.values():
        kept = [way.keeps_floor for way in of_indicator if way.keeps_floor is not None]
        words = text(lang, "targets.floor_n", n=kept.count(False), of=len(kept)) if kept else "–"
        cells.append(element("td", words))
    return element("tr", element("th", text(lang, "targets.floor"), scope="row"), cells, class_="floor")


def _cell(way: Parity, lang: Lang) -> Element:
    progress = way.progress
    if way.latest is None or way.side is None:
        return element("td", not_judged(str(progress.reason), lang))
    return element(
        "td",
        element("b", number(gap(way.latest[1]), 0, lang, signed=True)),
        element("span", _direction(way), class_="direction") if len(way.series) > 1 else None,
        side_label(way.side, lang),
        labelled(progress.reading, lang, short=True) if progress.reading in PACES else None,
        title=text(lang, f"reason.{progress.reason}") if progress.reason else None,
    )


def _direction(way: Parity) -> str:
    """Return an arrow: the gap to the city has risen or fallen since the base."""
    change = way.series[-1][1] - way.series[0][1]
    return " ↑" if change > 0 else " ↓" if change < 0 else " ="
