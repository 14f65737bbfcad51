"""Where the city stands: the figures of the first page."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.line_svg import line_picture
from components.figures.drawing.markup import element
from components.figures.drawing.provenance import activity_uses
from components.figures.maps.district_marks import map_encoding
from components.figures.maps.thumbnail import map_thumbnail
from components.figures.sections.announced_targets import announced_sentence
from components.selection import parity_indicators
from components.text.number_formats import number, period_label, period_short
from components.text.sentences import decimals_of, names, short_name, title_of, value_text
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.catalogue import Source
from data.centre_periphery import SCHOOLS, classes
from data.centre_periphery_trend import headline
from data.dataset import Dataset
from data.largest_moves import largest_moves
from data.levels import Side
from data.parity import parity
from data.transforms import transformed, value_of
from geo.districts import CITY, declarations

MAX_MOVES = 5
OPEN_SOURCES = 5
"""How many sources stand open; the rest is folded."""
WAGE_PAIR = ("medeu", "nauryzbay")
"""The two districts of the strategy's own example."""
STRATEGY_YEAR = "2019"
"""When the strategy named the pair; the sentence compares with it."""
SCHOOLS_YEAR = 2010
"""Between its ends, the line of school places is labelled at the first period from this year on."""


def thumbnail(view: View, dataset: Dataset) -> Element:
    """Draw a small map of the view's indicator, without names, that leads to the Map page."""
    encoding = map_encoding(view, dataset)
    label = f"{title_of(encoding.series, view.lang)}, {period_label(encoding.period, view.lang)}"
    svg = map_thumbnail(encoding, label, view.lang)
    return element("figure", svg, element("figcaption", link(view, "map", label)), class_="thumbnail")


def progress_sentences(view: View, dataset: Dataset) -> tuple[Element, str]:
    """Write where districts stand in all, with a link to the Targets page, and what was announced."""
    lang = view.lang
    ways = [way for key in parity_indicators(dataset) for way in parity(dataset, key, view.horizon)]
    sides = Counter(way.side for way in ways if way.side)
    track = sum(way.progress.reading == "on_track" for way in ways)
    sentence = text(
        lang, "overview.parity_sentence", n=sides.total(), **{side: sides[side] for side in get_args(Side)}
    )
    pace = text(lang, "overview.parity_track", year=view.horizon, track=track)
    if not track:
        pace = text(lang, "overview.parity_no_track", year=view.horizon)
    more = link(view, "targets", text(lang, "page.targets"))
    return element("span", f"{sentence} {pace} ", more), announced_sentence(dataset, lang)


def wage_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw the strategy's own example, the wage of Medeu against Nauryzbay; None without its own year."""
    lang = view.lang
    series = transformed(dataset, "avg_wage", "value")
    years = series.periods("year")
    wages = {year: series.at(year) for year in years}
    ratio = {
        year: value_of(rows, WAGE_PAIR[0]) / value_of(rows, WAGE_PAIR[1])
        for year, rows in wages.items()
        if {*WAGE_PAIR} <= {*rows.index}
    }
    last = years[-1] if years else ""
    if STRATEGY_YEAR not in ratio or last not in ratio:
        return None
    low = min(ratio, key=lambda year: ratio[year])
    lowest = str(wages[last].drop(CITY, errors="ignore")["value"].idxmin())
    sentence = text(
        lang,
        "overview.wage_sentence",
        r2019=number(ratio[STRATEGY_YEAR], 2, lang),
        low_year=low,
        low=number(ratio[low], 2, lang),
        last_year=last,
        last=number(ratio[last], 2, lang),
        lowest=short_name(lowest, lang),
        lowest_in=declarations()[lowest]["locative"][lang],
    )
    order = list(ratio)
    points = [(periods.parse(year).moment, ratio[year], year, number(ratio[year], 2, lang)) for year in order]
    labelled = [0, order.index(STRATEGY_YEAR), order.index(low), len(order) - 1]
    return Figure(
        dataset=dataset,
        uses=(Use.of(series, *years),),
        view=view,
        title=text(lang, "overview.wage_title"),
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


def schools_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw the centre's share of school places since 1990, as the Polycentricity page reads it."""
    lang = view.lang
    balance = headline(dataset, SCHOOLS, None, view.auezov)
    if balance is None:
        return None
    points = balance.series[view.auezov]
    share = {periods.parse(period).year: value * 100 for period, value in points}
    first, last = (periods.parse(period).year for period, _ in (balance.base, balance.latest))
    sentence = text(
        lang,
        "overview.school_sentence",
        first=first,
        last=last,
        before=number(share[first], 1, lang),
        after=number(share[last], 1, lang),
        centre=names((area for area, central in classes(view.auezov).items() if central), lang),
        reading=text(lang, f"centred_sentence.{balance.reading}"),
    )
    line = [
        (moment, value, str(year), text(lang, "word.percent", n=number(value, 1, lang)))
        for (year, value), moment in zip(
            share.items(), (periods.parse(period).moment for period, _ in points), strict=True
        )
    ]
    order = list(share)
    between = [index for index, year in enumerate(order) if year >= SCHOOLS_YEAR][:1]
    labelled = [0, order.index(first), *between, len(order) - 1]
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, SCHOOLS, [period for period, _ in points]),
        view=view,
        title=text(lang, "overview.school_title"),
        sentence=sentence,
        alt=sentence,
        picture=element(
            "div",
            line_picture(line, labelled),
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
    """Draw the largest moves relative to the city between the last two equal periods."""
    lang = view.lang
    moves = largest_moves(dataset).head(MAX_MOVES)
    spans = zip(moves["before"], moves["after"], strict=True)
    table = moves.assign(
        name=[short_name(area, lang) for area in moves["area"]],
        title=[dataset.indicators[key].short[lang] for key in moves["indicator"]],
        span=[f"{period_short(before, lang)} – {period_short(after, lang)}" for before, after in spans],
    )
    rows = table.to_dict("records")
    return Figure(
        dataset=dataset,
        uses=tuple(Use(row["indicator"], "relative", (row["before"], row["after"])) for row in rows),
        view=view,
        title=text(lang, "overview.moves"),
        sentence=text(lang, "overview.moves_sentence"),
        alt=text(lang, "overview.moves_sentence"),
        picture=element("ol", (_move(row, view, dataset) for row in rows), class_="moves"),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("title", text(lang, "ui.indicator")),
            Column("span", text(lang, "ui.period")),
            Column("value_before", text(lang, "word.value"), 0),
            Column("value_after", text(lang, "word.value"), 0),
            Column("change", text(lang, "word.change"), 0, signed=True),
        ),
    )


