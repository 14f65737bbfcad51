"""Where the city stands: the figures of the first page."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.line_svg import line_picture
from components.figures.drawing.markup import element
from components.figures.drawing.uses import activity_uses
from components.figures.maps.district_marks import map_encoding
from components.figures.maps.thumbnail import map_thumbnail
from components.selection import parity_indicators
from components.text.formats import number, period_label, period_short
from components.text.sentences import (
    decimals_of,
    names,
    short_name,
    title_of,
    value_text,
)
from components.text.strings import text
from components.view import View
from data import periods
from data.catalogue import Source
from data.centre_periphery import SCHOOLS, classes
from data.centre_periphery_trend import headline
from data.dataset import Dataset
from data.largest_moves import largest_moves
from data.target_assessment import announced, parity
from data.transforms import transformed, value_of
from geo.districts import CITY, declarations

MOVES = 5
SOURCES = 5


def thumbnail(view: View, dataset: Dataset) -> Element:
    """A small map of the view's indicator, without names, that leads to the Map page."""
    encoding = map_encoding(view, dataset)
    label = f"{title_of(encoding.series, view.lang)}, {period_label(encoding.period, view.lang)}"
    svg = map_thumbnail(encoding, label, view.lang)
    return element("figure", svg, element("figcaption", link(view, "map", label)), class_="thumbnail")


def progress_sentences(view: View, dataset: Dataset) -> tuple[Element, str]:
    """What the parity readings say in all, with a link to the Targets page, and how much can be judged."""
    lang = view.lang
    readings = [one.progress.reading for key in parity_indicators(dataset) for one in parity(dataset, key)]
    judged = [reading for reading in readings if reading != "not_judged"]
    counts = {
        "judged": len(judged),
        "better": judged.count("at_or_better"),
        "track": judged.count("on_track"),
    }
    rows = announced(dataset)
    announced_counts = {
        "n": len(rows),
        "judged": sum(one.progress is not None for one in rows),
        "published": sum(one.reason == "not_published" for one in rows),
    }
    sentence = text(lang, "overview.parity_sentence", **counts)
    more = link(view, "targets", text(lang, "page.targets"))
    return element("span", sentence + " ", more), text(lang, "targets.announced_sentence", **announced_counts)


def wage_figure(view: View, dataset: Dataset) -> Figure:
    """The strategy's own example: the wage of Medeu against Nauryzbay since 2017."""
    lang = view.lang
    shown = transformed(dataset, "avg_wage", "value")
    known = shown.periods("year")
    ratio = {
        period: value_of(rows, "medeu") / value_of(rows, "nauryzbay")
        for period in known
        for rows in [shown.at(period)]
        if {"medeu", "nauryzbay"} <= set(rows.index)
    }
    last = known[-1]
    low = min(ratio, key=lambda period: ratio[period])
    lowest = str(shown.at(last).drop(CITY)["value"].idxmin())
    sentence = text(
        lang,
        "overview.wage_sentence",
        r2019=number(ratio["2019"], 2, lang),
        low_year=low,
        low=number(ratio[low], 2, lang),
        last_year=last,
        last=number(ratio[last], 2, lang),
        lowest=short_name(lowest, lang),
        lowest_in=declarations()[lowest]["locative"][lang],
    )
    points = [
        (periods.parse(period).moment, value, period, number(value, 2, lang))
        for period, value in ratio.items()
    ]
    order = list(ratio)
    labelled = [0, order.index("2019"), order.index(low), len(order) - 1]
    return Figure(
        dataset=dataset,
        uses=(Use.of(shown, *known),),
        view=view,
        title=text(lang, "overview.wage_title"),
        subtitle="",
        sentence=sentence,
        alt=sentence,
        picture=line_picture(points, labelled, (2.0, text(lang, "overview.twice"))),
        table=pd.DataFrame({"period": order, "ratio": list(ratio.values())}),
        columns=(
            Column("period", text(lang, "ui.period")),
            Column("ratio", text(lang, "overview.wage_title"), 2),
        ),
        foot=(text(lang, "overview.wage_note"),),
    )


