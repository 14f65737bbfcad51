"""Every published value of an indicator: one row per period, the eight districts and the city across."""

from components.figure import Column, Figure, Use
from components.figures.drawing import frame
from components.figures.drawing.markup import element
from components.selection import period_of, series_of
from components.text.number_formats import number, period_label
from components.text.sentences import (
    decimals_of,
    foot_lines,
    headline_words,
    reliability_badge,
    short_name,
    title_of,
    unit_of,
)
from components.text.strings import text
from components.view import View
from data import periods
from data.dataset import Dataset
from geo.districts import AREAS, DISTRICTS


def table_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the whole table of a view's indicator, latest first; a dash where there is no value."""
    series, lang = series_of(view, dataset), view.lang
    dated = series.periods(districts=False)
    frequencies = sorted({periods.parse(period).series for period in dated})
    in_order = [period for frequency in frequencies for period in periods.ordered(dated, frequency)]
    values = series.table.pivot(index="period", columns="area", values="value").reindex(columns=list(AREAS))
    table = values.loc[in_order[::-1]].reset_index()
    table.insert(1, "period_label", [period_label(period, lang) for period in table["period"]])
    missing = int(values.loc[in_order, list(DISTRICTS)].isna().to_numpy().sum())
    columns = (
        Column("period_label", text(lang, "ui.period")),
        *(Column(area, short_name(area, lang), decimals_of(series)) for area in AREAS),
    )
    _, sentence = headline_words(series, period_of(view, series), lang)
    title = text(lang, "table.title", title=title_of(series, lang))
    rows = series.table[series.table["period"].isin(in_order)]
    return Figure(
        dataset=dataset,
        uses=(Use.of(series, *in_order),),
        view=view,
        title=title,
        subtitle=unit_of(series, lang),
        badge=reliability_badge(rows, lang),
        sentence=sentence,
        alt=f"{title}. {sentence}",
        picture=element("div", frame.table(table, columns, lang), class_="whole-table"),
        table=table.astype(dict.fromkeys(AREAS, float)),
        columns=columns,
        foot=(
            *foot_lines(series, rows, lang),
            *([text(lang, "table.missing", n=number(missing, 0, lang))] if missing else []),
        ),
    )
