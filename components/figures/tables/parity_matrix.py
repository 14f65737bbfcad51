"""The way to parity: all districts and indicators with a target at once."""

from collections import Counter
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.markup import element
from components.figures.drawing.reading_icons import icon, labelled
from components.figures.drawing.uses import parity_uses
from components.selection import parity_indicators
from components.text.formats import number
from components.text.sentences import counted, short_name
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.target_assessment import Parity, gap, parity
from geo.districts import DISTRICTS


def matrix_figure(view: View, dataset: Dataset) -> Figure:
    """District × parity indicator: level, direction and reading; fits one A4 landscape."""
    lang = view.lang
    found = {key: parity(dataset, key, view.horizon) for key in parity_indicators(dataset)}
    head = element(
        "tr",
        element("th", text(lang, "ui.district"), scope="col"),
        (element("th", dataset.indicators[key].short[lang], scope="col") for key in found),
    )
    rows = (
        element(
            "tr",
            element("th", short_name(district, lang), scope="row"),
            (_cell(own[at], lang) for own in found.values()),
        )
        for at, district in enumerate(DISTRICTS)
    )
    counts = Counter(one.progress.reading for own in found.values() for one in own)
    parts = counted(counts.elements(), "reading_short", lang)
    sentence = text(lang, "targets.matrix_sentence", parts=parts)
    table = pd.DataFrame(
        [
            {
                "indicator": dataset.indicators[key].short[lang],
                "name": short_name(one.area, lang),
                "gap": gap(one.latest[1]) if one.latest else None,
                "reading": text(lang, f"reading.{one.progress.reading}"),
                "count": counts[one.progress.reading],
            }
            for key, own in found.items()
            for one in own
        ]
    )
    return Figure(
        dataset=dataset,
        uses=tuple(use for key in found for use in parity_uses(dataset, key, view.horizon)),
        view=view,
        title=text(lang, "targets.parity_title"),
        subtitle=text(lang, "targets.parity_ours", year=view.horizon),
        sentence=sentence,
        alt=sentence,
        picture=element(
            "div",
            element("table", element("thead", head), element("tbody", rows), class_="matrix"),
            class_="table-scroll",
            tabindex=0,
            role="region",
            aria_label=text(lang, "targets.parity_title"),
        ),
        table=table,
        columns=(
            Column("indicator", text(lang, "ui.indicator")),
            Column("name", text(lang, "ui.district")),
            Column("gap", text(lang, "targets.gap"), 0, signed=True),
            Column("reading", text(lang, "targets.reading")),
            Column("count", text(lang, "targets.count_all"), 0),
        ),
        foot=(text(lang, "targets.matrix_key"), text(lang, "foot.few")),
    )


def _cell(one: Parity, lang: Lang) -> Element:
    few = one.progress.reason == "few_cases"
    if one.latest is None or few:
        reason = text(lang, f"reason.{one.progress.reason}")
        return element("td", element("span", icon("not_judged"), " " + reason, class_="reading not_judged"))
    return element(
        "td",
        element("b", number(gap(one.latest[1]), 0, lang, signed=True)),
        element("span", _direction(one), class_="direction") if len(one.series) > 1 else None,
        labelled(one.progress.reading, lang, short=True),
        title=text(lang, f"reason.{one.progress.reason}") if one.progress.reason else None,
    )


def _direction(one: Parity) -> str:
    """An arrow: the gap to the city has risen or fallen since the base."""
    change = one.series[-1][1] - one.series[0][1]
    return " ↑" if change > 0 else " ↓" if change < 0 else " ="
