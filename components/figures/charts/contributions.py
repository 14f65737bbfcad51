"""What each district added to a change of the headline."""

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.charts.theme import ACCENT, GRID, INK, ORANGE, QUIET, axis, lay_out, theme_of
from components.figures.drawing.activity_notes import caveat, reliability, structure_notes
from components.figures.drawing.uses import activity_uses
from components.selection import activity_of, activity_period
from components.text.formats import number, period_label, period_short
from components.text.sentences import alternative_text, short_name
from components.text.strings import text
from components.view import View
from data.centre_periphery import structure
from data.centre_periphery_trend import contributions, headline
from data.dataset import Dataset


def contributions_figure(view: View, dataset: Dataset) -> Figure | None:
    """What each district added to the change of the headline; None for a change that is not measurable."""
    lang, key, period = view.lang, activity_of(view), activity_period(view, dataset)
    found = headline(dataset, key, period, view.auezov)
    parts = contributions(dataset, key, period, view.auezov)
    if found is None or parts is None:
        return None
    unit, decimals = (100, 1) if found.kind == "share" else (1, 2)
    table = pd.DataFrame(
        [
            {"area": area, "name": short_name(area, lang), "value": value * unit}
            for area, value in sorted(parts.items(), key=lambda one: one[1])
        ]
    )
    first, last = found.base[1] * unit, found.latest[1] * unit
    ends = [
        {"area": "", "name": period_label(at, lang), "level": level}
        for at, level in ((found.base[0], first), (found.latest[0], last))
    ]
    title = text(
        lang,
        "polycentricity.contributions_title",
        title=f"{dataset.indicators[key].short[lang]}, "
        f"{period_short(found.base[0], lang)} – {period_short(found.latest[0], lang)}",
    )
    low, high = table.iloc[0], table.iloc[-1]
    ways = [name for name, one in (("down", low["value"] < 0), ("up", high["value"] > 0)) if one]
    sentence = text(
        lang,
        "polycentricity.contributions_" + ("sentence" if len(ways) == 2 else ways[0]),
        down=low["name"],
        down_value=number(low["value"], decimals, lang, signed=True),
        up=high["name"],
        up_value=number(high["value"], decimals, lang, signed=True),
    )
    equal = found.kind == "ratio" and structure(dataset, key, found.base[0], view.auezov).intensity
    method = text(lang, "method.contributions")
    if equal:
        method += " " + text(lang, "method.contributions_average")
    points = "points" if found.kind == "share" else "ratio_points"
    return Figure(
        dataset=dataset,
        uses=activity_uses(dataset, key, [found.base[0], found.latest[0]], [view.auezov]),
        view=view,
        title=title,
        subtitle=text(lang, f"polycentricity.{points}"),
        badge=reliability(dataset, key, lang),
        sentence=sentence,
        alt=alternative_text("trend", title, sentence, lang),
        picture=_waterfall(table, first, last, (str(ends[0]["name"]), str(ends[1]["name"])), decimals, view),
        table=pd.concat([pd.DataFrame(ends[:1]), table, pd.DataFrame(ends[1:])], ignore_index=True),
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("value", text(lang, "polycentricity.contribution"), decimals, signed=True),
            Column("level", text(lang, f"polycentricity.{found.kind}"), decimals),
        ),
        foot=structure_notes(structure(dataset, key, found.latest[0], view.auezov), dataset, lang),
        method=method,
        caveat=caveat(structure(dataset, key, found.latest[0], view.auezov), lang),
    )


def _waterfall(
    table: pd.DataFrame, first: float, last: float, ends: tuple[str, str], decimals: int, view: View
) -> go.Figure:
    theme, lang = theme_of(view), view.lang
    names = [ends[0], *table["name"], ends[1]]
    heights = [first, *table["value"], last]
    words = [
        number(first, decimals, lang),
        *(number(one, decimals, lang, signed=True) for one in table["value"]),
        number(last, decimals, lang),
    ]
    chart = go.Figure(
        go.Waterfall(
            orientation="h",
            measure=["absolute", *["relative"] * len(table), "total"],
            y=names,
            x=heights,
            text=words,
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 12.5, "color": INK[theme]},
            decreasing={"marker": {"color": ACCENT[theme]}},
            increasing={"marker": {"color": ORANGE[theme]}},
            totals={"marker": {"color": QUIET[theme]}},
            connector={"line": {"color": GRID[theme], "width": 1}},
            hoverinfo="skip",
        )
    )
    running = [first]
    for one in table["value"]:
        running.append(running[-1] + one)
    high = max(running)
    return lay_out(
        chart,
        lang,
        theme,
        80 + 32 * len(names),
        axis(theme, grid=True, nticks=5, range=[0, high * 1.16]),
        axis(theme, autorange="reversed", type="category"),
        right=28,
    )
