"""The readings of all activities: what became more balanced, and what cannot be said yet."""

from collections import Counter
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.charts.centre_periphery import headline_value
from components.figures.drawing.activity_figure import groups_sentence
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.drawing.provenance import activity_uses
from components.text.number_formats import period_short
from components.text.sentences import counted
from components.text.strings import Lang, text
from components.view import View
from data.centre_periphery import ACTIVITIES
from data.centre_periphery_trend import Headline, headline
from data.dataset import Dataset


def readings_figure(view: View, dataset: Dataset) -> Figure:
    """Draw every named activity with its first and last value and its reading."""
    lang = view.lang
    headlines = {key: headline(dataset, key, None, view.auezov) for key in ACTIVITIES}
    balances = {key: balance for key, balance in headlines.items() if balance}
    counts = Counter(balance.reading for balance in balances.values())
    parts = counted((text(lang, f"centred.{reading}") for reading in counts.elements()), lang)
    sentence = text(lang, "polycentricity.readings_sentence", parts=parts)
    return Figure(
        dataset=dataset,
        uses=tuple(
            use
            for key, balance in balances.items()
            for use in activity_uses(dataset, key, [period for period, _ in balance.series[view.auezov]])
        ),
        view=view,
        title=text(lang, "polycentricity.readings_title"),
        subtitle=groups_sentence(view.auezov, lang),
        sentence=sentence,
        alt=sentence,
        picture=element(
            "div",
            (_reading_line(key, balance, view, dataset) for key, balance in balances.items()),
            class_="readings",
            role="list",
        ),
        table=pd.DataFrame(
            [
                {**_reading_row(key, balance, dataset, lang), "count": counts[balance.reading]}
                for key, balance in balances.items()
            ]
        ),
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
    )


def _reading_row(key: str, balance: Headline, dataset: Dataset, lang: Lang) -> dict[str, object]:
    unit = 100 if balance.kind == "share" else 1
    return {
        "indicator": key,
        "title": dataset.indicators[key].short[lang],
        "kind": text(lang, f"polycentricity.{balance.kind}"),
        "first": period_short(balance.base[0], lang),
        "before": balance.base[1] * unit,
        "last": period_short(balance.latest[0], lang),
        "after": balance.latest[1] * unit,
        "change": balance.changes[balance.auezov] * 100 if balance.base != balance.latest else None,
        "reading": text(lang, f"centred.{balance.reading}"),
    }


def _reading_line(key: str, balance: Headline, view: View, dataset: Dataset) -> Element:
    """Draw one activity: name, the way from its first to its last value, and the reading."""
    lang = view.lang
    points = [balance.latest] if balance.base == balance.latest else [balance.base, balance.latest]
    percent = "%" if balance.kind == "share" else ""
    values = (headline_value(balance.kind, value, lang) + percent for _, value in points)
    span = " – ".join(period_short(period, lang) for period, _ in points)
    kind = text(lang, f"polycentricity.{balance.kind}")
    measurable = balance.reading not in ("snapshot", "no_change", "few")
    reading = text(lang, f"centred.{balance.reading}")
    name = link(view.with_indicator(key), "polycentricity", dataset.indicators[key].short[lang])
    return element(
        "div",
        element("span", name, class_="name"),
        element("b", " → ".join(values)),
        element("small", f"{kind}, {span}"),
        element("span", reading, class_="verdict" + (" measurable" if measurable else "")),
        class_="reading-row",
        role="listitem",
    )
