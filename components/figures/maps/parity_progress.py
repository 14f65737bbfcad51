"""The way to parity: one indicator in full, a map of the gaps with their readings."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.markup import element
from components.figures.drawing.palette import diverging
from components.figures.drawing.provenance import parity_uses
from components.figures.drawing.reading_icons import labelled
from components.figures.maps.district_marks import DistrictMark, MapEncoding
from components.figures.maps.map_svg import map_side
from components.selection import parity_indicator
from components.text.number_formats import number, period_short
from components.text.sentences import (
    alternative_text,
    boundary_line,
    counted,
    foot_lines,
    names,
    reliability_badge,
    short_name,
)
from components.text.strings import Lang, text
from components.view import View
from data.catalogue import Indicator
from data.dataset import Dataset
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
    sentence = _sentence(ways, pace_unit(indicator, lang), lang)
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


def pace_unit(indicator: Indicator, lang: Lang) -> str:
    """Return the unit of a required pace: per 1,000 residents for counts and amounts."""
    unit = indicator.unit[lang]
    return text(lang, "unit.per_1000", unit=unit) if indicator.kind in ("stock", "flow") else unit


def _latest_gap(way: Parity) -> float | None:
    """Return the latest gap in percent, None where there is no value or it rests on few cases."""
    return gap(way.latest[1]) if way.latest and way.progress.reason != "few_cases" else None


def _encoding(ways: tuple[Parity, ...], series: Series) -> MapEncoding:
    gaps = {way.area: _latest_gap(way) for way in ways}
    judged = [value for value in gaps.values() if value is not None]
    scale = diverging(judged, 0, 4) if judged else None
    marks = {}
    for way in ways:
        value, progress = gaps[way.area], way.progress
        if value is None:
            marks[way.area] = DistrictMark("few" if progress.reason == "few_cases" else "missing")
        else:
            fill = scale.colour(value) if scale else None
            marks[way.area] = DistrictMark("value", value, fill=fill, reading=progress.reading)
    period = max((way.latest[0] for way in ways if way.latest), default="")
    return MapEncoding(series, period, marks, scale, decimals=0, is_gap=True)


def _sentence(ways: tuple[Parity, ...], unit: str, lang: Lang) -> str:
    parts = counted((text(lang, f"reading_short.{way.progress.reading}") for way in ways), lang)
    sentences = [text(lang, "targets.sentence", parts=parts)]
    needed = [way for way in ways if way.progress.required_per_year is not None and way.latest]
    if needed:
        worst = max(needed, key=lambda way: abs(way.progress.required_per_year or 0))
        points, units = worst.progress.required_per_year or 0, worst.required_per_year_in_units
        if units is not None and worst.latest:
            sentences.append(
                text(
                    lang,
                    "targets.needed",
                    name=short_name(worst.area, lang),
                    name_in=declarations()[worst.area]["locative"][lang],
                    gap=number(gap(worst.latest[1]), 0, lang, signed=True),
                    year=worst.horizon,
                    points=number(points, 2, lang, signed=True),
                    units=number(units, _decimals(units), lang, signed=True),
                    unit=unit,
                )
            )
    split = [way.area for way in ways if _disagree(way)]
    if split:
        sentences.append(text(lang, "targets.disagree", names=names(split, lang)))
    return " ".join(sentences)


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2


def _disagree(way: Parity) -> bool:
    """Return whether the methods put a district on different sides: on track, behind, or not nearer."""
    sides = {
        method.reading if method.reading == "on_track" else "behind" if (method.ratio or 0) > 0 else "away"
        for method in (way.progress.linear, way.progress.cagr, way.progress.un)
        if method.ratio is not None
    }
    return len(sides) > 1 and way.progress.reading not in ("at_or_better", "not_judged")


def _line(way: Parity, lang: Lang) -> Element:
    progress, value = way.progress, _latest_gap(way)
    notes = [text(lang, f"reason.{progress.reason}")] if progress.reason else []
    if progress.reversed_since:
        notes.append(text(lang, "targets.reversed", year=progress.reversed_since))
    return element(
        "li",
        element("span", short_name(way.area, lang), class_="name"),
        element("b", "–" if value is None else number(value, 0, lang, signed=True) + "%"),
        labelled(progress.reading, lang),
        element("small", " · ".join(notes)) if notes else None,
        data_district=way.area,
        tabindex=0,
    )


def _input_rows(ways: tuple[Parity, ...], lang: Lang) -> Iterator[dict[str, object]]:
    counts = Counter(way.progress.reading for way in ways)
    for way in ways:
        progress = way.progress
        yield {
            "area": way.area,
            "name": short_name(way.area, lang),
            "base": _when(way.base, lang),
            "base_gap": gap(way.base[1]) if way.base else None,
            "latest": _when(way.latest, lang),
            "latest_gap": gap(way.latest[1]) if way.latest else None,
            "pace": progress.pace,
            "pace_low": progress.pace_low,
            "pace_high": progress.pace_high,
            "observed": progress.observed_per_year,
            "required": progress.required_per_year,
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
    unit = pace_unit(indicator, lang)
    return (
        Column("name", text(lang, "ui.district")),
        Column("base", text(lang, "targets.base")),
        Column("base_gap", text(lang, "targets.gap"), 0, signed=True),
        Column("latest", text(lang, "targets.latest")),
        Column("latest_gap", text(lang, "targets.gap"), 0, signed=True),
        Column("pace", text(lang, "targets.pace"), 2),
        Column("pace_low", text(lang, "targets.range") + " ↓", 2),
        Column("pace_high", text(lang, "targets.range") + " ↑", 2),
        Column("observed", text(lang, "targets.observed"), 2, signed=True),
        Column("required", text(lang, "targets.required"), 2, signed=True),
        Column(
            "units",
            text(lang, "targets.in_units", unit=unit),
            0 if indicator.decimals == 0 and indicator.kind == "rate" else 2,
            signed=True,
        ),
        Column("fastest", text(lang, "targets.fastest"), 2, signed=True),
        Column("cagr", text(lang, "targets.cagr")),
        Column("un", text(lang, "targets.un")),
        Column("reading", text(lang, "targets.reading")),
        Column("count", text(lang, "targets.count"), 0),
        Column("horizon", text(lang, "ui.horizon")),
    )
