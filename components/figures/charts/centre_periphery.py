"""Centre and periphery over time: the headline."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import ACCENT, GROUND, QUIET, annotate, axis, lay_out, spread, theme_of
from components.figures.drawing.activity_notes import caveat, reliability, structure_notes
from components.figures.drawing.uses import activity_uses
from components.selection import activity_of, activity_period
from components.text.formats import number, period_label, period_short
from components.text.sentences import alternative_text
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.centre_periphery import AUEZOV, counts_equally, structure
from data.centre_periphery_trend import Headline, HeadlineKind, headline
from data.dataset import Dataset

HEIGHT = 380
SMALL_GAP = 0.1
"""Of a ratio from 1: which part of a smaller gap has closed says nothing."""


def polycentricity_figure(view: View, dataset: Dataset) -> Figure:
    """The headline of the view's activity, with its trend for all three ways to count Auezov."""
    lang, key = view.lang, activity_of(view)
    period = activity_period(view, dataset)
    found = headline(dataset, key, period, view.auezov)
    if found is None:
        raise ValueError(f"{key} has neither a ratio nor a share at {period}")
    good_since = dataset.indicators[key].good_since
    equal = found.kind == "ratio" and counts_equally(dataset, key, period, view.auezov)
    title = text(lang, f"polycentricity.{found.kind}_title", title=dataset.indicators[key].title[lang])
    sentence = headline_sentence(found, lang)
    decimals = 1 if found.kind == "share" else 2
    notes = [_changes(found, lang)]
    if good_since:
        notes.append(text(lang, "polycentricity.good_since", period=period_label(good_since, lang)))
    if equal:
        notes.append(text(lang, "polycentricity.equal"))
    if found.kind == "share":
        notes.append(text(lang, "polycentricity.share_why"))
    now = structure(dataset, key, period, view.auezov, equal)
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, key, [at for at, _ in found.series[view.auezov]]),
        view=view,
        title=title,
        subtitle=text(lang, "polycentricity.equal_unit" if equal else f"polycentricity.{found.kind}_unit"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_chart(found, good_since, view),
        table=_table(found, lang),
        columns=(
            Column("period_label", text(lang, "ui.period")),
            *(
                Column(one, f"{text(lang, 'ui.auezov')}: {text(lang, f'auezov.{one}')}", decimals)
                for one in AUEZOV
            ),
            *(
                [Column("residents", text(lang, "polycentricity.residents_column"), 1)]
                if found.residents is not None
                else []
            ),
            *([Column("closed", text(lang, "polycentricity.closed_column"), 0)] if found.closed else []),
        ),
        foot=(*notes, *structure_notes(now, dataset, lang)),
        method=text(lang, f"method.{found.kind}"),
        caveat=caveat(now, lang),
    )


def shown_value(kind: HeadlineKind, value: float, lang: Lang) -> str:
    """A ratio with two decimals, a share in percent with one."""
    return number(value * 100, 1, lang) if kind == "share" else number(value, 2, lang)


def headline_sentence(found: Headline, lang: Lang) -> str:
    """The first and the last value of a headline, and how it is read."""
    first, last = found.base, found.latest
    count = "one" if first == last else "two"
    fact = text(
        lang,
        f"polycentricity.{found.kind}_{count}",
        before=shown_value(found.kind, first[1], lang),
        after=shown_value(found.kind, last[1], lang),
        first=period_label(first[0], lang),
        last=period_label(last[0], lang),
    )
    parts = [fact, text(lang, f"centred_sentence.{found.reading}")]
    if found.residents is not None:
        share = number(found.residents * 100, 1, lang)
        parts.append(text(lang, "polycentricity.residents", share=share))
    if found.closed is not None and found.reading == "more_balanced" and abs(first[1] - 1) >= SMALL_GAP:
        parts.append(text(lang, "polycentricity.closed", closed=number(found.closed * 100, 0, lang)))
    return " ".join(parts)


def _changes(found: Headline, lang: Lang) -> str:
    parts = (
        f"{text(lang, f'auezov.{one}')} "
        + text(lang, "word.percent", n=number(change * 100, 1, lang, signed=True))
        for one, change in found.changes.items()
    )
    return text(lang, "polycentricity.changes", parts=", ".join(parts))


