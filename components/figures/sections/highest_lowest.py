"""The highest district against the lowest, now and a few years ago."""

from dataclasses import replace
from typing import TypedDict
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.text.number_formats import number, period_short
from components.text.sentences import short_name, title_of, value_text
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.catalogue import Transform
from data.dataset import Dataset
from data.ranks import extremes, rank_intervals
from data.transforms import Series, transformed, value_of

NAMED: tuple[tuple[str, Transform], ...] = (
    ("avg_wage", "relative"),
    ("sme_active", "per_1000"),
    ("school_places_opened", "per_1000"),
)
"""Income, work near home, services near home."""


class Extremes(TypedDict):
    """The highest and the lowest district of a series at one period, and their ratio."""

    title: str
    period: str
    high_name: str
    high: float
    low_name: str
    low: float
    ratio: float | None


def gaps_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the highest against the lowest district for three indicators, now and a few years ago."""
    lang = view.lang
    rows: list[Extremes] = []
    blocks, uses = [], []
    for key, transform in NAMED:
        series = transformed(dataset, key, transform)
        latest, before = _latest_and_before(series)
        extremes = [_extremes(series, period, lang) for period in (latest, before) if period]
        rows += extremes
        uses.append(Use.of(series, latest, before))
        target = replace(view.with_indicator(key), transform=transform)
        blocks.append(_gap_block(extremes, link(target, "map", title_of(series, lang)), series, lang))
    return Figure(
        dataset=dataset,
        uses=tuple(uses),
        view=view,
        title=text(lang, "overview.gaps"),
        alt=text(lang, "overview.gaps"),
        picture=element("div", blocks, class_="gaps"),
        table=pd.DataFrame(rows),
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("period", text(lang, "ui.period")),
            Column("high_name", text(lang, "ui.district")),
            Column("high", text(lang, "word.value"), 0),
            Column("low_name", text(lang, "ui.district")),
            Column("low", text(lang, "word.value"), 0),
            Column("ratio", text(lang, "word.highest_to_lowest"), 2),
        ),
    )


def _latest_and_before(series: Series) -> tuple[str, str | None]:
    """Return the latest period, and the earliest comparable one that has the same districts."""
    *earlier, latest = series.periods(periods.preferred_series(series.periods()))
    same = [
        period
        for period in earlier
        if periods.comparable(period, latest, series.indicator.break_periods)
        and set(rank_intervals(series, period)) == set(rank_intervals(series, latest))
    ]
    return latest, same[0] if same else None


def _extremes(series: Series, period: str, lang: Lang) -> Extremes:
    rows = series.at(period)
    ends = extremes(series, period)
    high, low = ends.highest[0], ends.lowest[0]
    return {
        "title": title_of(series, lang),
        "period": period_short(period, lang),
        "high_name": short_name(high, lang),
        "high": value_of(rows, high),
        "low_name": short_name(low, lang),
        "low": value_of(rows, low),
        "ratio": ends.ratio,
    }


def _gap_block(extremes: list[Extremes], title: Element, series: Series, lang: Lang) -> Element:
    """Draw the bars of one indicator, the latest first, on one scale from zero."""
    reach = max(row["high"] for row in extremes)
    bars = []
    for index, row in enumerate(extremes):
        low, high = row["low"], row["high"]
        left, width = low / reach * 100, (high - low) / reach * 100
        ends = (
            f"{row['low_name']}\u00a0{value_text(series, low, lang)} – "
            f"{row['high_name']}\u00a0{value_text(series, high, lang)}"
        )
        ratio = "–" if row["ratio"] is None else f"{number(row['ratio'], 2, lang)} : 1"
        bars.append(
            element(
                "div",
                element("span", element("span", f"{row['period']}: ", class_="period"), ends),
                element("b", ratio),
                element(
                    "span",
                    element("i", style=f"left:{left:.1f}%;width:{width:.1f}%"),
                    class_="track",
                    aria_hidden="true",
                ),
                class_="gap" + (" before" if index else ""),
            )
        )
    return element("div", element("h3", title), bars, class_="gap-block")
