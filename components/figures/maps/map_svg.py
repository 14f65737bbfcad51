"""The drawn map: the districts with their words as an SVG, and its legend."""

from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.outlines import WIDTH, outlines, project
from components.figures.drawing.palette import ACCENT, ALIKE, Scale, ink
from components.figures.drawing.patterns import dots, hatch
from components.figures.drawing.reading_icons import icon
from components.figures.maps.district_marks import MapEncoding, MarkState, gap_text
from components.text.number_formats import number
from components.text.sentences import full_name, rank_of, rank_text, short_name
from components.text.strings import Lang, text
from components.view import View
from geo.districts import DISTRICTS
from geo.layers import polycentres

COUNTED: dict[MarkState, str] = {"missing": "word.no_data_n", "few": "word.few_n"}
"""The key of the words that count the districts of a state in the legend."""


def map_side(
    encoding: MapEncoding,
    view: View,
    title: str,
    description: str,
    *below: Element | None,
    with_polycentres: bool = False,
) -> Element:
    """Return the map with its legend and anything below it, as one side of a figure."""
    svg = picture(encoding, view, title, description, with_polycentres=with_polycentres)
    return element("div", svg, legend(encoding, view.lang), below, class_="map-side")


def picture(
    encoding: MapEncoding,
    view: View,
    title: str,
    description: str,
    with_polycentres: bool = False,
    patterns: bool = True,
) -> Element:
    """Draw the map as SVG, with name, value and rank on each district, and the official polycentres.

    Of several on one page only the first needs the ``patterns`` of missing and few.
    """
    _, labels, height = outlines("map")
    lang, marks = view.lang, encoding.marks
    words: list[Element] = []
    for district in DISTRICTS:
        x, y = labels[district]
        reading = marks[district].reading
        words += [icon(reading, 36, x=x - 18, y=y - 70)] if reading else []
        words.append(_label(encoding, district, lang))
    return element(
        "svg",
        element("title", title),
        element("desc", description),
        element("defs", hatch(14), dots(16, 2.4)) if patterns else None,
        element("g", (_shape(encoding, district, lang) for district in DISTRICTS)),
        element("g", (_circle(encoding, district) for district in DISTRICTS if marks[district].radius)),
        element("path", d="", class_="pin-outline"),
        _polycentres(lang) if with_polycentres else None,
        element("g", words, class_="labels", aria_hidden="true"),
        viewBox=f"-6 -6 {WIDTH + 12} {height + 12}",
        role="img",
        class_="map",
        xmlns="http://www.w3.org/2000/svg",
    )


def _shape(encoding: MapEncoding, district: str, lang: Lang) -> Element:
    mark = encoding.marks[district]
    plain = " plain" if mark.state == "value" and not mark.fill else ""
    return element(
        "path",
        element("title", _spoken(encoding, district, lang)),
        d=outlines("map")[0][district],
        class_=f"district {mark.state}{plain}",
        fill=mark.fill,
        data_district=district,
    )


def _circle(encoding: MapEncoding, district: str) -> Element:
    mark = encoding.marks[district]
    x, y = outlines("map")[1][district]
    return element(
        "circle",
        cx=x,
        cy=y,
        r=round(mark.radius or 0, 1),
        class_="total negative" if (mark.value or 0) < 0 else "total",
        data_circle=district,
    )


def _label(encoding: MapEncoding, district: str, lang: Lang) -> Element:
    mark, (x, y) = encoding.marks[district], outlines("map")[1][district]
    rank = f"{mark.rank.best}\u2009" if mark.rank and mark.rank.best == mark.rank.worst else None
    value_class = "absent" if mark.state == "missing" else "value"
    note = text(lang, f"side.{mark.side}") if mark.side else None
    return element(
        "text",
        element("tspan", rank, class_="rank") if rank else None,
        element("tspan", short_name(district, lang), class_="name"),
        element("tspan", encoding.value_text(district, lang), class_=value_class, x=x, dy="1.12em"),
        element("tspan", note, class_="note", x=x, dy="1.35em") if note else None,
        x=x,
        y=y - 8,
        class_="label on-dark" if mark.fill and ink(mark.fill) == "#FFFFFF" else "label",
        data_label=district,
        style=f"--halo:{mark.fill}" if mark.fill else None,
    )


