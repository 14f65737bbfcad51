"""Two places side by side over all indicators."""

from collections.abc import Sequence
from dataclasses import replace
from math import log
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.drawing.provenance import weight_uses
from components.figures.drawing.scales import linear
from components.text.number_formats import number, period_label, period_short
from components.text.sentences import decimals_of, full_name, rank_of, rank_text, short_name, unit_of
from components.text.strings import Lang, text
from components.view import View
from data.catalogue import TOPICS
from data.comparison import GROUPS, Compared, compare
from data.dataset import Dataset
from data.district_profile import against_city
from data.ranks import Rank
from data.transforms import transformed

REACH = 4.0
"""The scale runs from 25 to 400 with city = 100; what lies beyond stands at its end."""
_SCALE = linear((-log(REACH), log(REACH)), 0, 100)


def drawable(row: Compared) -> bool:
    """Return whether a row has its place on the scale: two values relative to the city of enough cases."""
    return row.relative_a is not None and row.relative_b is not None and not row.few


def _distance(row: Compared) -> float:
    """Return how far the two places lie apart, as the logarithm of their ratio."""
    return abs(log(row.ratio)) if row.ratio else 0.0


def ordered(view: View, dataset: Dataset) -> list[Compared]:
    """Return the indicators in the order of the view: by topic, by distance, or by what moved most."""
    rows = [row for row in compare(dataset, view.a, view.b, view.auezov) if row.period]
    if view.sort == "distance":
        return sorted(rows, key=lambda row: -_distance(row) if drawable(row) else 0.0)
    if view.sort == "change":
        table = against_city(dataset)
        moved = table[table["area"].isin([view.a, view.b])].set_index("indicator")["size"]
        largest = moved.groupby(level=0).max().fillna(0).to_dict()
        return sorted(rows, key=lambda row: -largest.get(row.key, 0.0))
    return sorted(rows, key=lambda row: TOPICS.index(dataset.indicators[row.key].topic))


def dumbbell_figure(view: View, dataset: Dataset) -> Figure:
    """Draw two places against the city on one scale, indicator by indicator.

    The table has those that have no place on the scale as well.
    """
    lang = view.lang
    name_a, name_b = short_name(view.a, lang), short_name(view.b, lang)
    rows = ordered(view, dataset)
    drawn = [row for row in rows if drawable(row)]
    hidden = len(rows) - len(drawn)
    title = text(lang, "compare.pair_title", a=full_name(view.a, lang), b=full_name(view.b, lang))
    sentence = _sentence(drawn, view, dataset)
    return Figure(
        dataset=dataset,
        uses=tuple(use for row in rows for use in _uses(row, view, dataset)),
        view=view,
        title=title,
        subtitle=text(lang, "compare.pair_unit"),
        sentence=sentence,
        alt=f"{title}. {sentence}",
        picture=element(
            "div", _key(view), (_row(row, view, dataset) for row in drawn), class_="dumbbells", role="list"
        ),
        table=_table(rows, drawn, view, dataset),
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("unit", text(lang, "word.unit")),
            Column("period_label", text(lang, "ui.period")),
            Column("a", name_a),
            Column("b", name_b),
            Column("city", text(lang, "compare.city")),
            Column("ratio", text(lang, "compare.ratio"), 2),
            Column("relative_a", text(lang, "compare.relative_a", name=name_a), 0),
            Column("relative_b", text(lang, "compare.relative_a", name=name_b), 0),
            Column("rank_a", text(lang, "compare.rank_a", name=name_a)),
            Column("rank_b", text(lang, "compare.rank_a", name=name_b)),
            Column("note", text(lang, "word.status")),
            Column("n", text(lang, "compare.count"), 0),
            Column("above_a", text(lang, "compare.above", name=name_a), 0),
            Column("above_b", text(lang, "compare.above", name=name_b), 0),
        ),
        foot=(
            *([text(lang, "compare.no_relative", n=hidden)] if hidden else []),
            text(lang, "compare.beyond"),
            text(lang, "foot.few"),
        ),
    )


def _uses(row: Compared, view: View, dataset: Dataset) -> tuple[Use, ...]:
    if row.period is None:
        return ()
    weights = weight_uses(dataset, row.key, row.period) if {view.a, view.b} & {*GROUPS} else ()
    return Use(row.key, row.transform, (row.period,)), *weights


def _sentence(drawn: Sequence[Compared], view: View, dataset: Dataset) -> str:
    lang = view.lang
    if view.a == view.b:
        return text(lang, "compare.same")
    if not drawn:
        return text(lang, "compare.pair_none")
    widest = max(drawn, key=_distance)
    decimals = decimals_of(transformed(dataset, widest.key, widest.transform))
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
        value_a=number(widest.a or 0, decimals, lang),
        value_b=number(widest.b or 0, decimals, lang),
    )


