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
    annotate,
    area_colour,
    axis,
    colours_of,
    label,
    label_heights,
    lay_out,
)
from components.selection import period_of, series_of
from components.text.number_formats import number, period_in, period_label, period_short
from components.text.sentences import (
    alternative_text,
    decimals_of,
    foot_lines,
    refusal_sentence,
    reliability_badge,
    short_name,
    title_of,
    unit_of,
    value_text,
)
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.periods import axis_position, comparable, parse, starts_after
from data.ranks import extremes
from data.transforms import Series, value_of
from geo.districts import AREAS, CITY

HEIGHT = 500


def trend_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the trend of a view over all periods that belong with its period."""
    series, lang = series_of(view, dataset), view.lang
    periods = series.periods(parse(period_of(view, series)).series, districts=False)
    rows = series.table[series.table["period"].isin(periods)]
    badge = reliability_badge(rows, lang)
    title = _title(series, periods, lang)
    sentence = _sentence(series, periods, lang)
    notes = {
        "foot.overlay": target_overlay.ways(view, dataset, series),
        "foot.hollow": badge,
        "foot.city_in_table": _city_dwarfs(series, dataset),
    }
    return Figure(
        dataset=dataset,
        uses=(Use.of(series, *(periods or series.refused)),),
        view=view,
        title=title,
        subtitle=unit_of(series, lang),
        badge=badge,
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_chart(series, periods, view, dataset),
        table=_table(series, rows, periods, dataset, lang),
        columns=(
            Column("period_label", text(lang, "ui.period")),
            *(Column(area, short_name(area, lang), decimals_of(series)) for area in AREAS),
            Column("ratio", text(lang, "word.highest_to_lowest"), 2),
        ),
        foot=(
            *(text(lang, note) for note, applies in notes.items() if applies),
            *foot_lines(series, rows, lang),
        ),
    )


def _title(series: Series, periods: Sequence[str], lang: Lang) -> str:
    title = title_of(series, lang)
    if not periods:
        return title
    first, last = periods[0], periods[-1]
    if first == last:
        return f"{title}, {period_label(last, lang)}"
    return f"{title}, {period_short(first, lang)} – {period_short(last, lang)}"


def _table(
    series: Series, rows: pd.DataFrame, periods: Sequence[str], dataset: Dataset, lang: Lang
) -> pd.DataFrame:
    """Return periods down, areas across, the ratio of highest to lowest, and what was announced below."""
    table = rows.pivot(index="period", columns="area", values="value")
    table = table.reindex(index=list(periods), columns=list(AREAS)).reset_index(names="period")
    table["period_label"] = [period_label(period, lang) for period in periods]
    table["ratio"] = [extremes(series, period).ratio for period in periods]
    table["ratio"] = table["ratio"].astype(float)
    announced = [
        {
            "period": str(target.target_year),
            "period_label": f"{target.target_year}, {target_overlay.wording(target, lang)}",
            target.area or CITY: (target.target_value or 0) * target.scale,
        }
        for target in target_overlay.announced(dataset, series)
    ]
    return pd.concat([table, pd.DataFrame(announced)], ignore_index=True)


def _sentence(series: Series, periods: Sequence[str], lang: Lang) -> str:
    """Return highest to lowest at the first and the last comparable period, or why there is none."""
    if not periods:
        period, refusal = max(series.refused.items(), key=lambda refused: parse(refused[0]))
        return refusal_sentence(period, refusal, lang)
    last = periods[-1]
    together = [period for period in periods if comparable(period, last, series.indicator.break_periods)]
    ratios = {
        period: ratio
        for period in together
        if (ratio := extremes(series, period).ratio) is not None
        and set(series.at(period).index) == set(series.at(last).index)
    }
    if len(ratios) >= 2:
        (first, before), *_, (last, after) = ratios.items()
        return text(
            lang,
            "sentence.trend_gap",
            first=period_in(first, lang),
            last=period_in(last, lang),
            before=number(before, 2, lang),
            after=number(after, 2, lang),
        )
    return text(lang, "sentence.trend_short") if len(together) < 2 else ""


def _segments(series: Series, periods: Sequence[str]) -> list[list[str]]:
    """Return the periods cut at the declared breaks: lines join periods of one segment only."""
    segments: list[list[str]] = []
    for period in periods:
        if segments and comparable(segments[-1][-1], period, series.indicator.break_periods):
            segments[-1].append(period)
        else:
            segments.append([period])
    return segments


def _chart(series: Series, periods: Sequence[str], view: View, dataset: Dataset) -> go.Figure:
    """Return the lines, highlighted districts over the others, the city below all."""
    lines: list[go.Scatter] = []
    ends: dict[str, tuple[int | date, float]] = {}
    areas = [area for area in AREAS if area != CITY or not _city_dwarfs(series, dataset)]
    for area in sorted(areas, key=lambda area: (area != CITY, area in view.district)):
        rows = series.table[series.table["area"] == area].set_index("period")
        for segment in _segments(series, periods):
            present = [period for period in segment if period in rows.index]
            if present:
                lines.append(_line(rows.reindex(segment), area, series, view, dataset))
                ends[area] = (axis_position(present[-1]), value_of(rows, present[-1]))
    chart = go.Figure(lines)
    target_overlay.add(chart, series, view, dataset)
    if ends:
        ahead = target_overlay.ways(view, dataset, series) or target_overlay.announced(dataset, series)
        _add_names(chart, ends, view, at_line=bool(ahead))
    _add_breaks(chart, series, periods, view)
    return _lay_out(chart, series, periods, view)


def _city_dwarfs(series: Series, dataset: Dataset) -> bool:
    """Return whether the city is the sum of the districts, so that its line would press theirs flat."""
    by_district = bool(series.periods()) and not target_overlay.announced(dataset, series)
    return by_district and (series.transform == "share" or series.is_total)


def _line(rows: pd.DataFrame, area: str, series: Series, view: View, dataset: Dataset) -> go.Scatter:
    """Return the line of an area over the periods of one segment; values of low reliability are hollow."""
    lang, colour = view.lang, area_colour(area, view)
    ground = colours_of(view).ground
    name = text(lang, "place.city") if area == CITY else short_name(area, lang)
    return go.Scatter(
        x=[axis_position(period) for period in rows.index],
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
            "color": [ground if status == "U" else colour for status in rows["obs_status"]],
            "line": {"color": colour, "width": 1.6},
        },
        text=[_tip(name, str(period), row, series, dataset, lang) for period, row in rows.iterrows()],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _tip(name: str, period: str, row: pd.Series, series: Series, dataset: Dataset, lang: Lang) -> str:
    if pd.isna(row["value"]):
        return ""
    bodies = [dataset.sources[key].body[lang] for key in row["source"].split(";") if key]
    lines = [
        f"<b>{escape(name)}</b>, {escape(period_label(period, lang))}",
        f"{value_text(series, row['value'], lang)} {escape(unit_of(series, lang))}",
        escape(text(lang, f"status.{row['obs_status']}_short")),
        escape("; ".join(dict.fromkeys(bodies))),
    ]
    if row["few"]:
        lines.insert(3, escape(text(lang, "word.few")))
    return "<br>".join(lines)


def _add_names(
    chart: go.Figure, ends: dict[str, tuple[int | date, float]], view: View, at_line: bool
) -> None:
    """Add names at the ends of the lines, each with a dot, moved apart where they would overlap.

    ``at_line`` puts them where each line ends, for a chart that goes on to a target; else they stand in
    the margin.
    """
    colours = colours_of(view)
    values = [y for trace in chart.data for y in trace.y if pd.notna(y)]
    span = (max(values) - min(values)) or abs(max(values)) or 1
    heights = label_heights({area: value for area, (_, value) in ends.items()}, span * 0.052)
    labels = []
    for area, height in heights.items():
        x = ends[area][0] if at_line else None
        quiet = view.district and area not in view.district
        font = {"size": 12.5, "color": colours.quiet if quiet else colours.ink}
        labels.append(label(short_name(area, view.lang), height, x, xshift=6, font=font))
        font = {"size": 15, "color": area_colour(area, view)}
        labels.append(label("●", height, x, xanchor="center", xshift=1, font=font))
    annotate(chart, labels)


def _add_breaks(chart: go.Figure, series: Series, periods: Sequence[str], view: View) -> None:
    """Mark every declared break between the first and the last period with an upright line."""
    quiet = colours_of(view).quiet
    for period in series.indicator.break_periods:
        if not periods or starts_after(periods[0], period) or not starts_after(periods[-1], period):
            continue
        position = axis_position(period)
        middle = position - 0.5 if isinstance(position, int) else position
        chart.add_vline(x=middle, line={"color": quiet, "width": 1, "dash": "dot"})
        chart.add_annotation(
            x=middle,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            text=text(view.lang, "word.break"),
            font={"size": 11, "color": quiet},
        )


def _lay_out(chart: go.Figure, series: Series, periods: Sequence[str], view: View) -> go.Figure:
    colours = colours_of(view)
    if periods and parse(periods[0]).series != "date":
        ticks: dict[str, Any] = {"tickformat": "d", "nticks": min(len(periods), 12), "tickangle": 0}
    else:
        ticks = {"tickformat": "%m.%Y" if len(periods) < 12 else "%Y", "nticks": 6}
    yaxis = axis(view, grid=True, tickformat=f",.{decimals_of(series)}f", nticks=6)
    lay_out(chart, view, HEIGHT, axis(view, **ticks), yaxis, right=108)
    if series.transform in ("relative", "index"):
        chart.add_hline(y=100, line={"color": colours.quiet, "width": 1})
    return chart
