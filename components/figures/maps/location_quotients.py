"""Location quotients on the map: where there is more of an activity than of people, and less."""

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.activity_figure import activity_figure, activity_title, measures_of
from components.figures.drawing.markup import element
from components.figures.drawing.palette import diverging
from components.figures.maps.district_marks import DistrictMark, MapEncoding
from components.figures.maps.map_svg import map_side
from components.text.number_formats import number, period_in
from components.text.sentences import alternative_text, boundary_line, short_name
from components.text.strings import capitalised, text
from components.view import View
from data.centre_periphery import Measures
from data.dataset import Dataset
from data.ranks import Rank
from data.transforms import transformed
from geo.districts import DISTRICTS


def quotients_figure(view: View, dataset: Dataset) -> Figure | None:
    """Draw location quotients, diverging around 1, with the official polycentres; None without people."""
    measures, lang = measures_of(view, dataset), view.lang
    now = measures.structure
    quotients, people = measures.location_quotients, measures.population_shares
    if quotients is None or people is None:
        return None
    enough = {area: lq for area, lq in quotients.items() if area not in now.few}
    encoding = _encoding(measures, enough, dataset, view)
    title = text(lang, "polycentricity.quotient_title", title=activity_title(view, dataset))
    when = {"period_in": period_in(now.period, lang), "Period_in": capitalised(period_in(now.period, lang))}
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
                "people": people[area] * 100,
                "active": measures.shares[area] * 100 if measures.shares else None,
                "quotient": quotients[area],
                "status": text(lang, "word.few") if area in now.few else "",
            }
            for area in sorted(now.areas, key=lambda area: -quotients[area])
        ]
    )
    return activity_figure(
        view,
        dataset,
        now,
        title=title,
        subtitle=text(lang, "polycentricity.mean_unit" if now.intensity else "polycentricity.quotient_unit"),
        sentence=sentence,
        alt=alternative_text("map", title, sentence, lang),
        picture=map_side(
            encoding,
            view,
            title,
            sentence,
            element("p", text(lang, "polycentricity.polycentre_key"), class_="legend"),
            with_polycentres=True,
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


def _encoding(measures: Measures, enough: dict[str, float], dataset: Dataset, view: View) -> MapEncoding:
    """Return the marks of the map; districts with few cases are dotted, those without a value hatched."""
    now = measures.structure
    scale = diverging(list(enough.values()), 1, view.classes) if enough else None
    order = sorted(enough.values(), reverse=True)
    marks = {}
    for area in DISTRICTS:
        if area in enough:
            quotient, best = enough[area], order.index(enough[area]) + 1
            rank = Rank(best, best + len(now.few) + len(now.missing))
            marks[area] = DistrictMark("value", quotient, rank, scale.colour(quotient) if scale else None)
        elif area in now.few:
            marks[area] = DistrictMark("few")
        else:
            marks[area] = DistrictMark("missing" if area in now.missing else "out")
    return MapEncoding(transformed(dataset, now.key, "value"), now.period, marks, scale, decimals=2)
