"""What figures of one period share: words, uses, the table of the districts and the city."""

from collections.abc import Hashable, Mapping
from math import nan

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.markup import element
from components.selection import period_of, series_of
from components.text.number_formats import number
from components.text.sentences import (
    alternative_text,
    boundary_line,
    decimals_of,
    foot_lines,
    full_name,
    headline_words,
    rank_text,
    reliability_badge,
    unit_of,
)
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.ranks import extremes, rank_intervals
from data.transforms import Series
from geo.districts import AREAS, CITY


def period_figure(view: View, dataset: Dataset) -> Figure:
    """Return the figure of one period with words, table and sources, its picture still empty."""
    series, lang = series_of(view, dataset), view.lang
    period = period_of(view, series)
    rows = series.at(period)
    title, sentence = headline_words(series, period, lang)
    return Figure(
        dataset=dataset,
        uses=(Use.of(series, period, *series.comparable_with(period)),),
        view=view,
        title=title,
        subtitle=unit_of(series, lang),
        badge=reliability_badge(rows, lang),
        sentence=sentence,
        alt=alternative_text("map", title, sentence, lang),
        picture=element("div"),
        table=_table(series, period, lang),
        columns=(
            Column("rank_text", text(lang, "word.rank")),
            Column("name", text(lang, "ui.district")),
            Column("value", unit_of(series, lang), decimals_of(series)),
            Column("status", text(lang, "word.status")),
        ),
        foot=(
            *foot_lines(series, rows, lang),
            *([text(lang, "foot.circles")] if series.is_total else []),
            boundary_line(lang),
        ),
    )


def _table(series: Series, period: str, lang: Lang) -> pd.DataFrame:
    """Return one row per area in order of rank, the missing ones too, and the ratio of highest to lowest."""
    rows = series.at(period)
    records = rows.to_dict("index")
    ranks = rank_intervals(series, period)
    order = [*ranks, *(area for area in AREAS if area not in ranks)]
    lines: list[dict[str, object]] = [
        {
            "area": area,
            "rank_best": float(ranks[area].best if area in ranks else nan),
            "rank_worst": float(ranks[area].worst if area in ranks else nan),
            "rank_text": rank_text(ranks[area]) if area in ranks else "–",
            "name": full_name(area, lang),
            "value": records[area]["value"] if area in records else nan,
            "low": records[area]["low"] if area in records else nan,
            "high": records[area]["high"] if area in records else nan,
            "status": _status(records.get(area), area, lang),
            "period": period,
        }
        for area in order
    ]
    ratio = extremes(series, period).ratio
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
