"""The way to parity: one indicator in full, a map of the gaps with their readings."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.markup import element
from components.figures.drawing.palette import diverging
from components.figures.drawing.parity_words import (
    floor_sentence,
    floor_words,
    levels_sentence,
    pace_words,
    side_words,
    turn_words,
)
from components.figures.drawing.provenance import parity_uses
from components.figures.drawing.reading_icons import PACES, labelled, side_label
from components.figures.maps.district_marks import DistrictMark, MapEncoding
from components.figures.maps.map_svg import map_side
from components.selection import parity_indicator
from components.text.number_formats import number, period_label, period_short
from components.text.sentences import (
    alternative_text,
    boundary_line,
    foot_lines,
    names,
    reliability_badge,
    short_name,
)
from components.text.strings import Lang, text
from components.view import View
from data.catalogue import Indicator
from data.dataset import Dataset
from data.levels import floor
from data.parity import Parity, gap, parity
from data.progress import Method
from data.transforms import Series, transformed
from geo.districts import declarations


def progress_figure(view: View, dataset: Dataset) -> Figure:
    """Draw one parity indicator: a map of the gaps with their readings, and every input of the readings."""
    lang, key = view.lang, parity_indicator(view, dataset)
    indicator, series = dataset.indicators[key], transformed(dataset, key, "relative")
    ways = parity(dataset, key, view.horizon)
    title = text(lang, "targets.gap_map", title=indicator.title[lang])
    sentence = _sentence(ways, indicator, lang)
    rows = series.table[series.table["period"].isin({way.latest[0] for way in ways if way.latest})]
    return Figure(
        dataset=dataset,
        uses=parity_uses(dataset, key, view.horizon),
        view=view,
        title=title,
        subtitle=text(lang, "targets.parity_ours", year=view.horizon),
        badge=reliability_badge(rows, lang),
        sentence=sentence,
        alt=alternative_text("map", title, sentence, lang),
        picture=element(
            "div",
            map_side(_encoding(ways, series), view, title, sentence),
            element("ul", (_line(way, lang) for way in ways), class_="progress-list"),
            class_="map-figure",
        ),
        table=pd.DataFrame(list(_input_rows(ways, lang))),
        columns=_columns(indicator, lang),
        foot=(
            f"{text(lang, 'targets.why')}: {indicator.parity[lang] if indicator.parity else ''}",
            *foot_lines(series, rows, lang),
            boundary_line(lang),
        ),
    )


def _encoding(ways: tuple[Parity, ...], series: Series) -> MapEncoding:
    """Return the marks: coloured by the gap where it is beyond the band or chance, else as the city."""
    gaps = {way.area: gap(way.latest[1]) for way in ways if way.latest}
    scale = diverging(list(gaps.values()), 0, 4, series.indicator.better) if gaps else None
    marks = {}
    for way in ways:
        if way.area not in gaps:
            marks[way.area] = DistrictMark("missing")
            continue
        value, reading = gaps[way.area], way.progress.reading
        fill = scale.colour(0 if way.side == "about" else value) if scale else None
        marks[way.area] = DistrictMark(
            "value", value, fill=fill, reading=reading if reading in PACES else None, side=way.side
        )
    period = max((way.latest[0] for way in ways if way.latest), default="")
    return MapEncoding(series, period, marks, scale, decimals=0, is_gap=True)


def _sentence(ways: tuple[Parity, ...], indicator: Indicator, lang: Lang) -> str:
    sentences = [levels_sentence(ways, lang), floor_sentence(ways, indicator.better, lang)]
    behind = [way for way in ways if way.required_growth is not None]
    farthest = max(behind, key=lambda way: abs(gap(way.latest[1])) if way.latest else 0, default=None)
    if farthest and farthest.side == "worse":
        sentences.append(_needed(farthest, indicator, lang))
    split = [way.area for way in ways if _disagree(way)]
    if split:
        sentences.append(text(lang, "targets.disagree", names=names(split, lang)))
    return " ".join(sentence for sentence in sentences if sentence)


def _needed(way: Parity, indicator: Indicator, lang: Lang) -> str:
    """Write by how much a district has to grow faster than the city, and of counts how many that is."""
    if way.latest is None or way.required_growth is None:
        return ""
    needed = text(
        lang,
        f"targets.needed_{indicator.better}",
        name=short_name(way.area, lang),
        name_in=declarations()[way.area]["locative"][lang],
        gap=number(gap(way.latest[1]), 0, lang, signed=True),
        year=way.horizon,
        growth=number(abs(way.required_growth), 2, lang),
    )
    units = way.required_per_year_in_units
    if units is None:
        return needed
    counted_units = text(
        lang,
        "targets.needed_units",
        period=period_label(way.latest[0], lang),
        units=number(units, 1, lang, signed=True),
        unit=indicator.unit[lang],
    )
    return f"{needed} {counted_units}"


def _disagree(way: Parity) -> bool:
    """Return whether the methods put a district on different sides: on track, behind, or not nearer."""
    sides = {
        method.reading if method.reading == "on_track" else "behind" if (method.ratio or 0) > 0 else "away"
        for method in (way.progress.linear, way.progress.cagr, way.progress.un)
        if method.ratio is not None
    }
    return len(sides) > 1


def _line(way: Parity, lang: Lang) -> Element:
    progress = way.progress
    notes = [text(lang, f"reason.{progress.reason}")] if progress.reason else []
    notes += [words for words in (pace_words(way, lang), turn_words(way, lang)) if words]
    return element(
        "li",
        element("span", short_name(way.area, lang), class_="name"),
        element("b", number(gap(way.latest[1]), 0, lang, signed=True) + "%" if way.latest else "–"),
        element(
            "span",
            side_label(way.side, lang) if way.side else text(lang, "targets.no_figure"),
            element("br") if progress.reading in PACES else None,
            labelled(progress.reading, lang) if progress.reading in PACES else None,
        ),
        element("small", " · ".join(notes)) if notes else None,
        data_district=way.area,
        tabindex=0,
    )


def _input_rows(ways: tuple[Parity, ...], lang: Lang) -> Iterator[dict[str, object]]:
    counts = Counter(way.progress.reading for way in ways)
    sides = Counter(way.side for way in ways)
    beyond = Counter(way.keeps_floor for way in ways)
    for way in ways:
        progress = way.progress
        yield {
            "area": way.area,
            "name": short_name(way.area, lang),
            "base": _when(way.base, lang),
            "base_gap": gap(way.base[1]) if way.base else None,
            "latest": _when(way.latest, lang),
            "latest_gap": gap(way.latest[1]) if way.latest else None,
            "side": side_words(way, lang),
            "side_count": sides[way.side],
            "floor": floor_words(way, lang),
            "floor_count": beyond[False],
            "floor_of": beyond[False] + beyond[True],
            "pace": progress.pace,
            "pace_low": progress.pace_low,
            "pace_high": progress.pace_high,
            "observed": progress.observed_per_year,
            "observed_low": progress.observed_low,
            "observed_high": progress.observed_high,
            "required": progress.required_per_year,
            "growth": way.required_growth,
            "units": way.required_per_year_in_units,
            "fastest": way.fastest_per_year,
            "cagr": _method(progress.cagr, lang),
            "un": _method(progress.un, lang),
            "reading": text(lang, f"reading.{progress.reading}"),
            "count": counts[progress.reading],
            "horizon": str(way.horizon),
        }


def _when(point: tuple[str, float] | None, lang: Lang) -> str:
    return period_short(point[0], lang) if point else ""


def _method(method: Method, lang: Lang) -> str:
    if method.ratio is None or method.reading is None:
        return text(lang, f"reason.{method.reason}")
    return f"{number(method.ratio, 2, lang)}, {text(lang, f'reading_short.{method.reading}')}"


def _columns(indicator: Indicator, lang: Lang) -> tuple[Column, ...]:
    interval, line = text(lang, "targets.observed_range"), number(floor(indicator.better) or 0, 0, lang)
    in_units = Column("units", text(lang, "targets.in_units", unit=indicator.unit[lang]), 1, signed=True)
    return (
        Column("name", text(lang, "ui.district")),
        Column("base", text(lang, "targets.base")),
        Column("base_gap", text(lang, "targets.gap"), 0, signed=True),
        Column("latest", text(lang, "targets.latest")),
        Column("latest_gap", text(lang, "targets.gap"), 0, signed=True),
        Column("side", text(lang, "targets.level")),
        Column("side_count", text(lang, "targets.level_count"), 0),
        Column("floor", text(lang, "targets.floor_column", line=line)),
        Column("floor_count", text(lang, "targets.floor_count"), 0),
        Column("floor_of", text(lang, "targets.floor_of"), 0),
        Column("observed", text(lang, "targets.observed"), 2, signed=True),
        Column("observed_low", f"{interval} ↓", 2, signed=True),
        Column("observed_high", f"{interval} ↑", 2, signed=True),
        Column("required", text(lang, "targets.required"), 2, signed=True),
        Column("growth", text(lang, "targets.growth"), 2, signed=True),
        *([in_units] if indicator.kind in ("stock", "flow") else []),
        Column("fastest", text(lang, "targets.fastest"), 2, signed=True),
        Column("pace", text(lang, "targets.pace"), 2),
        Column("pace_low", text(lang, "targets.range") + " ↓", 2),
        Column("pace_high", text(lang, "targets.range") + " ↑", 2),
        Column("cagr", text(lang, "targets.cagr")),
        Column("un", text(lang, "targets.un")),
        Column("reading", text(lang, "targets.reading")),
        Column("count", text(lang, "targets.count"), 0),
        Column("horizon", text(lang, "ui.horizon")),
    )
