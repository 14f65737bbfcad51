"""The ranking of the districts as a figure of its own."""

from dataclasses import replace

from components.figure import Figure
from components.figures.maps.choropleth import map_figure
from components.figures.tables.ranking import ranking
from components.selection import period_of, series_of
from components.text.formats import period_label
from components.text.sentences import title_of
from components.text.strings import text
from components.view import View
from data.dataset import Dataset


def ranking_figure(view: View, dataset: Dataset) -> Figure:
    """The list beside the map without the map: the same words, table and sources."""
    figures, lang = series_of(view, dataset), view.lang
    period = period_of(view, figures)
    beside = map_figure(view, dataset)
    title = text(
        lang, "compare.ranking_title", title=f"{title_of(figures, lang)}, {period_label(period, lang)}"
    )
    return replace(
        beside,
        id="ranking",
        title=title,
        alt=f"{title.removesuffix('.')}. {beside.sentence}",
        picture=ranking(figures, period, lang),
    )
