"""Location quotients on the map: where there is more of an activity than of people, and less."""

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.activity import activity_figure, activity_title, measures_of
from components.figures.drawing.markup import element
from components.figures.drawing.palette import diverging
from components.figures.maps.district_marks import DistrictMark, MapEncoding
from components.figures.maps.map_svg import legend, picture
from components.text.formats import number, period_in
from components.text.sentences import alternative_text, boundary_line, rank_text, short_name
from components.text.strings import capitalised, text
from components.view import View
from data.centre_periphery import Measures
from data.comparison import Rank
from data.dataset import Dataset
from data.transforms import transformed
from geo.districts import DISTRICTS


def quotients_figure(view: View, dataset: Dataset) -> Figure | None:
    """Location quotients, diverging around 1, with the official polycentres; None without people."""
    found, lang = measures_of(view, dataset), view.lang
    one = found.structure
    if found.location_quotients is None or found.population_shares is None:
        return None
    enough = {area: lq for area, lq in found.location_quotients.items() if area not in one.few}
    painted = _painting(found, enough, dataset, view)
    title = text(lang, "polycentricity.quotient_title", title=activity_title(view, dataset))
    when = {"period_in": period_in(one.period, lang), "Period_in": capitalised(period_in(one.period, lang))}
    order = sorted(enough, key=lambda area: -enough[area])
    sentence = (
        text(
            lang,
            "polycentricity.quotient_sentence",
            high=short_name(order[0], lang),
            low=short_name(order[-1], lang),
            high_value=number(enough[order[0]], 2, lang),
            low_value=number(enough[order[-1]], 2, lang),
            **when,
        )
        if len(order) > 1
        else text(lang, "sentence.none_ranked", **when)
    )
    table = pd.DataFrame(
        [
            {
                "area": area,
                "name": short_name(area, lang),
                "people": found.population_shares[area] * 100,
                "active": found.shares[area] * 100 if found.shares else None,
                "quotient": found.location_quotients[area],
                "status": text(lang, "word.few") if area in one.few else "",
            }
            for area in sorted(one.areas, key=lambda area: -found.location_quotients[area])  # type: ignore[index]
        ]
    )
    return activity_figure(
        view,
        dataset,
        one,
        title=title,
        subtitle=text(lang, "polycentricity.quotient_unit"),
        sentence=sentence,
        alt=alternative_text("map", title, sentence, lang),
        picture=element(
            "div",
            picture(painted, view, title, sentence, with_polycentres=True),
            legend(painted, lang, decimals=2),
            element("p", text(lang, "polycentricity.polycentre_key"), class_="legend"),
            class_="map-side",
        ),
        table=table,
        columns=(
            Column("name", text(lang, "ui.district")),
            Column("active", text(lang, "polycentricity.activity_share"), 1),
            Column("people", text(lang, "polycentricity.people_share"), 1),
            Column("quotient", text(lang, "polycentricity.quotient"), 2),
            Column("status", text(lang, "word.status")),
        ),
        last_notes=(text(lang, "foot.polycentres"), boundary_line(lang)),
        method=text(lang, "method.quotient"),
    )


def _painting(found: Measures, enough: dict[str, float], dataset: Dataset, view: View) -> MapEncoding:
    """The marks of the map; districts with few cases are dotted, those without a value hatched."""
    lang, one = view.lang, found.structure
    scale = diverging(list(enough.values()), 1, view.classes) if enough else None
    order = sorted(enough.values(), reverse=True)
    marks = {}
    for area in DISTRICTS:
        if area in enough:
            lq, best = enough[area], order.index(enough[area]) + 1
            rank = rank_text(Rank(best, best + len(one.few) + len(one.missing)))
            marks[area] = DistrictMark(
                "value", number(lq, 2, lang), rank, scale.colour(lq) if scale else None
            )
        elif area in one.few:
            marks[area] = DistrictMark("few", text(lang, "word.few_short"), "", None)
        elif area in one.missing:
            marks[area] = DistrictMark("missing", text(lang, "word.no_data"), "", None)
        else:
            marks[area] = DistrictMark("out", text(lang, "auezov.out"), "", None)
    return MapEncoding(transformed(dataset, one.key, "value"), one.period, marks, scale, None)