def _polycentres(lang: Lang) -> Element:
    """Draw the official polycentres whose place a source names, as diamonds."""
    diamonds = []
    for polycentre in polycentres():
        if polycentre.point:
            x, y = project("map", *polycentre.point)
            path = f"M{x},{y - 15}l15,15l-15,15l-15,-15z"
            diamonds.append(element("path", element("title", polycentre.name[lang]), d=path))
    return element("g", diamonds, class_="polycentres")


def _spoken(encoding: MapEncoding, district: str, lang: Lang) -> str:
    """Return what a district says when pointed at: name, value, rank, gap and side."""
    mark, gap = encoding.marks[district], gap_text(encoding.marks[district], lang)
    parts = [
        text(lang, "word.few") if mark.state == "few" else encoding.value_text(district, lang),
        rank_of(rank_text(mark.rank), lang) if mark.rank else "",
        text(lang, "word.gap", gap=gap) if gap else "",
        text(lang, f"side.{mark.side}") if mark.side else "",
        text(lang, f"reading_short.{mark.reading}") if mark.reading else "",
    ]
    return f"{full_name(district, lang)}: " + ", ".join(part for part in parts if part)


def legend(encoding: MapEncoding, lang: Lang, ranked: bool = True) -> Element:
    """Draw the legend: classes, ramp or circle, how many districts have no value, what ranks are."""
    scale, marks = encoding.scale, encoding.marks.values()
    items: list[Element] = []
    if scale and scale.breaks:
        items.append(directed_steps(scale, lang))
    elif scale:
        ramp = ",".join(scale.colours)
        items.append(
            element(
                "span",
                element("b", number(scale.low, encoding.decimals, lang)),
                element("i", style=f"background:linear-gradient(90deg,{ramp})"),
                element("b", number(scale.high, encoding.decimals, lang)),
                class_="ramp",
            )
        )
    elif encoding.largest:
        largest = number(encoding.largest, encoding.decimals, lang)
        items.append(element("span", element("i", style=f"border-color:{ACCENT}"), largest, class_="circle"))
    if encoding.is_alike_at_times:
        swatch = element("i", style=f"background:{ALIKE}")
        items.append(element("span", swatch, text(lang, "word.alike"), class_="key"))
    for state, key in COUNTED.items():
        count = sum(mark.state == state for mark in marks)
        if count:
            items.append(element("span", element("i"), text(lang, key, n=count), class_=f"key {state}"))
    if ranked and any(mark.rank for mark in marks):
        items.append(element("span", text(lang, "word.rank_key"), class_="key"))
    return element("div", items, class_="legend")


def directed_steps(scale: Scale, lang: Lang) -> Element:
    """Draw the classes of a scale; at the ends of one that turns stands which side is better."""
    steps = class_steps(scale, lang)
    if scale.better == "neither":
        return steps
    ends = [element("span", text(lang, f"word.{end}")) for end in ("worse", "better")]
    low, high = ends if scale.better == "higher" else ends[::-1]
    return element("span", low, steps, high, class_="directed")


def class_steps(scale: Scale, lang: Lang) -> Element:
    """Draw the classes of a scale as swatches, with the breaks between them."""
    decimals = max(map(_decimals_needed, scale.breaks))
    breaks = [element("b", number(value, decimals, lang)) for value in scale.breaks]
    steps = (
        element("span", element("i", style=f"background:{colour}"), label, class_="step")
        for colour, label in zip(scale.colours, [*breaks, None], strict=True)
    )
    return element("span", steps, class_="steps")


def _decimals_needed(value: float) -> int:
    return next((decimals for decimals in range(6) if abs(round(value, decimals) - value) < 1e-9), 6)
