"""Small maps on one scale: one indicator over its periods, or the indicators of a topic."""

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.drawing.palette import relative_scale
from components.figures.maps.district_marks import map_encoding
from components.figures.maps.map_svg import directed_steps, legend
from components.figures.maps.thumbnail import map_thumbnail
from components.selection import period_of, series_of
from components.text.number_formats import period_label, period_short
from components.text.sentences import (
    alternative_text,
    boundary_line,
    decimals_of,
    extremes_sentence,
    foot_lines,
    names,
    reliability_badge,
    short_name,
    title_of,
    unit_of,
)
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.ranks import extremes
from data.transforms import Series, transformed
from geo.districts import AREAS, DISTRICTS

MAX_MAPS = 12


def multiples_figure(view: View, dataset: Dataset) -> Figure:
    """Draw up to twelve comparable periods, evenly chosen, the first and the last always."""
    lang, series = view.lang, series_of(view, dataset)
    now = period_of(view, series)
    chosen = _periods(series, now)
    title = text(lang, "compare.multiples_title", title=title_of(series, lang))
    sentence = (
        text(lang, "compare.multiples_totals") if series.is_total else extremes_sentence(series, now, lang)
    )
    rows = series.table[series.table["period"].isin(chosen)]
    maps: list[Element] = []
    if not series.is_total and series.periods(periods.parse(now).series):
        for period in chosen:
            encoding = map_encoding(replace(view, period=period), dataset)
            label = period_short(period, lang)
            small = map_thumbnail(encoding, label, lang, patterns=not maps)
            caption = element("figcaption", link(replace(view, period=period, tab="districts"), "map", label))
            maps.append(element("figure", small, caption))
    return Figure(
        dataset=dataset,
        uses=(Use.of(series, *chosen),),
        view=view,
        title=title,
        subtitle=f"{unit_of(series, lang)}. {text(lang, 'compare.multiples_unit')}",
        badge=reliability_badge(rows, lang),
        sentence=sentence,
        alt=alternative_text("map", title, sentence, lang),
        picture=element(
            "div",
            element("div", maps, class_="multiples"),
            legend(encoding, lang, ranked=False) if maps else None,
        ),
        table=_table(series, chosen, view),
        columns=(
            Column("period_label", text(lang, "ui.period")),
            *(Column(area, short_name(area, lang), decimals_of(series)) for area in AREAS),
            Column("ratio", text(lang, "word.highest_to_lowest"), 2),
            Column("few", text(lang, "word.few")),
        ),
        foot=(*foot_lines(series, rows, lang), boundary_line(lang)),
    )


def _periods(series: Series, now: str) -> list[str]:
    """Choose periods comparable with one; of a series without districts, those of the city."""
    comparable = (
        series.comparable_with(now)
        if series.periods(periods.parse(now).series)
        else [
            period
            for period in series.periods(districts=False)
            if periods.comparable(period, now, series.indicator.break_periods)
        ]
    )
    if len(comparable) <= MAX_MAPS:
        return comparable
    return [comparable[round(index * (len(comparable) - 1) / (MAX_MAPS - 1))] for index in range(MAX_MAPS)]


def _table(series: Series, chosen: list[str], view: View) -> pd.DataFrame:
    """Return one row per period with the value of every area, their ratio, and who has few cases."""
    rows = series.table[series.table["period"].isin(chosen)]
    table = rows.pivot(index="period", columns="area", values="value").reindex(index=chosen)
    table = table.reindex(columns=list(AREAS)).reset_index(names="period")
    table["period_label"] = [period_label(period, view.lang) for period in chosen]
    table["ratio"] = pd.Series([extremes(series, period).ratio for period in chosen], dtype=float)
    few = rows[rows["few"].astype(bool)].groupby("period")["area"]
    table["few"] = table["period"].map({period: names(areas, view.lang) for period, areas in few})
    return table


def topic_figure(view: View, dataset: Dataset) -> Figure:
    """Draw up to twelve indicators of the view's topic, each at its latest period, all with city = 100."""
    lang, topic = view.lang, dataset.indicators[view.indicator].topic
    keys = [
        key
        for key, indicator in dataset.indicators.items()
        if indicator.topic == topic
        and "relative" in indicator.transforms
        and transformed(dataset, key, "relative").periods()
    ][:MAX_MAPS]
    rows, uses = [], []
    maps: list[Element] = []
    for key in keys:
        target = replace(view.with_indicator(key), transform="relative", tab="districts")
        series, name = transformed(dataset, key, "relative"), dataset.indicators[key].short[lang]
        period = period_of(target, series)
        when = period_short(period, lang)
        small = _on_one_scale(target, f"{name}, {when}", dataset, patterns=not maps)
        caption = element("figcaption", link(target, "map", name), element("small", when))
        maps.append(element("figure", small, caption))
        values = series.at(period)["value"].to_dict()
        rows.append({"title": name, "period_label": period_label(period, lang), **values})
        uses.append(Use.of(series, period))
    title = text(lang, "map.topic_title", topic=text(lang, f"topic.{topic}"))
    return Figure(
        dataset=dataset,
        uses=tuple(uses),
        view=view,
        title=title,
        subtitle=f"{text(lang, 'unit.relative')}. {text(lang, 'compare.multiples_unit')}",
        sentence="" if keys else text(lang, "compare.pair_none"),
        alt=title,
        picture=element(
            "div",
            element("div", maps, class_="multiples"),
            element("div", _scales(keys, dataset, lang), class_="legend"),
        ),
        table=pd.DataFrame(rows, columns=["title", "period_label", *DISTRICTS]),
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("period_label", text(lang, "ui.period")),
            *(Column(area, short_name(area, lang), 0) for area in DISTRICTS),
        ),
        foot=(text(lang, "foot.few"), boundary_line(lang)),
    )


def _scales(keys: Sequence[str], dataset: Dataset, lang: Lang) -> list[Element]:
    """Draw the scale of each direction that one of the indicators has."""
    directions = dict.fromkeys(dataset.indicators[key].better for key in keys)
    return [
        element("span", text(lang, f"better.{better}"), directed_steps(relative_scale(better), lang))
        for better in directions
    ]


def _on_one_scale(view: View, label: str, dataset: Dataset, patterns: bool) -> Element:
    """Draw the thumbnail of a view in the colours that all indicators share."""
    encoding = map_encoding(view, dataset)
    scale = relative_scale(dataset.indicators[view.indicator].better)
    marks = {
        area: mark if mark.value is None else replace(mark, fill=scale.colour(mark.value))
        for area, mark in encoding.marks.items()
    }
    return map_thumbnail(replace(encoding, marks=marks), label, view.lang, patterns)