def _above(drawn: Sequence[Compared]) -> tuple[int, int]:
    """Return in how many indicators each place lies above the city."""
    above_a = sum(round(row.relative_a or 0, 9) > 100 for row in drawn)
    above_b = sum(round(row.relative_b or 0, 9) > 100 for row in drawn)
    return above_a, above_b


def _key(view: View) -> Element:
    """Draw the heads of the columns: the mark of each place, and the steps of the scale."""
    steps = [100 * REACH**step for step in (-1, -0.5, 0, 0.5, 1)]
    return element(
        "div",
        element("span", class_="name"),
        element(
            "span",
            (
                element("small", number(step, 0, view.lang), style=f"left:{_place(step):.1f}%")
                for step in steps
            ),
            class_="scale",
        ),
        element("span", element("i", class_="dot a"), short_name(view.a, view.lang), class_="value"),
        element("span", element("i", class_="dot b"), short_name(view.b, view.lang), class_="value"),
        class_="dumbbell heads",
        aria_hidden="true",
    )


def _place(relative: float) -> float:
    """Return where a value relative to the city stands on the logarithmic scale, in percent of its width."""
    return _SCALE(log(min(REACH, max(1 / REACH, relative / 100))))


def _row(row: Compared, view: View, dataset: Dataset) -> Element:
    lang, series = view.lang, transformed(dataset, row.key, row.transform)
    place_a, place_b = _place(row.relative_a or 0), _place(row.relative_b or 0)
    left, right = sorted((place_a, place_b))
    target = replace(view.with_indicator(row.key), transform=row.transform, period=row.period or view.period)
    same = f", {text(lang, 'compare.about_same')}" if row.about_same else ""
    low = f", {text(lang, 'status.U_short')}" if row.low_reliability else ""
    return element(
        "div",
        element(
            "span",
            link(target, "map", dataset.indicators[row.key].short[lang]),
            element("small", f"{unit_of(series, lang)}, {period_short(row.period or '', lang)}{low}{same}"),
            class_="name",
        ),
        element(
            "span",
            element("i", class_="city-line"),
            element("i", class_="bar", style=f"left:{left:.1f}%;width:{right - left:.1f}%"),
            element("i", class_="dot a", style=f"left:{place_a:.1f}%"),
            element("i", class_="dot b", style=f"left:{place_b:.1f}%"),
            class_="scale",
            aria_hidden="true",
        ),
        _value(row.a, row.rank_a, decimals_of(series), lang),
        _value(row.b, row.rank_b, decimals_of(series), lang),
        class_="dumbbell",
        role="listitem",
    )


def _value(value: float | None, rank: Rank | None, decimals: int, lang: Lang) -> Element:
    return element(
        "span",
        element("b", number(value or 0, decimals, lang)),
        element("small", f" {rank_of(rank_text(rank), lang)}") if rank else None,
        class_="value",
    )


def _table(rows: Sequence[Compared], drawn: Sequence[Compared], view: View, dataset: Dataset) -> pd.DataFrame:
    """Return one row per indicator; values are written with the decimals of each."""
    above_a, above_b = _above(drawn)
    table = pd.DataFrame([_table_row(row, dataset, view.lang) for row in rows])
    return table.assign(n=len(drawn), above_a=above_a, above_b=above_b)


def _table_row(row: Compared, dataset: Dataset, lang: Lang) -> dict[str, object]:
    series = transformed(dataset, row.key, row.transform)
    decimals = decimals_of(series)
    return {
        "indicator": row.key,
        "title": dataset.indicators[row.key].short[lang],
        "unit": unit_of(series, lang),
        "period": row.period,
        "period_label": period_label(row.period or "", lang),
        "a": _value_or_dash(row.a, decimals, lang),
        "b": _value_or_dash(row.b, decimals, lang),
        "city": _value_or_dash(row.city, decimals, lang),
        "ratio": row.ratio,
        "relative_a": row.relative_a,
        "relative_b": row.relative_b,
        "rank_a": rank_of(rank_text(row.rank_a), lang) if row.rank_a else "–",
        "rank_b": rank_of(rank_text(row.rank_b), lang) if row.rank_b else "–",
        "note": _note(row, lang),
    }


def _value_or_dash(value: float | None, decimals: int, lang: Lang) -> str:
    return "–" if value is None else number(value, decimals, lang)


def _note(row: Compared, lang: Lang) -> str:
    """Return what keeps a row from being compared, or makes it less sure."""
    notes = [f"{short_name(place, lang)}: {text(lang, 'word.no_data')}" for place in row.missing]
    notes += [f"{short_name(place, lang)}: {text(lang, 'word.few')}" for place in row.few]
    if row.low_reliability:
        notes.append(text(lang, "status.U_short"))
    if row.about_same:
        notes.append(text(lang, "compare.about_same"))
    return "; ".join(notes)
