"""Two places side by side over all indicators."""

from collections.abc import Sequence
from dataclasses import replace
from math import log
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.drawing.uses import weight_uses
from components.text.formats import number, period_label, period_short
from components.text.sentences import (
    decimals_of,
    full_name,
    rank_of,
    rank_text,
    short_name,
    unit_of,
)
from components.text.strings import Lang, text
from components.view import View
from data.catalogue import TOPICS
from data.comparison import GROUPS, Compared, Rank, compare
from data.dataset import Dataset
from data.district_profile import against_city
from data.transforms import transformed

REACH = 4.0
"""The scale runs from 25 to 400 with city = 100; what lies beyond stands at its end."""


def drawable(one: Compared) -> bool:
    """Whether a row has its place on the scale: two values relative to the city, each of enough cases."""
    return one.relative_a is not None and one.relative_b is not None and not one.few


def ordered(view: View, dataset: Dataset) -> list[Compared]:
    """The indicators in the order of the view: by topic, by how far the two lie apart, by what moved most."""
    found = [one for one in compare(dataset, view.a, view.b, view.auezov) if one.period]
    if view.sort == "distance":
        return sorted(found, key=lambda one: -abs(log(one.ratio)) if drawable(one) and one.ratio else 0.0)
    if view.sort == "change":
        table = against_city(dataset)
        moved = table[table["area"].isin([view.a, view.b])].set_index("indicator")["change"].abs()
        most = moved.groupby(level=0).max().fillna(0).to_dict()
        return sorted(found, key=lambda one: -most.get(one.key, 0.0))
    return sorted(found, key=lambda one: TOPICS.index(dataset.indicators[one.key].topic))


def dumbbell_figure(view: View, dataset: Dataset) -> Figure:
    """Two places against the city on one scale, indicator by indicator; the table has those without one."""
    lang, names = view.lang, {place: short_name(place, view.lang) for place in (view.a, view.b)}
    found = ordered(view, dataset)
    drawn = [one for one in found if drawable(one)]
    hidden = len(found) - len(drawn)
    title = text(lang, "compare.pair_title", a=full_name(view.a, lang), b=full_name(view.b, lang))
    sentence = _sentence(drawn, view, dataset)
    return Figure(
        dataset=dataset,
        uses=tuple(
            use
            for one in found
            if one.period
            for use in (
                Use(one.key, one.transform, (one.period,)),
                *(weight_uses(dataset, one.key, one.period) if {view.a, view.b} & {*GROUPS} else ()),
            )
        ),
        view=view,
        title=title,
        subtitle=text(lang, "compare.pair_unit"),
        sentence=sentence,
        alt=f"{title}. {sentence}",
        picture=element(
            "div", _key(view), (_row(one, view, dataset) for one in drawn), class_="dumbbells", role="list"
        ),
        table=_table(found, drawn, view, dataset),
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("unit", text(lang, "word.unit")),
            Column("period_label", text(lang, "ui.period")),
            Column("a", names[view.a]),
            Column("b", names[view.b]),
            Column("city", text(lang, "compare.city")),
            Column("ratio", text(lang, "compare.ratio"), 2),
            Column("relative_a", text(lang, "compare.relative_a", name=names[view.a]), 0),
            Column("relative_b", text(lang, "compare.relative_a", name=names[view.b]), 0),
            Column("rank_a", text(lang, "compare.rank_a", name=names[view.a])),
            Column("rank_b", text(lang, "compare.rank_a", name=names[view.b])),
            Column("note", text(lang, "word.status")),
            Column("n", text(lang, "compare.count"), 0),
            Column("above_a", text(lang, "compare.above", name=names[view.a]), 0),
            Column("above_b", text(lang, "compare.above", name=names[view.b]), 0),
        ),
        foot=(
            *([text(lang, "compare.no_relative", n=hidden)] if hidden else []),
            text(lang, "compare.beyond"),
            text(lang, "foot.few"),
        ),
    )


def _sentence(drawn: Sequence[Compared], view: View, dataset: Dataset) -> str:
    lang = view.lang
    if view.a == view.b:
        return text(lang, "compare.same")
    if not drawn:
        return text(lang, "compare.pair_none")
    widest = max(drawn, key=lambda one: abs(log(one.ratio)) if one.ratio else 0.0)
    shown = transformed(dataset, widest.key, widest.transform)
    above_a, above_b = _above(drawn)
    return text(
        lang,
        "compare.pair_sentence",
        n=len(drawn),
        a=short_name(view.a, lang),
        b=short_name(view.b, lang),
        above_a=above_a,
        above_b=above_b,
        indicator=dataset.indicators[widest.key].short[lang],
        value_a=number(widest.a or 0, decimals_of(shown), lang),
        value_b=number(widest.b or 0, decimals_of(shown), lang),
    )