def schools_figure(view: View, dataset: Dataset) -> Figure:
    """The centre's share of school places since 1990, as the Polycentricity page reads it."""
    lang, key = view.lang, SCHOOLS
    found = headline(dataset, key, None, view.auezov)
    if found is None:
        raise ValueError(f"{key} has no share of the centre")
    share = {periods.parse(at).year: value * 100 for at, value in found.series[view.auezov]}
    first, last = (periods.parse(at).year for at, _ in (found.base, found.latest))
    centre = (area for area, inner in classes(view.auezov).items() if inner)
    sentence = text(
        lang,
        "overview.school_sentence",
        first=first,
        last=last,
        before=number(share[first], 1, lang),
        after=number(share[last], 1, lang),
        centre=names(centre, lang),
        reading=text(lang, f"centred_sentence.{found.reading}"),
    )
    points = [
        (
            periods.parse(at).moment,
            value * 100,
            str(periods.parse(at).year),
            text(lang, "word.percent", n=number(value * 100, 1, lang)),
        )
        for at, value in found.series[view.auezov]
    ]
    order = list(share)
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, key, [at for at, _ in found.series[view.auezov]]),
        view=view,
        title=text(lang, "overview.school_title"),
        subtitle="",
        sentence=sentence,
        alt=sentence,
        picture=element(
            "div",
            line_picture(points, [0, order.index(first), order.index(2010), len(order) - 1]),
            element("p", link(view, "polycentricity", text(lang, "page.polycentricity")), class_="more"),
        ),
        table=pd.DataFrame({"period": order, "share": list(share.values())}),
        columns=(
            Column("period", text(lang, "ui.period")),
            Column("share", text(lang, "overview.school_title"), 1),
        ),
        foot=(text(lang, "overview.school_note"),),
    )


def moves_figure(view: View, dataset: Dataset) -> Figure:
    """The largest moves relative to the city between the last two equal periods."""
    lang = view.lang
    table = largest_moves(dataset).head(MOVES).copy()
    table["name"] = [short_name(area, lang) for area in table["area"]]
    table["title"] = [dataset.indicators[key].short[lang] for key in table["indicator"]]
    table["span"] = [
        f"{period_short(before, lang)} – {period_short(after, lang)}"
        for before, after in zip(table["before"], table["after"], strict=True)
    ]
    lines = (_move(row, view, dataset) for _, row in table.iterrows())
    return Figure(
        dataset=dataset,
        uses=tuple(
            Use(row["indicator"], "relative", (row["before"], row["after"]))
            for row in table.to_dict("records")
        ),
        view=view,
        title=text(lang, "overview.moves"),
        subtitle="",
        sentence=text(lang, "overview.moves_sentence"),
        alt=text(lang, "overview.moves_sentence"),
        picture=element("ol", lines, class_="moves"),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("title", text(lang, "ui.indicator")),
            Column("span", text(lang, "ui.period")),
            Column("value_before", text(lang, "word.value"), 0),
            Column("value_after", text(lang, "word.value"), 0),
            Column("change", text(lang, "word.change"), 0, signed=True),
        ),
        foot=(),
    )


def _move(row: pd.Series, view: View, dataset: Dataset) -> Element:
    lang = view.lang
    shown = transformed(dataset, row["indicator"], "relative")
    target = replace(
        view.with_indicator(row["indicator"]),
        transform="relative",
        period=row["after"],
        district=(row["area"],),
    )
    before, after = (value_text(shown, row[f"value_{side}"], lang) for side in ("before", "after"))
    return element(
        "li",
        element("b", number(row["change"], decimals_of(shown), lang, signed=True)),
        element(
            "span",
            element("strong", row["name"]),
            " · ",
            link(target, "map", row["title"]),
            element("small", f"{before} → {after}, {row['span']}"),
        ),
    )


def source_ages(view: View, dataset: Dataset, today: date) -> Element:
    """Every source with the latest period it gives and how old that is, those with most values first."""
    lang = view.lang
    rows = pd.concat(dataset.observations.values(), ignore_index=True)
    rows = rows.assign(source=rows["source"].str.split(";")).explode("source")
    ages = []
    for key, own in sorted(rows.groupby("source"), key=lambda item: -len(item[1])):
        latest = periods.ordered(own["period"])[-1]
        months = max(0, (today - periods.parse(latest).end).days * 12 // 365)
        age = (
            text(lang, "overview.source_age", years=number(months / 12, 1, lang))
            if months >= 24
            else text(lang, "overview.source_months", months=months)
        )
        ages.append((dataset.sources[str(key)], period_short(latest, lang), age))

    def lines(some: Iterable[tuple[Source, str, str]]) -> Iterable[Element]:
        for source, latest, age in some:
            yield element(
                "li",
                element("a", source.title, href=source.url, rel="noopener", target="_blank"),
                element("span", latest, class_="latest"),
                element("span", age, class_="age"),
            )

    rest = ages[SOURCES:]
    return element(
        "div",
        element("ul", lines(ages[:SOURCES]), class_="ages"),
        element(
            "details",
            element("summary", text(lang, "overview.more_sources", n=len(rest))),
            element("ul", lines(rest), class_="ages"),
        ),
    )
