"""Two indicators on two maps, linked by what the reader points at and pins."""

from dataclasses import replace

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.frame import link
from components.figures.drawing.markup import element
from components.figures.maps.choropleth import map_figure
from components.figures.maps.district_marks import map_encoding
from components.figures.maps.map_svg import legend, picture
from components.selection import second_of
from components.text.formats import number
from components.text.sentences import boundary_line, decimals_of, full_name, unit_of
from components.text.strings import text
from components.view import View
from data.dataset import Dataset
from data.transforms import value_of
from geo.districts import AREAS


def pair_figure(view: View, dataset: Dataset) -> Figure:
    """The view's indicator beside its second one, each as it opens and at its own period."""
    lang = view.lang
    views = (view, replace(view.with_indicator(second_of(view)), classes=view.classes))
    maps = [map_figure(one, dataset) for one in views]
    painted = [map_encoding(one, dataset) for one in views]
    alone = [replace(one, tab="districts") for one in views]
    columns = (
        element(
            "section",
            element("h2", link(one, "map", shown.title)),
            element("p", shown.subtitle, " ", shown.badge, class_="subtitle"),
            element("p", shown.sentence, class_="card-sentence"),
            picture(paint, one, shown.title, shown.alt, patterns=one is alone[0]),
            legend(paint, lang),
        )
        for one, shown, paint in zip(alone, maps, painted, strict=True)
    )
    rows = [paint.figures.at(paint.period) for paint in painted]
    table = pd.DataFrame(
        [
            {
                "area": area,
                "name": full_name(area, lang),
                **{
                    key: number(value_of(found, area), decimals_of(paint.figures), lang)
                    if area in found.index
                    else text(lang, "word.no_data")
                    for key, found, paint in zip(("x", "y"), rows, painted, strict=True)
                },
            }
            for area in AREAS
        ]
    )
    title = text(lang, "compare.scatter_title", x=maps[0].title, y=maps[1].title)
    return Figure(
        dataset=dataset,
        uses=tuple(Use.of(paint.figures, paint.period) for paint in painted),
        view=view,
        title=title,
        subtitle=text(lang, "map.pair_hint"),
        sentence="",
        alt=f"{maps[0].alt} {maps[1].alt}",
        picture=element("div", columns, class_="map-pair"),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("x", f"{maps[0].title}, {unit_of(painted[0].figures, lang)}"),
            Column("y", f"{maps[1].title}, {unit_of(painted[1].figures, lang)}"),
        ),
        foot=tuple(dict.fromkeys([*maps[0].foot, *maps[1].foot, boundary_line(lang)])),
    )
