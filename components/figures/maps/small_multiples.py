"""One indicator over its periods as small maps on one scale."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.drawing.palette import DIVERGING, RELATIVE_BREAKS, relative_colour
from components.figures.maps.district_marks import MapEncoding, is_total, map_encoding
from components.figures.maps.map_svg import legend
from components.figures.maps.thumbnail import miniature
from components.selection import period_of, series_of
from components.text.formats import number, period_label, period_short
from components.text.sentences import (
    alternative_text,
    boundary_line,
    decimals_of,
    extremes_sentence,
    foot_lines,
    highest_to_lowest,
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
from data.transforms import transformed, value_of
from geo.districts import AREAS, DISTRICTS

MOST = 12


def multiples_figure(view: View, dataset: Dataset) -> Figure:
    """Up to twelve comparable periods up to the view's, evenly chosen, the first and the last always."""
    lang, figures = view.lang, series_of(view, dataset)
    now = period_of(view, figures)
    series = periods.parse(now).series
    by_district = figures.periods(series)
    known = [
        one
        for one in by_district or figures.periods(series, districts=False)
        if periods.comparable(one, now, figures.indicator.break_periods)
    ]
    chosen = known
    if len(known) > MOST:
        chosen = [known[round(at * (len(known) - 1) / (MOST - 1))] for at in range(MOST)]
    title = text(lang, "compare.multiples_title", title=title_of(figures, lang))
    total = is_total(figures)
    sentence = text(lang, "compare.multiples_totals") if total else extremes_sentence(figures, now, lang)
    rows = figures.table[figures.table["period"].isin(chosen)]
    table = rows.pivot(index="period", columns="area", values="value").reindex(index=chosen)
    table = table.reindex(columns=list(AREAS)).reset_index(names="period")
    table["period_label"] = [period_label(one, lang) for one in table["period"]]
    table["ratio"] = pd.Series([highest_to_lowest(figures, one) for one in chosen], dtype=float)
    few = rows[rows["few"].astype(bool)].groupby("period")["area"]
    table["few"] = table["period"].map({one: names(areas, lang) for one, areas in few})
    views = [replace(view, period=one) for one in chosen]
    maps = [] if total or not by_district else [_map(one, dataset, at == 0) for at, one in enumerate(views)]
    return Figure(
        dataset=dataset,
        uses=(Use.of(figures, *chosen),),
        view=view,
        title=title,
        subtitle=f"{unit_of(figures, lang)}. {text(lang, 'compare.multiples_unit')}",
        badge=reliability_badge(rows, lang),
        sentence=sentence,
        alt=alternative_text("map", title, sentence, lang),
        picture=element(
            "div",
            element("div", maps, class_="multiples"),
            legend(map_encoding(views[-1], dataset), lang, ranked=False) if maps else None,
        ),
        table=table,
        columns=(
            Column("period_label", text(lang, "ui.period")),
            *(Column(area, short_name(area, lang), decimals_of(figures)) for area in AREAS),
            Column("ratio", text(lang, "word.highest_to_lowest"), 2),
            Column("few", text(lang, "word.few")),
        ),
        foot=(*foot_lines(figures, rows, lang), boundary_line(lang)),
    )


def _map(view: View, dataset: Dataset, patterns: bool) -> Element:
    painted = map_encoding(view, dataset)
    label = period_short(painted.period, view.lang)
    picture = miniature(painted, label, view.lang, patterns)
    return element(
        "figure", picture, element("figcaption", link(replace(view, tab="districts"), "map", label))
    )


def topic_figure(view: View, dataset: Dataset) -> Figure:
    """Up to twelve indicators of the view's topic, each at its latest period, on one scale: city = 100."""
    lang, topic = view.lang, dataset.indicators[view.indicator].topic
    keys = [
        key
        for key, one in dataset.indicators.items()
        if one.topic == topic
        and "relative" in one.transforms
        and transformed(dataset, key, "relative").periods()
    ][:MOST]
    views = {key: replace(view.with_indicator(key), transform="relative", tab="districts") for key in keys}
    rows, uses = [], []
    maps: list[Element] = []
    for key, one in views.items():
        figures = transformed(dataset, key, "relative")
        period = period_of(one, figures)
        found, name = figures.at(period), dataset.indicators[key].short[lang]
        label = f"{name}, {period_short(period, lang)}"
        maps.append(
            element(
                "figure",
                miniature(_on_one_scale(map_encoding(one, dataset)), label, lang, patterns=not maps),
                element("figcaption", link(one, "map", name), element("small", period_short(period, lang))),
            )
        )
        rows.append({"title": name, "period_label": period_label(period, lang), **found["value"].to_dict()})
        uses.append(Use.of(figures, period))
    title = text(lang, "map.topic_title", topic=text(lang, f"topic.{topic}"))
    return Figure(
        dataset=dataset,
        uses=tuple(uses),
        view=view,
        title=title,
        subtitle=f"{text(lang, 'unit.relative')}. {text(lang, 'compare.multiples_unit')}",
        sentence="" if keys else text(lang, "compare.pair_none"),
        alt=title,
        picture=element("div", element("div", maps, class_="multiples"), _key(lang)),
        table=pd.DataFrame(rows, columns=["title", "period_label", *DISTRICTS]),
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("period_label", text(lang, "ui.period")),
            *(Column(area, short_name(area, lang), 0) for area in DISTRICTS),
        ),
        foot=(text(lang, "foot.few"), boundary_line(lang)),
    )


def _on_one_scale(painted: MapEncoding) -> MapEncoding:
    """The same marks in the colours that all indicators share."""
    rows = painted.figures.at(painted.period)
    marks = {
        area: replace(mark, fill=relative_colour(value_of(rows, area))) if mark.state == "value" else mark
        for area, mark in painted.marks.items()
    }
    return replace(painted, marks=marks)


def _key(lang: Lang) -> Element:
    """The shared classes: city = 100 in the middle."""
    steps = (
        element(
            "span",
            element("i", style=f"background:{colour}"),
            element("b", number(RELATIVE_BREAKS[at], 0, lang)) if at < len(RELATIVE_BREAKS) else None,
            class_="step",
        )
        for at, colour in enumerate(DIVERGING)
    )
    return element("div", element("span", steps, class_="steps"), class_="legend")
