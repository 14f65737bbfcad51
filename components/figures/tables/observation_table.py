"""Every published value of an indicator: one line a period, the eight districts and the city across."""

from components.figure import Column, Figure, Use
from components.figures.drawing import frame
from components.figures.drawing.markup import element
from components.selection import period_of, series_of
from components.text.formats import number, period_label
from components.text.sentences import (
    decimals_of,
    foot_lines,
    headline_words,
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
    """The whole table of a view's indicator, latest first; a dash where there is no value."""
    figures, lang = series_of(view, dataset), view.lang
    series = sorted({periods.parse(one).series for one in figures.periods(districts=False)})
    known = [one for each in series for one in periods.ordered(figures.periods(districts=False), each)]
    values = figures.table.pivot(index="period", columns="area", values="value").reindex(columns=list(AREAS))
    table = values.loc[known[::-1]].reset_index()
    table.insert(1, "period_label", [period_label(one, lang) for one in table["period"]])
    missing = int(values.loc[known, list(DISTRICTS)].isna().to_numpy().sum())
    columns = (
        Column("period_label", text(lang, "ui.period")),
        *(Column(area, short_name(area, lang), decimals_of(figures)) for area in AREAS),
    )
    _, sentence = headline_words(figures, period_of(view, figures), lang)
    title = text(lang, "table.title", title=title_of(figures, lang))
    rows = figures.table[figures.table["period"].isin(known)]
    low = (rows["obs_status"] == "U").any()
    return Figure(
        dataset=dataset,
        uses=(Use.of(figures, *known),),
        view=view,
        title=title,
        subtitle=unit_of(figures, lang),
        badge=text(lang, "status.U") if low else "",
        sentence=sentence,
        alt=f"{title}. {sentence}",
        picture=element("div", frame.table(table, columns, lang), class_="whole-table"),
        table=table.astype(dict.fromkeys(AREAS, float)),
        columns=columns,
        foot=(
            *foot_lines(figures, rows, lang),
            *([text(lang, "table.missing", n=number(missing, 0, lang))] if missing else []),
        ),
    )
