"""Lines over time for the eight districts and the city: gaps are gaps, breaks are marked."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure, Use
from components.figures.charts import target_overlay
from components.figures.charts.theme import (
    FADED,
    GROUND,
    INK,
    QUIET,
    annotate,
    axis,
    district_colour,
    lay_out,
    spread,
    theme_of,
)
from components.figures.maps.district_marks import is_total
from components.selection import period_of, series_of
from components.text.formats import number, period_label, period_short
from components.text.sentences import (
    alternative_text,
    decimals_of,
    foot_lines,
    highest_to_lowest,
    refusal_sentence,
    reliability_badge,
    short_name,
    title_of,
    unit_of,
    value_text,
)
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.transforms import Series, value_of
from geo.districts import AREAS, CITY

HEIGHT = 500


def trend_figure(view: View, dataset: Dataset) -> Figure:
    """The trend of a view over all periods of the series its period belongs to."""
    figures, lang = series_of(view, dataset), view.lang
    series = periods.parse(period_of(view, figures)).series
    known = figures.periods(series, districts=False)
    rows = figures.table[figures.table["period"].isin(known)]
    table = pd.concat(
        [_table(figures, known, lang), _announced_rows(figures, dataset, lang)], ignore_index=True
    )
    title = title_of(figures, lang)
    if known:
        first, last = known[0], known[-1]
        span = "" if first == last else f"{period_short(first, lang)} – {period_short(last, lang)}"
        title = f"{title}, {span or period_label(last, lang)}"
    sentence = _sentence(figures, known, lang)
    return Figure(
        dataset=dataset,
        uses=(Use.of(figures, *(known or figures.refused)),),
        view=view,
        title=title,
        subtitle=unit_of(figures, lang),
        badge=reliability_badge(rows, lang),
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_chart(figures, known, view, dataset),
        table=table,
        columns=(
            Column("period_label", text(lang, "ui.period")),
            *(Column(area, short_name(area, lang), decimals_of(figures)) for area in AREAS),
            Column("ratio", text(lang, "word.highest_to_lowest"), 2),
        ),
        foot=(
            *([text(lang, "foot.overlay")] if target_overlay.ways(view, dataset, figures) else []),
            *([text(lang, "foot.hollow")] if (rows["obs_status"] == "U").any() else []),
            *([text(lang, "foot.city_in_table")] if _city_dwarfs(figures, dataset) else []),
            *foot_lines(figures, rows, lang),
        ),
    )


def _table(figures: Series, known: Sequence[str], lang: Lang) -> pd.DataFrame:
    """Periods down, areas across, and the ratio of highest to lowest."""
    rows = figures.table[figures.table["period"].isin(known)]
    table = rows.pivot(index="period", columns="area", values="value")
    table = table.reindex(index=list(known), columns=list(AREAS)).reset_index(names="period")
    table["period_label"] = [period_label(period, lang) for period in table["period"]]
    table["ratio"] = [highest_to_lowest(figures, period) for period in table["period"]]
    table["ratio"] = table["ratio"].astype(float)
    return table


def _announced_rows(figures: Series, dataset: Dataset, lang: Lang) -> pd.DataFrame:
    """What was announced of the series, as further rows of the table."""
    return pd.DataFrame(
        [
            {
                "period": str(target.target_year),
                "period_label": f"{target.target_year}, {target_overlay.wording(target, lang)}",
                target.area or CITY: (target.target_value or 0) * target.scale,
            }
            for target in target_overlay.announced(dataset, figures)
        ],
    )


def _sentence(figures: Series, known: Sequence[str], lang: Lang) -> str:
    """Highest to lowest at the first and the last comparable period, or why that cannot be said."""
    if not known:
        period, refusal = max(figures.refused.items(), key=lambda item: periods.parse(item[0]))
        return refusal_sentence(period, refusal, lang)
    breaks = figures.indicator.break_periods
    ratios = {
        period: ratio
        for period in known
        if periods.comparable(period, known[-1], breaks)
        and (ratio := highest_to_lowest(figures, period)) is not None
        and set(figures.at(period).index) == set(figures.at(known[-1]).index)
    }
    if len(ratios) >= 2:
        (first, before), *_, (last, after) = ratios.items()
        return text(
            lang,
            "sentence.trend_gap",
            first=period_label(first, lang),
            last=period_label(last, lang),
            before=number(before, 2, lang),
            after=number(after, 2, lang),
        )
    comparable = [period for period in known if periods.comparable(period, known[-1], breaks)]
    return text(lang, "sentence.trend_short") if len(comparable) < 2 else ""


def _place(period: str) -> int | date:
    """Where a period stands on the axis: years and part-years by year, dates by day."""
    parsed = periods.parse(period)
    return parsed.end if parsed.series == "date" else parsed.year


def _segments(figures: Series, known: Sequence[str]) -> list[list[str]]:
    """The periods cut at the declared breaks: lines join periods of one segment only."""
    segments: list[list[str]] = []
    for period in known:
        if segments and periods.comparable(segments[-1][-1], period, figures.indicator.break_periods):
            segments[-1].append(period)
        else:
            segments.append([period])
    return segments


def _chart(figures: Series, known: Sequence[str], view: View, dataset: Dataset) -> go.Figure:
    lang, theme = view.lang, theme_of(view)
    chart = go.Figure()
    ends: dict[str, tuple[int | date, float]] = {}
    drawn = [area for area in AREAS if area != CITY or not _city_dwarfs(figures, dataset)]
    drawn.sort(key=lambda area: (area != CITY, area in view.district))
    for area in drawn:
        own = figures.table[figures.table["area"] == area].set_index("period")
        for segment in _segments(figures, known):
            present = [period for period in segment if period in own.index]
            if not present:
                continue
            chart.add_trace(_line(own, segment, area, figures, view, dataset, theme))
            ends[area] = (_place(present[-1]), value_of(own, present[-1]))
    target_overlay.add(chart, view, dataset, figures, lambda area: _colour(area, view, theme), INK[theme])
    ahead = bool(target_overlay.ways(view, dataset, figures) or target_overlay.announced(dataset, figures))
    _labels(chart, ends, view, theme, at_line=ahead)
    for one in figures.indicator.breaks:
        at = _place(one.period)
        if known and len(known) > 1 and _place(known[0]) < at <= _place(known[-1]):  # type: ignore[operator]
            middle = at - 0.5 if isinstance(at, int) else at
            chart.add_vline(x=middle, line={"color": QUIET[theme], "width": 1, "dash": "dot"})
            chart.add_annotation(
                x=middle,
                y=1,
                yref="paper",
                yanchor="bottom",
                showarrow=False,
                text=text(lang, "word.break"),
                font={"size": 11, "color": QUIET[theme]},
            )
    _layout(chart, figures, known, lang, theme)
    return chart


def _city_dwarfs(figures: Series, dataset: Dataset) -> bool:
    """Whether the city is the sum of the districts, so that its line would press theirs flat."""
    by_district = bool(figures.periods()) and not target_overlay.announced(dataset, figures)
    return by_district and (figures.transform == "share" or is_total(figures))


def _colour(area: str, view: View, theme: str) -> str:
    if view.district and area not in view.district:
        return FADED[theme]
    return district_colour(area, theme)


def _line(
    own: pd.DataFrame,
    segment: Sequence[str],
    area: str,
    figures: Series,
    view: View,
    dataset: Dataset,
    theme: str,
) -> go.Scatter:
    lang = view.lang
    rows = own.reindex(list(segment))
    colour = _colour(area, view, theme)
    hollow = [status == "U" for status in rows["obs_status"]]
    name = text(lang, "place.city") if area == CITY else short_name(area, lang)
    return go.Scatter(
        x=[_place(period) for period in segment],
        y=list(rows["value"]),
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={
            "color": colour,
            "width": 3 if area in view.district else 2,
            "dash": "dash" if area == CITY else "solid",
        },
        marker={
            "size": 7,
            "color": [GROUND[theme] if low else colour for low in hollow],
            "line": {"color": colour, "width": 1.6},
        },
        text=[_tip(name, str(period), row, figures, dataset, lang) for period, row in rows.iterrows()],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _tip(name: str, period: str, row: pd.Series, figures: Series, dataset: Dataset, lang: Lang) -> str:
    if pd.isna(row["value"]):
        return ""
    sources = [dataset.sources[key].body[lang] for key in row["source"].split(";") if key]
    lines = [
        f"<b>{escape(name)}</b>, {escape(period_label(period, lang))}",
        f"{value_text(figures, row['value'], lang)} {escape(unit_of(figures, lang))}",
        escape(text(lang, f"status.{row['obs_status']}_short")),
        *(escape(text(lang, "word.few")) for _ in range(bool(row["few"]))),
        escape("; ".join(dict.fromkeys(sources))),
    ]
    return "<br>".join(lines)


def _labels(
    chart: go.Figure,
    ends: dict[str, tuple[int | date, float]],
    view: View,
    theme: str,
    at_line: bool,
) -> None:
    """Names at the ends of the lines, moved apart where they would overlap.

    ``at_line`` puts them where each line ends, for a chart that goes on to a target; else they stand in
    the margin.
    """
    if not ends:
        return
    values = [y for trace in chart.data for y in trace.y if pd.notna(y)]
    span = (max(values) - min(values)) or abs(max(values)) or 1
    gap = span * 0.052
    order = sorted(ends, key=lambda area: ends[area][1])
    heights = spread([ends[area][1] for area in order], gap)
    labels: list[dict[str, object]] = []
    for area, height in zip(order, heights, strict=True):
        where = {"x": ends[area][0]} if at_line else {"x": 1, "xref": "paper"}
        place = {**where, "y": height, "showarrow": False}
        name = text(view.lang, "place.city_short") if area == CITY else short_name(area, view.lang)
        quiet = view.district and area not in view.district
        font = {"size": 12.5, "color": QUIET[theme] if quiet else INK[theme]}
        labels.append(place | {"text": name, "xanchor": "left", "xshift": 6, "font": font})
        font = {"size": 15, "color": _colour(area, view, theme)}
        labels.append(place | {"text": "●", "xanchor": "center", "xshift": 1, "font": font})
    annotate(chart, *labels)


def _layout(chart: go.Figure, figures: Series, known: Sequence[str], lang: Lang, theme: str) -> None:
    places = [_place(period) for period in known]
    if known and isinstance(places[0], int):
        ticks: dict[str, Any] = {"tickformat": "d", "nticks": min(len(places), 12), "tickangle": 0}
    else:
        ticks = {"tickformat": "%m.%Y" if len(places) < 12 else "%Y", "nticks": 6}
    values: dict[str, Any] = {"tickformat": f",.{decimals_of(figures)}f", "nticks": 6}
    lay_out(chart, lang, theme, HEIGHT, axis(theme, **ticks), axis(theme, grid=True, **values), right=108)
    if figures.transform in ("relative", "index"):
        chart.add_hline(y=100, line={"color": QUIET[theme], "width": 1})
