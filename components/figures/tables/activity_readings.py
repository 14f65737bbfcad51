"""The readings of all activities: what became more balanced, and what cannot be said yet."""

from collections import Counter
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.charts.centre_periphery import headline_value
from components.figures.drawing.activity import groups_sentence
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.drawing.uses import activity_uses
from components.text.formats import period_short
from components.text.sentences import counted
from components.text.strings import Lang, text
from components.view import View
from data.centre_periphery import ACTIVITIES
from data.centre_periphery_trend import Headline, headline
from data.dataset import Dataset


def readings_figure(view: View, dataset: Dataset) -> Figure:
    """Every named activity with its first and last value and its reading."""
    lang = view.lang
    found = {key: headline(dataset, key, None, view.auezov) for key in ACTIVITIES}
    rows = [_reading_row(key, one, dataset, lang) for key, one in found.items() if one]
    counts = Counter(one.reading for one in found.values() if one)
    parts = counted(counts.elements(), "centred", lang)
    sentence = text(lang, "polycentricity.readings_sentence", parts=parts)
    table = pd.DataFrame(rows)
    table["count"] = [counts[one.reading] for one in found.values() if one]
    return Figure(
        dataset=dataset,
        uses=tuple(
            use
            for key, one in found.items()
            if one
            for use in activity_uses(dataset, key, [at for at, _ in one.series[view.auezov]])
        ),
        view=view,
        title=text(lang, "polycentricity.readings_title"),
        subtitle=groups_sentence(view.auezov, lang),
        sentence=sentence,
        alt=sentence,
        picture=element("div", (_reading_line(row, view) for row in rows), class_="readings", role="list"),
        table=table,
        columns=(
            Column("title", text(lang, "ui.activity")),
            Column("kind", text(lang, "polycentricity.measure")),
            Column("first", text(lang, "polycentricity.first")),
            Column("before", text(lang, "word.value"), 2),
            Column("last", text(lang, "polycentricity.last")),
            Column("after", text(lang, "word.value"), 2),
            Column("change", text(lang, "polycentricity.change"), 1, signed=True),
            Column("reading", text(lang, "polycentricity.reading")),
            Column("count", text(lang, "targets.count_all"), 0),
        ),
        foot=(),
    )


def _reading_row(key: str, found: Headline, dataset: Dataset, lang: Lang) -> dict[str, object]:
    unit = 100 if found.kind == "share" else 1
    return {
        "indicator": key,
        "title": dataset.indicators[key].short[lang],
        "kind": text(lang, f"polycentricity.{found.kind}"),
        "first": period_short(found.base[0], lang),
        "before": found.base[1] * unit,
        "last": period_short(found.latest[0], lang),
        "after": found.latest[1] * unit,
        "change": found.changes[found.auezov] * 100 if found.base != found.latest else None,
        "reading": text(lang, f"centred.{found.reading}"),
        "found": found,
    }


def _reading_line(row: Mapping[str, Any], view: View) -> Element:
    """One activity: name, the way from its first to its last value, and the reading."""
    lang, found = view.lang, row["found"]
    chosen = view.with_indicator(row["indicator"])
    percent = "%" if found.kind == "share" else ""
    last = headline_value(found.kind, found.latest[1], lang) + percent
    way = last
    if found.base != found.latest:
        way = f"{headline_value(found.kind, found.base[1], lang)}{percent} → {last}"
    spans = row["last"] if found.base == found.latest else f"{row['first']} – {row['last']}"
    measurable = found.reading not in ("snapshot", "no_change", "few")
    return element(
        "div",
        element("span", link(chosen, "polycentricity", row["title"]), class_="name"),
        element("b", way),
        element("small", f"{row['kind']}, {spans}"),
        element("span", row["reading"], class_="verdict" + (" measurable" if measurable else "")),
        class_="reading-row",
        role="listitem",
    )