def _move(row: Mapping[Hashable, Any], view: View, dataset: Dataset) -> Element:
    lang = view.lang
    series = transformed(dataset, row["indicator"], "relative")
    target = replace(
        view.with_indicator(row["indicator"]),
        transform="relative",
        period=row["after"],
        district=(row["area"],),
    )
    before, after = (value_text(series, row[f"value_{side}"], lang) for side in ("before", "after"))
    return element(
        "li",
        element("b", number(row["change"], decimals_of(series), lang, signed=True)),
        element(
            "span",
            element("strong", row["name"]),
            " · ",
            link(target, "map", row["title"]),
            element("small", f"{before} → {after}, {row['span']}"),
        ),
    )


def source_ages(view: View, dataset: Dataset, today: date) -> Element:
    """List the sources by body and copy with latest period and age, those with most values first."""
    rows = pd.concat(dataset.observations.values(), ignore_index=True)
    rows = rows.assign(source=rows["source"].str.split(";")).explode("source")
    words = {key: _source_words(source, view.lang) for key, source in dataset.sources.items()}
    lines = [
        _source_age(str(name), own, dataset, today, view.lang)
        for name, own in sorted(rows.groupby(rows["source"].map(words)), key=lambda item: -len(item[1]))
    ]
    folded = lines[OPEN_SOURCES:]
    return element(
        "div",
        element("ul", lines[:OPEN_SOURCES], class_="ages"),
        element(
            "details",
            element("summary", text(view.lang, "overview.more_sources", n=len(folded))),
            element("ul", folded, class_="ages"),
        ),
    )


def _source_words(source: Source, lang: Lang) -> str:
    """Return the official body and the copy it was read in, once where both are the same."""
    body, copy = source.body[lang], source.copy[lang]
    return body if body == copy else text(lang, "foot.body_copy", body=body, copy=copy)


def _source_age(words: str, rows: pd.DataFrame, dataset: Dataset, today: date, lang: Lang) -> Element:
    """Draw the latest period of sources of one body and copy, with a link to the source that gives it."""
    latest = periods.ordered(rows["period"])[-1]
    source = dataset.sources[str(rows.loc[rows["period"] == latest, "source"].iloc[0])]
    months = max(0, (today - periods.parse(latest).end).days * 12 // 365)
    age = (
        text(lang, "overview.source_age", years=number(months / 12, 1, lang))
        if months >= 24
        else text(lang, "overview.source_months", months=months)
    )
    return element(
        "li",
        element("a", words, href=source.url, rel="noopener", target="_blank", title=source.title),
        element("span", period_short(latest, lang), class_="latest"),
        element("span", age, class_="age"),
    )