def _above(drawn: Sequence[Compared]) -> tuple[int, int]:
    """In how many indicators each place lies above the city."""
    above = [
        sum(round(relative or 0, 9) > 100 for relative in side)
        for side in ([one.relative_a for one in drawn], [one.relative_b for one in drawn])
    ]
    return above[0], above[1]


def _key(view: View) -> Element:
    """The heads of the columns: which mark is whose, and the ends of the scale."""
    lang = view.lang
    return element(
        "div",
        element("span", class_="name"),
        element(
            "span",
            (
                element(
                    "small",
                    number(100 * REACH**step, 0, lang),
                    style=f"left:{_place(100 * REACH**step):.1f}%",
                )
                for step in (-1, -0.5, 0, 0.5, 1)
            ),
            class_="scale",
        ),
        element("span", element("i", class_="dot a"), short_name(view.a, lang), class_="value"),
        element("span", element("i", class_="dot b"), short_name(view.b, lang), class_="value"),
        class_="dumbbell heads",
        aria_hidden="true",
    )


def _place(relative: float) -> float:
    """Where a value relative to the city stands on the logarithmic scale, in percent of its width."""
    bounded = min(REACH, max(1 / REACH, relative / 100)) if relative > 0 else 1 / REACH
    return 50 + 50 * log(bounded) / log(REACH)


def _row(one: Compared, view: View, dataset: Dataset) -> Element:
    lang, shown = view.lang, transformed(dataset, one.key, one.transform)
    left, right = sorted((_place(one.relative_a or 0), _place(one.relative_b or 0)))
    target = replace(view.with_indicator(one.key), transform=one.transform, period=one.period or view.period)
    same = f", {text(lang, 'compare.about_same')}" if one.about_same else ""
    low = f", {text(lang, 'status.U_short')}" if one.low_reliability else ""
    marks = [
        element("i", class_=f"dot {side}", style=f"left:{_place(relative or 0):.1f}%")
        for side, relative in (("a", one.relative_a), ("b", one.relative_b))
    ]
    return element(
        "div",
        element(
            "span",
            link(target, "map", dataset.indicators[one.key].short[lang]),
            element("small", f"{unit_of(shown, lang)}, {period_short(one.period or '', lang)}{low}{same}"),
            class_="name",
        ),
        element(
            "span",
            element("i", class_="city-line"),
            element("i", class_="bar", style=f"left:{left:.1f}%;width:{right - left:.1f}%"),
            marks,
            class_="scale",
            aria_hidden="true",
        ),
        *(
            element(
                "span",
                element("b", number(value or 0, decimals_of(shown), lang)),
                element("small", f" {rank_of(rank_text(rank), lang)}") if rank else None,
                class_="value",
            )
            for value, rank in ((one.a, one.rank_a), (one.b, one.rank_b))
        ),
        class_="dumbbell",
        role="listitem",
    )


def _table(
    found: Sequence[Compared], drawn: Sequence[Compared], view: View, dataset: Dataset
) -> pd.DataFrame:
    """One row an indicator; values are written with the decimals of each."""
    lang = view.lang
    rows = []
    above_a, above_b = _above(drawn)
    for one in found:
        shown = transformed(dataset, one.key, one.transform)
        decimals = decimals_of(shown)

        def written(value: float | None, decimals: int = decimals) -> str:
            return "–" if value is None else number(value, decimals, lang)

        rows.append(
            {
                "indicator": one.key,
                "title": dataset.indicators[one.key].short[lang],
                "unit": unit_of(shown, lang),
                "period": one.period,
                "period_label": period_label(one.period or "", lang),
                "a": written(one.a),
                "b": written(one.b),
                "city": written(one.city),
                "ratio": one.ratio,
                "relative_a": one.relative_a,
                "relative_b": one.relative_b,
                "rank_a": _rank(one.rank_a, lang),
                "rank_b": _rank(one.rank_b, lang),
                "note": _note(one, lang),
                "n": len(drawn),
                "above_a": above_a,
                "above_b": above_b,
            }
        )
    return pd.DataFrame(rows)


def _rank(rank: Rank | None, lang: Lang) -> str:
    return rank_of(rank_text(rank), lang) if rank else "–"


def _note(one: Compared, lang: Lang) -> str:
    """What keeps a row from being compared, or makes it less sure."""
    parts = [f"{short_name(place, lang)}: {text(lang, 'word.no_data')}" for place in one.missing]
    parts += [f"{short_name(place, lang)}: {text(lang, 'word.few')}" for place in one.few]
    if one.low_reliability:
        parts.append(text(lang, "status.U_short"))
    if one.about_same:
        parts.append(text(lang, "compare.about_same"))
    return "; ".join(parts)
