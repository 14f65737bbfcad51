"""The highest district against the lowest, now and a few years ago."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.text.formats import number, period_short
from components.text.sentences import (
    highest_to_lowest,
    short_name,
    title_of,
    value_text,
)
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.catalogue import Transform
from data.dataset import Dataset
from data.transforms import Series, ranks, transformed, value_of

NAMED: tuple[tuple[str, Transform], ...] = (
    ("avg_wage", "relative"),
    ("sme_active", "per_1000"),
    ("school_places_opened", "per_1000"),
)
"""Income, work near home, services near home."""


def gaps_figure(view: View, dataset: Dataset) -> Figure:
    """For three indicators the highest against the lowest district, now and a few years ago."""
    lang = view.lang
    rows, blocks, uses = [], [], []
    for key, transform in NAMED:
        shown = transformed(dataset, key, transform)
        now, before = _now_and_before(shown)
        found = [_extremes(shown, period, lang) for period in (now, before) if period]
        rows += found
        uses.append(Use.of(shown, now, before))
        target = replace(view.with_indicator(key), transform=transform)
        blocks.append(_gap_block(found, link(target, "map", title_of(shown, lang)), shown, lang))
    table = pd.DataFrame(rows)
    return Figure(
        dataset=dataset,
        uses=tuple(uses),
        view=view,
        title=text(lang, "overview.gaps"),
        subtitle="",
        sentence="",
        alt=text(lang, "overview.gaps"),
        picture=element("div", blocks, class_="gaps"),
        table=table,
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("period", text(lang, "ui.period")),
            Column("high_name", text(lang, "ui.district")),
            Column("high", text(lang, "word.value"), 0),
            Column("low_name", text(lang, "ui.district")),
            Column("low", text(lang, "word.value"), 0),
            Column("ratio", text(lang, "word.highest_to_lowest"), 2),
        ),
        foot=(),
    )


def _now_and_before(shown: Series) -> tuple[str, str | None]:
    """The latest period, and the earliest comparable one that has the same districts."""
    known = shown.periods(periods.preferred_series(shown.periods()))
    now = known[-1]
    same = [
        period
        for period in known[:-1]
        if periods.comparable(period, now, shown.indicator.break_periods)
        and set(ranks(shown.at(period))) == set(ranks(shown.at(now)))
    ]
    return now, same[0] if same else None


def _extremes(shown: Series, period: str, lang: Lang) -> dict[str, object]:
    rows = shown.at(period)
    order = list(ranks(rows))
    high, low = str(order[0]), str(order[-1])
    return {
        "title": title_of(shown, lang),
        "period": period_short(period, lang),
        "high_name": short_name(high, lang),
        "high": value_of(rows, high),
        "low_name": short_name(low, lang),
        "low": value_of(rows, low),
        "ratio": highest_to_lowest(shown, period),
    }


def _gap_block(found: list[dict[str, object]], title: Element, shown: Series, lang: Lang) -> Element:
    reach = max(float(row["high"]) for row in found)  # type: ignore[arg-type]
    lines = []
    for at, row in enumerate(found):
        low, high = float(row["low"]), float(row["high"])  # type: ignore[arg-type]
        left, width = low / reach * 100, (high - low) / reach * 100
        ends = (
            f"{row['low_name']}\u00a0{value_text(shown, low, lang)} – "
            f"{row['high_name']}\u00a0{value_text(shown, high, lang)}"
        )
        lines.append(
            element(
                "div",
                element("span", element("span", f"{row['period']}: ", class_="period"), ends),
                element("b", f"{number(float(row['ratio']), 2, lang)} : 1"),  # type: ignore[arg-type]
                element(
                    "span",
                    element("i", style=f"left:{left:.1f}%;width:{width:.1f}%"),
                    class_="track",
                    aria_hidden="true",
                ),
                class_="gap" + ("" if at == 0 else " before"),
            )
        )
    return element("div", element("h3", title), lines, class_="gap-block")
