"""The map of the districts: each with its name, value and rank, painted only where that is honest."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from math import nan
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.markup import element
from components.figures.maps.class_strip import strip
from components.figures.maps.district_marks import MapEncoding, is_total, map_encoding
from components.figures.maps.map_svg import legend, picture
from components.figures.maps.time_slider import timeline
from components.figures.tables.ranking import ranking
from components.text.formats import number
from components.text.sentences import (
    alternative_text,
    boundary_line,
    decimals_of,
    foot_lines,
    full_name,
    headline_words,
    highest_to_lowest,
    rank_texts,
    unit_of,
)
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.transforms import Series, ranks, value_of
from geo.districts import AREAS, CITY


def _classes(painted: MapEncoding, lang: Lang) -> Element | None:
    """The strip of the values with the breaks of the scale."""
    if painted.scale is None:
        return None
    rows = painted.figures.at(painted.period)
    values = {area: value_of(rows, area) for area, mark in painted.marks.items() if mark.state == "value"}
    return strip(painted.figures, painted.scale, values, lang)


@lru_cache(maxsize=256)
def map_figure(view: View, dataset: Dataset) -> Figure:
    """The map of a view with its ranking, legend, sentence, table and sources."""
    painted = map_encoding(view, dataset)
    figures, period, lang = painted.figures, painted.period, view.lang
    rows = figures.at(period)
    title, sentence = headline_words(figures, period, lang)
    alt = alternative_text("map", title, sentence, lang)
    body = element(
        "div",
        element(
            "div",
            picture(painted, view, title, alt),
            legend(painted, lang),
            _classes(painted, lang),
            timeline(view, dataset, period),
            class_="map-side",
        ),
        ranking(figures, period, lang),
        class_="map-figure",
    )
    reliability = text(lang, "status.U") if (rows["obs_status"] == "U").any() else ""
    return Figure(
        dataset=dataset,
        uses=(Use.of(figures, period, *figures.comparable_with(period)),),
        view=view,
        title=title,
        subtitle=unit_of(figures, lang),
        badge=reliability,
        sentence=sentence,
        alt=alt,
        picture=body,
        table=_table(figures, period, lang),
        columns=_columns(figures, lang),
        foot=(
            *foot_lines(figures, rows, lang),
            *([text(lang, "foot.circles")] if is_total(figures) else []),
            boundary_line(lang),
        ),
    )


def _columns(figures: Series, lang: Lang) -> tuple[Column, ...]:
    return (
        Column("rank_text", text(lang, "word.rank")),
        Column("name", text(lang, "ui.district")),
        Column("value", unit_of(figures, lang), decimals_of(figures)),
        Column("status", text(lang, "word.status")),
    )


def _table(figures: Series, period: str, lang: Lang) -> pd.DataFrame:
    """One line an area in order of rank, the missing ones too, and the ratio of highest to lowest."""
    rows = figures.at(period)
    known = rows.to_dict("index")
    rank, written = ranks(rows), rank_texts(rows)
    lines: list[dict[str, object]] = [
        {
            "area": area,
            "rank": float(rank.get(area, nan)),
            "rank_text": written.get(area, "–"),
            "name": full_name(area, lang),
            "value": known[area]["value"] if area in known else nan,
            "status": _status(known.get(area), area, lang),
            "period": period,
        }
        for area in sorted(AREAS, key=lambda area: rank.get(area, len(AREAS)))
    ]
    ratio = highest_to_lowest(figures, period)
    if ratio is not None:
        ratio_text = f"{number(ratio, 2, lang)} : 1"
        lines.append({"area": "", "name": text(lang, "word.highest_to_lowest"), "status": ratio_text})
    return pd.DataFrame(lines)


def _status(row: Mapping[Hashable, object] | None, area: str, lang: Lang) -> str:
    if row is None:
        return text(lang, "word.no_data")
    if row["few"] and area != CITY:
        return text(lang, "word.few") + ", " + text(lang, "word.not_ranked")
    if row["computed"]:
        return text(lang, "word.computed")
    return text(lang, f"status.{row['obs_status']}_short")
