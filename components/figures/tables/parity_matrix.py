"""The way to parity: all districts and indicators with a target at once."""

from collections import Counter
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.frame import scrolling_table
from components.figures.drawing.markup import element
from components.figures.drawing.provenance import parity_uses
from components.figures.drawing.reading_icons import labelled, not_judged
from components.selection import parity_indicators
from components.text.number_formats import number
from components.text.sentences import counted, short_name
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.parity import Parity, gap, parity
from geo.districts import DISTRICTS


def matrix_figure(view: View, dataset: Dataset) -> Figure:
    """Draw district × parity indicator: level, direction and reading; fits one A4 landscape."""
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
    counts = Counter(way.progress.reading for of_indicator in ways.values() for way in of_indicator)
    parts = counted((text(lang, f"reading_short.{reading}") for reading in counts.elements()), lang)
    sentence = text(lang, "targets.matrix_sentence", parts=parts)
    return Figure(
        dataset=dataset,
        uses=tuple(use for key in ways for use in parity_uses(dataset, key, view.horizon)),
        view=view,
        title=text(lang, "targets.parity_title"),
        subtitle=text(lang, "targets.parity_ours", year=view.horizon),
        sentence=sentence,
        alt=sentence,
        picture=scrolling_table("matrix", head, rows, label=text(lang, "targets.parity_title")),
        table=pd.DataFrame(
            [
                {
                    "indicator": dataset.indicators[key].short[lang],
                    "name": short_name(way.area, lang),
                    "gap": gap(way.latest[1]) if way.latest else None,
                    "reading": text(lang, f"reading.{way.progress.reading}"),
                    "count": counts[way.progress.reading],
                }
                for key, of_indicator in ways.items()
                for way in of_indicator
            ]
        ),
        columns=(
            Column("indicator", text(lang, "ui.indicator")),
            Column("name", text(lang, "ui.district")),
            Column("gap", text(lang, "targets.gap"), 0, signed=True),
            Column("reading", text(lang, "targets.reading")),
            Column("count", text(lang, "targets.count_all"), 0),
        ),
        foot=(text(lang, "targets.matrix_key"), text(lang, "foot.few")),
    )


def _cell(way: Parity, lang: Lang) -> Element:
    progress = way.progress
    if way.latest is None or progress.reason == "few_cases":
        return element("td", not_judged(str(progress.reason), lang))
    return element(
        "td",
        element("b", number(gap(way.latest[1]), 0, lang, signed=True)),
        element("span", _direction(way), class_="direction") if len(way.series) > 1 else None,
        labelled(progress.reading, lang, short=True),
        title=text(lang, f"reason.{progress.reason}") if progress.reason else None,
    )


def _direction(way: Parity) -> str:
    """Return an arrow: the gap to the city has risen or fallen since the base."""
    change = way.series[-1][1] - way.series[0][1]
    return " ↑" if change > 0 else " ↓" if change < 0 else " ="
