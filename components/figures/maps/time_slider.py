"""The slider over time: every comparable period at once, for the browser to paint."""

import json
from dataclasses import replace
from functools import lru_cache
from xml.etree.ElementTree import Element

from components.figures.drawing.line_svg import trend_picture
from components.figures.drawing.markup import element
from components.figures.maps.class_strip import strip_place
from components.figures.maps.district_marks import DistrictMark, MapEncoding, map_encoding
from components.figures.tables.ranking import (
    SPARK_BOX,
    RankingRows,
    bar,
    bar_head,
    cell_change,
    cell_note,
    cell_value,
    change_head,
    ranking_rows,
    row_order,
    spark_line,
    spark_place,
)
from components.selection import series_of
from components.text.formats import period_label, period_short
from components.text.sentences import headline_words
from components.text.strings import text
from components.view import View
from data.dataset import Dataset
from data.transforms import value_of
from geo.districts import AREAS, CITY, DISTRICTS


def timeline(view: View, dataset: Dataset, period: str) -> Element | None:
    """The slider over all comparable periods with a small trend above it.

    None where there is one period, and at a period that is refused.

    ``data-steps`` holds every period once, so that the browser repaints without the server: see ``map.js``.
    """
    every = replace(view, period=period, district=(), theme="auto")
    known = series_of(every, dataset).comparable_with(period)
    if len(known) < 2 or period not in known:
        return None
    lang, at = view.lang, known.index(period)
    steps, trend = _steps(replace(every, period=known[-1]), dataset)
    now = ranking_rows(series_of(every, dataset), period, lang)
    return element(
        "div",
        trend,
        element(
            "div",
            *(
                element("button", sign, type="button", class_=key, aria_label=text(lang, f"time.{key}"))
                for key, sign in (("back", "‹"), ("play", "▶"), ("forward", "›"))
            ),
            element(
                "input",
                type="range",
                min=0,
                max=len(known) - 1,
                step=1,
                value=at,
                aria_label=text(lang, "ui.period"),
                aria_valuetext=period_label(period, lang),
            ),
            element("output", period_label(period, lang)),
            class_="time-controls",
        ),
        class_="time",
        data_steps=steps,
        data_rank=text(lang, "word.rank_of", rank="{}", n=len(DISTRICTS)),
        data_gap=text(lang, "word.gap", gap="{}"),
        data_few=text(lang, "word.few"),
        data_missing_n=text(lang, "word.no_data_n", n="{}"),
        data_few_n=text(lang, "word.few_n", n="{}"),
        data_city=text(lang, "place.city"),
        data_city_line=spark_line(now, CITY),
        data_spark_box=SPARK_BOX,
        data_pause=text(lang, "time.pause"),
        data_play=text(lang, "time.play"),
    )


@lru_cache(maxsize=256)
def _steps(view: View, dataset: Dataset) -> tuple[str, Element]:
    """Every comparable period as compact JSON, and the trend of all districts as a picture."""
    figures, lang = series_of(view, dataset), view.lang
    known = figures.comparable_with(view.period)
    steps = []
    for period in known:
        painted = map_encoding(replace(view, period=period), dataset)
        now = ranking_rows(figures, period, lang)
        title, sentence = headline_words(figures, period, lang)
        steps.append(
            {
                "period": period,
                "label": period_label(period, lang),
                "title": title,
                "sentence": sentence,
                "heads": [period_short(period, lang), change_head(now), bar_head(now)],
                "marks": [_step_mark(painted.marks[district]) for district in DISTRICTS],
                "strip": _step_strip(painted),
                "rows": [_step_row(now, area) for area in row_order(now)],
            }
        )
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":")), trend_picture(figures, known)


def _step_strip(painted: MapEncoding) -> list[int]:
    """Where each district stands on the strip of the classes; -1 where it has no value."""
    rows, scale = painted.figures.at(painted.period), painted.scale
    if scale is None or not scale.breaks:
        return []
    return [
        round(strip_place(scale, value_of(rows, area))) if mark.state == "value" else -1
        for area, mark in painted.marks.items()
    ]


def _step_mark(mark: DistrictMark) -> list[object]:
    """State, value, rank, fill, gap, radius of a district, what is not there left out at the end."""
    radius = round(mark.radius or 0)
    found: list[object] = [mark.state, mark.value, mark.rank, mark.fill or 0, mark.gap, radius]
    while not found[-1]:
        found.pop()
    return found


def _step_row(now: RankingRows, area: str) -> list[object]:
    """Area, rank, value, change, note, and where its bar (1: around the city) and its spark dot are."""
    spark, found = spark_place(now, area, now.period), bar(now, area)
    return [
        AREAS.index(area),
        now.rank.get(area, "" if area == CITY else "–"),
        cell_value(now, area),
        cell_change(now, area),
        cell_note(now, area),
        [*(round(one, 1) for one in found or ()), *([1] if found and now.middle is not None else [])],
        [round(one, 1) for one in spark or ()],
    ]
