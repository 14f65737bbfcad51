"""The way to parity: one indicator in full, a map of the gaps with their readings."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.markup import element
from components.figures.drawing.palette import diverging
from components.figures.drawing.reading_icons import labelled
from components.figures.drawing.uses import parity_uses
from components.figures.maps.district_marks import DistrictMark, MapEncoding
from components.figures.maps.map_svg import legend, picture
from components.selection import parity_indicator
from components.text.formats import number, period_short
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
from data.progress import Method
from data.target_assessment import Parity, gap, parity
from data.transforms import transformed
from geo.districts import declarations


def progress_figure(view: View, dataset: Dataset) -> Figure:
    """One parity indicator: a map of the gaps with their readings, and every input of the readings."""
    lang, key = view.lang, parity_indicator(view, dataset)
    indicator = dataset.indicators[key]
    shown = transformed(dataset, key, "relative")
    found = parity(dataset, key, view.horizon)
    latest = sorted({one.latest[0] for one in found if one.latest})
    painted = _painting(found, view, dataset, key)
    title = text(lang, "targets.gap_map", title=indicator.title[lang])
    sentence = _sentence(found, shown_unit(indicator, lang), lang)
    rows = shown.table[shown.table["period"].isin(latest)]
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
            element("div", picture(painted, view, title, sentence), legend(painted, lang), class_="map-side"),
            element("ul", (_line(one, lang) for one in found), class_="progress-list"),
            class_="map-figure",
        ),
        table=_inputs(found, lang),
        columns=_columns(indicator, lang),
        foot=(
            f"{text(lang, 'targets.why')}: {indicator.parity[lang] if indicator.parity else ''}",
            *foot_lines(shown, rows, lang),
            boundary_line(lang),
        ),
    )


def shown_unit(indicator: Indicator, lang: Lang) -> str:
    """The unit in which a required pace is told: per 1,000 residents for counts and amounts."""
    unit = indicator.unit[lang]
    return text(lang, "unit.per_1000", unit=unit) if indicator.kind in ("stock", "flow") else unit


def _painting(found: tuple[Parity, ...], view: View, dataset: Dataset, key: str) -> MapEncoding:
    judged = {
        one.area: gap(one.latest[1]) for one in found if one.latest and one.progress.reason != "few_cases"
    }
    scale = diverging(list(judged.values()), 0, 4) if judged else None
    marks = {}
    for one in found:
        word = text(view.lang, f"reading_short.{one.progress.reading}")
        if one.area in judged:
            value = number(judged[one.area], 0, view.lang, signed=True) + "%"
            fill = scale.colour(judged[one.area]) if scale else None
            marks[one.area] = DistrictMark("value", value, "", fill, note=word, icon=one.progress.reading)
        else:
            few = one.progress.reason == "few_cases"
            missing = text(view.lang, "word.few_short" if few else "word.no_data")
            marks[one.area] = DistrictMark("few" if few else "missing", missing, "", None)
    shown = transformed(dataset, key, "relative")
    period = max((one.latest[0] for one in found if one.latest), default="")
    return MapEncoding(shown, period, marks, scale, None)


def _sentence(found: tuple[Parity, ...], unit: str, lang: Lang) -> str:
    counts = Counter(one.progress.reading for one in found)
    parts = ", ".join(
        text(lang, "targets.part", reading=text(lang, f"reading_short.{reading}"), count=count)
        for reading, count in counts.most_common()
    )
    sentences = [text(lang, "targets.sentence", parts=parts)]
    needed = [one for one in found if one.progress.required_per_year is not None and one.latest]
    if needed:
        worst = max(needed, key=lambda one: abs(one.progress.required_per_year or 0))
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
    split = [one.area for one in found if _disagree(one)]
    if split:
        sentences.append(text(lang, "targets.disagree", names=names(split, lang)))
    return " ".join(sentences)


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2


def _disagree(one: Parity) -> bool:
    """Whether the methods put a district on different sides: on track, behind, or not getting nearer."""
    sides = {
        method.reading if method.reading == "on_track" else "behind" if (method.ratio or 0) > 0 else "away"
        for method in (one.progress.linear, one.progress.cagr, one.progress.un)
        if method.ratio is not None
    }
    return len(sides) > 1 and one.progress.reading not in ("at_or_better", "not_judged")


def _line(one: Parity, lang: Lang) -> Element:
    reason = text(lang, f"reason.{one.progress.reason}") if one.progress.reason else None
    turned = (
        text(lang, "targets.reversed", year=one.progress.reversed_since)
        if one.progress.reversed_since
        else None
    )
    shown = one.latest is not None and one.progress.reason != "few_cases"
    value = number(gap(one.latest[1]), 0, lang, signed=True) + "%" if shown and one.latest else "–"
    notes = " · ".join(word for word in (reason, turned) if word)
    return element(
        "li",
        element("span", short_name(one.area, lang), class_="name"),
        element("b", value),
        labelled(one.progress.reading, lang),
        element("small", notes) if notes else None,
        data_district=one.area,
        tabindex=0,
    )


def _inputs(found: tuple[Parity, ...], lang: Lang) -> pd.DataFrame:
    return pd.DataFrame(list(_input_rows(found, lang)))


def _input_rows(found: tuple[Parity, ...], lang: Lang) -> Iterator[dict[str, object]]:
    counts = Counter(one.progress.reading for one in found)
    for one in found:
        way = one.progress
        yield {
            "area": one.area,
            "name": short_name(one.area, lang),
            "base": _at(one.base, lang),
            "base_gap": gap(one.base[1]) if one.base else None,
            "latest": _at(one.latest, lang),
            "latest_gap": gap(one.latest[1]) if one.latest else None,
            "pace": way.pace,
            "pace_low": way.pace_low,
            "pace_high": way.pace_high,
            "observed": way.observed_per_year,
            "required": way.required_per_year,
            "units": one.required_per_year_in_units,
            "fastest": one.fastest_per_year,
            "cagr": _method(way.cagr, lang),
            "un": _method(way.un, lang),
            "reading": text(lang, f"reading.{way.reading}"),
            "count": counts[way.reading],
            "horizon": str(one.horizon),
        }


def _at(point: tuple[str, float] | None, lang: Lang) -> str:
    return period_short(point[0], lang) if point else ""


def _method(method: Method, lang: Lang) -> str:
    if method.ratio is None or method.reading is None:
        return text(lang, f"reason.{method.reason}")
    return f"{number(method.ratio, 2, lang)}, {text(lang, f'reading_short.{method.reading}')}"


def _columns(indicator: Indicator, lang: Lang) -> tuple[Column, ...]:
    unit = shown_unit(indicator, lang)
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
