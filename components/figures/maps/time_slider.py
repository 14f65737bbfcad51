"""The slider over time: every comparable period at once, for the browser to paint."""

import json
from dataclasses import replace
from functools import lru_cache
from xml.etree.ElementTree import Element

from components.figures.drawing.line_svg import trend_picture
from components.figures.drawing.markup import element
from components.figures.maps.class_strip import strip_scale
from components.figures.maps.district_marks import MapEncoding, gap_text, map_encoding
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
from components.text.number_formats import period_label, period_short
from components.text.sentences import headline_words, rank_of, rank_text
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from geo.districts import AREAS, CITY, DISTRICTS


def time_slider(view: View, dataset: Dataset, period: str) -> Element | None:
    """Draw the slider over all comparable periods with a small trend above it.

    None where there is one period, and at a period that is refused.

    ``data-steps`` holds every period once, so that the browser repaints without the server: see ``map.js``.
    """
    series, lang = series_of(view, dataset), view.lang
    slider_periods = series.comparable_with(period)
    if len(slider_periods) < 2 or period not in slider_periods:
        return None
    steps, trend = _steps(replace(view, period=slider_periods[-1], district=(), theme="auto"), dataset)
    return element(
        "div",
        trend,
        element(
            "div",
            (
                element("button", sign, type="button", class_=key, aria_label=text(lang, f"time.{key}"))
                for key, sign in (("back", "‹"), ("play", "▶"), ("forward", "›"))
            ),
            element(
                "input",
                type="range",
                min=0,
                max=len(slider_periods) - 1,
                step=1,
                value=slider_periods.index(period),
                aria_label=text(lang, "ui.period"),
                aria_valuetext=period_label(period, lang),
            ),
            element("output", period_label(period, lang)),
            class_="time-controls",
        ),
        class_="time",
        data_steps=steps,
        data_rank=rank_of("{}", lang),
        data_gap=text(lang, "word.gap", gap="{}"),
        data_few=text(lang, "word.few"),
        data_missing_n=text(lang, "word.no_data_n", n="{}"),
        data_few_n=text(lang, "word.few_n", n="{}"),
        data_city=text(lang, "place.city"),
        data_city_line=spark_line(ranking_rows(series, period, lang), CITY),
        data_spark_box=SPARK_BOX,
        data_pause=text(lang, "time.pause"),
        data_play=text(lang, "time.play"),
    )


@lru_cache(maxsize=256)
def _steps(view: View, dataset: Dataset) -> tuple[str, Element]:
    """Return every comparable period as compact JSON, and the trend of all districts as a picture."""
    series = series_of(view, dataset)
    slider_periods = series.comparable_with(view.period)
    steps = [
        _step(map_encoding(replace(view, period=period), dataset), view.lang) for period in slider_periods
    ]
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":")), trend_picture(series, slider_periods)


def _step(encoding: MapEncoding, lang: Lang) -> dict[str, object]:
    """Return what the map of one period says, in the order in which ``map.js`` reads it."""
    period, scale = encoding.period, encoding.scale
    rows = ranking_rows(encoding.series, period, lang)
    title, sentence = headline_words(encoding.series, period, lang)
    x = strip_scale(scale) if scale and scale.breaks else None
    return {
        "period": period,
        "label": period_label(period, lang),
        "title": title,
        "sentence": sentence,
        "heads": [period_short(period, lang), change_head(rows), bar_head(rows)],
        "marks": [_step_mark(encoding, district, lang) for district in DISTRICTS],
        # Where each district stands on the strip of the classes; -1 where it has no value.
        "strip": [-1 if mark.value is None else round(x(mark.value)) for mark in encoding.marks.values()]
        if x
        else [],
        "rows": [_step_row(rows, area) for area in row_order(rows)],
    }


def _step_mark(encoding: MapEncoding, district: str, lang: Lang) -> list[object]:
    """Return state, value, rank, fill, gap and radius of a district, without what is absent at the end."""
    mark = encoding.marks[district]
    parts: list[object] = [
        mark.state,
        encoding.value_text(district, lang),
        rank_text(mark.rank) if mark.rank else "",
        mark.fill or 0,
        gap_text(mark, lang),
        round(mark.radius or 0, 1),
    ]
    while not parts[-1]:
        parts.pop()
    return parts


def _step_row(rows: RankingRows, area: str) -> list[object]:
    """Return area, rank, value, change, note, and where its bar (1: around the city) and spark dot are."""
    dot, extent = spark_place(rows, area, rows.period), bar(rows, area)
    return [
        AREAS.index(area),
        rows.rank.get(area, "" if area == CITY else "–"),
        cell_value(rows, area),
        cell_change(rows, area),
        cell_note(rows, area),
        [*(round(place, 1) for place in extent or ()), *([1] if extent and rows.middle is not None else [])],
        [round(place, 1) for place in dot or ()],
    ]