def _table(found: Headline, lang: Lang) -> pd.DataFrame:
    unit = 100 if found.kind == "share" else 1
    table = pd.DataFrame({one: pd.Series(dict(points)) * unit for one, points in found.series.items()})
    table = table.reset_index(names="period")
    table["period_label"] = [period_label(period, lang) for period in table["period"]]
    if found.residents is not None:
        table["residents"] = table["period"].map({found.latest[0]: found.residents * 100})
    if found.closed is not None:
        table["closed"] = table["period"].map({found.latest[0]: found.closed * 100})
    return table


def _place(period: str) -> int | date:
    parsed = periods.parse(period)
    return parsed.end if parsed.series == "date" else parsed.year


def _chart(found: Headline, good_since: str | None, view: View) -> go.Figure:
    """A line for each way to count Auezov, the chosen one strong; hollow where the data are not good."""
    theme, lang = theme_of(view), view.lang
    chart, ends = go.Figure(), {}
    for one in sorted(AUEZOV, key=lambda one: one == found.auezov):
        points = [(at, shown * (100 if found.kind == "share" else 1)) for at, shown in found.series[one]]
        chosen = one == found.auezov
        colour = ACCENT[theme] if chosen else QUIET[theme]
        good = [good_since is None or periods.starts_after(at, good_since) for at, _ in points]
        chart.add_trace(
            go.Scatter(
                x=[_place(at) for at, _ in points],
                y=[value for _, value in points],
                mode="lines+markers" if chosen or len(points) == 1 else "lines",
                line={"color": colour, "width": 3 if chosen else 1.4, "dash": "solid" if chosen else "dot"},
                marker={
                    "size": 8,
                    "color": [colour if fine else GROUND[theme] for fine in good],
                    "line": {"color": colour, "width": 1.6},
                },
                text=[
                    f"{escape(period_label(at, lang))}<br><b>{shown_value(found.kind, value, lang)}</b>, "
                    f"{escape(text(lang, f'auezov.{one}'))}"
                    for at, value in found.series[one]
                ],
                hovertemplate="%{text}<extra></extra>",
            )
        )
        ends[one] = points[-1][1]
    values = [value for trace in chart.data for value in trace.y]
    level = 1 if found.kind == "ratio" else None
    low, high = min([*values, level or values[0]]), max([*values, level or values[0]])
    margin = (high - low or abs(high)) * 0.08
    if level is not None:
        chart.add_hline(y=level, line={"color": QUIET[theme], "width": 1})
    order = sorted(ends, key=lambda one: ends[one])
    heights = spread([ends[one] for one in order], (high - low + 2 * margin) * 0.14)
    annotate(
        chart,
        *(
            {
                "x": 1,
                "xref": "paper",
                "xanchor": "left",
                "xshift": 8,
                "y": height,
                "align": "left",
                "showarrow": False,
                "text": text(lang, f"auezov_short.{one}"),
                "font": {"size": 12, "color": ACCENT[theme] if one == found.auezov else QUIET[theme]},
            }
            for one, height in zip(order, heights, strict=True)
        ),
    )
    known = [at for at, _ in found.series[found.auezov]]
    decimals = ",.0f" if found.kind == "share" else ",.1f"
    return lay_out(
        chart,
        lang,
        theme,
        HEIGHT,
        axis(theme, **_ticks(known, lang)),
        axis(theme, grid=True, nticks=6, tickformat=decimals, range=[low - margin, high + margin]),
        right=104,
    )


def _ticks(known: Sequence[str], lang: Lang) -> dict[str, Any]:
    """A few upright marks under the periods; at the end of a year the year stands for the date."""
    parsed = [periods.parse(one) for one in known]
    first, last = parsed[0], parsed[-1]
    if len(parsed) > 8 and all((one.end.month, one.end.day) == (12, 31) for one in parsed):
        kept = [one for one in parsed if one.year % 10 == 0 and last.year - one.year > 5] + [last]
        labels = [str(one.year) for one in kept]
    else:
        inner = parsed[len(parsed) // 2 : -1][: len(parsed) > 2] if first.series == "year" else []
        kept = list(dict.fromkeys([first, *inner, last]))
        labels = [period_short(str(one), lang) for one in kept]
    return {"tickvals": [_place(str(one)) for one in kept], "ticktext": labels, "tickangle": 0}
