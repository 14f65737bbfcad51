"""The map of the districts: each with its name, value and rank, painted only where that is honest."""

from dataclasses import replace

from components.figure import Figure
from components.figures.drawing.markup import element
from components.figures.maps.class_strip import class_strip
from components.figures.maps.district_marks import map_encoding
from components.figures.maps.map_svg import map_side
from components.figures.maps.time_slider import time_slider
from components.figures.tables.period_figure import period_figure
from components.figures.tables.ranking import ranking
from components.view import View
from data.dataset import Dataset


def map_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the map of a view with its slider, its classes and the ranking beside it."""
    figure, encoding, lang = period_figure(view, dataset), map_encoding(view, dataset), view.lang
    side = map_side(
        encoding,
        view,
        figure.title,
        figure.alt,
        class_strip(encoding, lang),
        time_slider(view, dataset, encoding.period),
    )
    beside = ranking(encoding.series, encoding.period, lang)
    return replace(figure, picture=element("div", side, beside, class_="map-figure"))
