"""The drawn map: the districts with their words as an SVG, and its legend."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.outlines import WIDTH, outlines, project
from components.figures.drawing.palette import ACCENT, ink
from components.figures.drawing.patterns import dots, hatch
from components.figures.drawing.reading_icons import icon
from components.figures.maps.district_marks import DistrictMark, MapEncoding
from components.text.formats import number
from components.text.sentences import decimals_of, full_name, short_name
from components.text.strings import Lang, text
from components.view import View
from geo.districts import DISTRICTS
from geo.layers import polycentres


def picture(
    painted: MapEncoding,
    view: View,
    title: str,
    description: str,
    with_polycentres: bool = False,
    patterns: bool = True,
) -> Element:
    """The SVG of the map, with a name, value and rank on each district, and the official polycentres.

    Of several on one page only the first needs the ``patterns`` of missing and few.
    """
    paths, labels, height = outlines("map")
    lang = view.lang
    shapes, circles, words = [], [], []
    for district in DISTRICTS:
        mark = painted.marks[district]
        shapes.append(
            element(
                "path",
                element("title", _spoken(district, mark, lang)),
                d=paths[district],
                class_=f"district {mark.state}"
                + (" plain" if mark.state == "value" and not mark.fill else ""),
                fill=mark.fill,
                data_district=district,
            )
        )
        x, y = labels[district]
        if mark.radius:
            negative = mark.value.startswith("\u2212")
            circles.append(
                element(
                    "circle",
                    cx=x,
                    cy=y,
                    r=round(mark.radius, 1),
                    class_="total" + " negative" * negative,
                    data_circle=district,
                )
            )
        if mark.icon:
            words.append(icon(mark.icon, 36, x=x - 18, y=y - 70))
        light = mark.fill and ink(mark.fill) == "#FFFFFF"
        words.append(
            element(
                "text",
                element("tspan", mark.rank + "\u2009", class_="rank") if mark.rank.isdigit() else None,
                element("tspan", short_name(district, lang), class_="name"),
                element(
                    "tspan",
                    mark.value,
                    class_="absent" if mark.state == "missing" else "value",
                    x=x,
                    dy="1.12em",
                ),
                element("tspan", mark.note, class_="note", x=x, dy="1.35em") if mark.note else None,
                x=x,
                y=y - 8,
                class_="label on-dark" if light else "label",
                data_label=district,
                style=f"--halo:{mark.fill}" if mark.fill else None,
            )
        )
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        element("defs", hatch(14), dots(16, 2.4)) if patterns else None,
        element("g", shapes),
        element("g", circles),
        element("path", d="", class_="pin-outline"),
        _polycentres(lang) if with_polycentres else None,
        element("g", words, class_="labels", aria_hidden="true"),
        viewBox=f"-6 -6 {WIDTH + 12} {height + 12}",
        role="img",
        class_="map",
        xmlns="http://www.w3.org/2000/svg",
    )


def _polycentres(lang: Lang) -> Element:
    """The official polycentres whose place a source names, as diamonds."""
    marks = []
    for one in polycentres():
        if one.point:
            x, y = project("map", *one.point)
            path = f"M{x},{y - 15}l15,15l-15,15l-15,-15z"
            marks.append(element("path", element("title", one.name[lang]), d=path))
    return element("g", marks, class_="polycentres")


def _spoken(district: str, mark: DistrictMark, lang: Lang) -> str:
    rank = ", " + text(lang, "word.rank_of", rank=mark.rank, n=len(DISTRICTS)) if mark.rank else ""
    value = text(lang, "word.few") if mark.state == "few" else mark.value
    gap = ", " + text(lang, "word.gap", gap=mark.gap) if mark.gap else ""
    return f"{full_name(district, lang)}: {value}{rank}{gap}"


def legend(painted: MapEncoding, lang: Lang, ranked: bool = True, decimals: int | None = None) -> Element:
    """The legend: classes or ramp, circle sizes, how many districts are hatched or dotted, what ranks are.

    ``decimals`` are those of the painted numbers where these are not the values of the indicator.
    """
    items: list[Element] = []
    decimals = decimals_of(painted.figures) if decimals is None else decimals
    if painted.scale and painted.scale.breaks:
        breaks = painted.scale.breaks
        fine = max(decimals, *(_decimals_needed(at) for at in breaks))
        coarse = max(_decimals_needed(at) for at in breaks)
        steps = [
            element(
                "span",
                element("i", style=f"background:{colour}"),
                element("b", number(breaks[at], min(fine, coarse), lang)) if at < len(breaks) else None,
                class_="step",
            )
            for at, colour in enumerate(painted.scale.colours)
        ]
        items.append(element("span", steps, class_="steps"))
    elif painted.scale:
        ramp = ",".join(painted.scale.colours)
        items.append(
            element(
                "span",
                element("b", number(painted.scale.low, decimals, lang)),
                element("i", style=f"background:linear-gradient(90deg,{ramp})"),
                element("b", number(painted.scale.high, decimals, lang)),
                class_="ramp",
            )
        )
    elif painted.largest:
        largest = number(painted.largest, decimals, lang)
        items.append(element("span", element("i", style=f"border-color:{ACCENT}"), largest, class_="circle"))
    for state in ("missing", "few"):
        count = sum(mark.state == state for mark in painted.marks.values())
        if count:
            key = "word.no_data_n" if state == "missing" else "word.few_n"
            items.append(element("span", element("i"), text(lang, key, n=count), class_=f"key {state}"))
    if ranked and any(mark.rank for mark in painted.marks.values()):
        items.append(element("span", text(lang, "word.rank_key"), class_="key"))
    return element("div", items, class_="legend")


def _decimals_needed(value: float) -> int:
    return next((places for places in range(6) if abs(round(value, places) - value) < 1e-9), 6)
