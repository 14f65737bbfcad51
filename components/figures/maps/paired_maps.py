"""Two indicators on two maps, linked by what the reader points at and pins."""

from dataclasses import replace
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.maps.district_marks import MapEncoding, map_encoding
from components.figures.maps.map_svg import legend, picture
from components.figures.tables.period_figure import period_figure
from components.selection import second_of
from components.text.sentences import boundary_line, full_name, unit_of, value_text
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.transforms import value_of
from geo.districts import AREAS


def pair_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the view's indicator beside its second one, each as it opens and at its own period."""
    lang = view.lang
    views = (view, replace(view.with_indicator(second_of(view)), classes=view.classes))
    first, second = (period_figure(side, dataset) for side in views)
    encodings = [map_encoding(side, dataset) for side in views]
    return Figure(
        dataset=dataset,
        uses=(*first.uses, *second.uses),
        view=view,
        title=text(lang, "compare.scatter_title", x=first.title, y=second.title),
        subtitle=text(lang, "map.pair_hint"),
        alt=f"{first.alt} {second.alt}",
        picture=element(
            "div",
            _column(first, encodings[0], patterns=True),
            _column(second, encodings[1], patterns=False),
            class_="map-pair",
        ),
        table=pd.DataFrame(
            {
                "area": AREAS,
                "name": [full_name(area, lang) for area in AREAS],
                "x": _values(encodings[0], lang),
                "y": _values(encodings[1], lang),
            }
        ),
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("x", f"{first.title}, {unit_of(encodings[0].series, lang)}"),
            Column("y", f"{second.title}, {unit_of(encodings[1].series, lang)}"),
        ),
        foot=tuple(dict.fromkeys([*first.foot, *second.foot, boundary_line(lang)])),
    )


def _column(figure: Figure, encoding: MapEncoding, patterns: bool) -> Element:
    view = replace(figure.view, tab="districts")
    return element(
        "section",
        element("h2", link(view, "map", figure.title)),
        element("p", figure.subtitle, " ", figure.badge, class_="subtitle"),
        element("p", figure.sentence, class_="card-sentence"),
        picture(encoding, view, figure.title, figure.alt, patterns=patterns),
        legend(encoding, view.lang),
    )


def _values(encoding: MapEncoding, lang: Lang) -> list[str]:
    """Write the value of every area; values are written with the decimals of each indicator."""
    series, rows = encoding.series, encoding.series.at(encoding.period)
    return [
        value_text(series, value_of(rows, area), lang) if area in rows.index else text(lang, "word.no_data")
        for area in AREAS
    ]
