"""The picture of a district's sheet: where it lies, its key figures, comparisons, parity, trends and gaps."""

from xml.etree.ElementTree import Element

import pandas as pd

from components.figures.drawing.line_svg import pair_picture
from components.figures.drawing.markup import element
from components.figures.drawing.outlines import WIDTH, outlines
from components.figures.drawing.reading_icons import PACES, labelled, not_judged, side_label
from components.figures.sections.district_values import DistrictValues, change_words, rank_words
from components.figures.tables.ranking import bar_from_middle
from components.text.number_formats import number, period_short
from components.text.sentences import full_name, names, unit_of, value_text
from components.text.strings import Lang, text
from data import periods
from data.district_profile import DistrictValue, district_value, without_figures
from data.parity import Parity, gap
from data.transforms import Series, value_of
from geo.districts import CITY, DISTRICTS, areas_km2, declarations, neighbours

MOUNTAINS = "medeu"
"""The polygon of Medeu includes mountains (see ``geo.districts.areas_km2``)."""


def sheet_picture(values: DistrictValues) -> Element:
    """Draw the sheet of a district."""
    lang, area = values.lang, values.area
    declared = declarations()[area]
    place = text(lang, f"profile.class_{declared['class']}", basis=declared["basis"][lang])
    return element(
        "div",
        element(
            "div",
            _locator(area, lang),
            element("div", element("p", place), _facts(area, lang)),
            class_="profile-head",
        ),
        _section(
            text(lang, "profile.headlines"),
            element("div", (_tile(value, lang) for value in values.headlines), class_="tiles"),
            "headlines",
        ),
        (
            _section(text(lang, f"profile.{side}"), _against(side, rows, values), "half")
            for side, rows in values.against.items()
        ),
        _section(text(lang, "profile.parity"), _parity(values), "half"),
        _section(text(lang, "profile.trends"), _trends(values), "half"),
        _section(
            text(lang, "profile.gaps"),
            element("ul", (element("li", line) for line in _gaps(values)), class_="notes"),
            "gaps-in-data",
        ),
        class_="profile",
    )


def _section(title: str, body: Element, kind: str) -> Element:
    return element("section", element("h2", title), body, class_=f"profile-section {kind}")


def _locator(area: str, lang: Lang) -> Element:
    """Draw where in the city the district lies."""
    paths, _, height = outlines("thumbnail")
    return element(
        "svg",
        element("title", full_name(area, lang)),
        (
            element("path", d=paths[district], class_=f"district {'here' if district == area else 'plain'}")
            for district in DISTRICTS
        ),
        viewBox=f"-6 -6 {WIDTH + 12} {height + 12}",
        role="img",
        class_="map locator",
    )


def _facts(area: str, lang: Lang) -> Element:
    size = number(areas_km2()[area], 0, lang)
    key = "profile.km2" if area == MOUNTAINS else "profile.km2_plain"
    facts = (
        (text(lang, "profile.area"), text(lang, key, value=size)),
        (text(lang, "profile.neighbours"), names(neighbours()[area], lang)),
    )
    return element(
        "dl",
        (element("div", element("dt", name), element("dd", fact)) for name, fact in facts),
        class_="facts",
    )


def _tile(value: DistrictValue, lang: Lang) -> Element:
    """Draw one key figure: name, value, unit with period, rank, change."""
    low = f", {text(lang, 'status.U_short')}" if value.low_reliability else ""
    few = f", {text(lang, 'word.few')}" if value.few else ""
    return element(
        "div",
        element("h3", value.series.indicator.short[lang]),
        element("b", value_text(value.series, value.value, lang)),
        element("small", f"{unit_of(value.series, lang)}, {period_short(value.period, lang)}{low}{few}"),
        (element("small", words) for words in (rank_words(value, lang), change_words(value, lang)) if words),
        class_="tile",
    )


def _against(side: str, rows: pd.DataFrame, values: DistrictValues) -> Element:
    """Draw indicators with their value as a bar from the city's level, or say that there are none."""
    lang, lines = values.lang, []
    if rows.empty:
        return element("div", element("p", text(lang, f"profile.{side}_none")), class_="against")
    for row in rows.to_dict("records"):
        indicator, relative = values.dataset.indicators[row["indicator"]], float(row["relative"])
        better = text(lang, f"better.{indicator.better}")
        width = min(50.0, abs(relative - 100) / 2)
        lines.append(
            element(
                "li",
                element(
                    "span",
                    indicator.short[lang],
                    element("small", f"{period_short(row['period'], lang)}, {better}"),
                    class_="name",
                ),
                bar_from_middle(50 if relative >= 100 else 50 - width, width, aria_hidden="true"),
                element("b", number(relative, 0, lang)),
                class_=f"better-{indicator.better}",
            )
        )
    return element("div", element("p", text(lang, "profile.against")), element("ul", lines), class_="against")


def _parity(values: DistrictValues) -> Element:
    """Draw the reading of every indicator with a parity target."""
    return element(
        "div",
        element("p", text(values.lang, "profile.parity_note", year=values.view.horizon)),
        element(
            "ul",
            (_parity_line(values.short(key), way, values.lang) for key, way in values.ways.items()),
            class_="parity-lines",
        ),
    )


def _parity_line(name: str, way: Parity, lang: Lang) -> Element:
    if way.latest is None or way.side is None:
        value, words = "–", [not_judged(str(way.progress.reason), lang)]
    else:
        value, words = number(gap(way.latest[1]), 0, lang, signed=True), [side_label(way.side, lang)]
        if way.progress.reading in PACES:
            words += [element("br"), labelled(way.progress.reading, lang, short=True)]
    return element("li", element("span", name), element("b", value), element("span", words))


def _trends(values: DistrictValues) -> Element:
    """Draw small lines of the district over the city's."""
    lines = (_trend(series, dates, values.area, values.lang) for series, dates in values.trends)
    return element(
        "div",
        element("p", text(values.lang, "profile.trends_note")),
        element("div", lines, class_="small-trends"),
    )


def _trend(series: Series, dates: tuple[str, ...], area: str, lang: Lang) -> Element:
    own = _points(series, dates, area)
    city = [] if series.transform == "share" else _points(series, dates, CITY)
    ends = (
        value_text(series, own[0][1], lang),
        value_text(series, own[-1][1], lang),
        str(periods.parse(dates[0]).year),
        str(periods.parse(dates[-1]).year),
    )
    title, unit = series.indicator.short[lang], element("small", f" {unit_of(series, lang)}")
    return element("figure", element("figcaption", title, unit), pair_picture(own, city, ends))


def _points(series: Series, dates: tuple[str, ...], area: str) -> list[tuple[float, float]]:
    """Return moment and value of an area at every period at which it has one."""
    return [
        (periods.parse(period).moment, value_of(series.at(period), area))
        for period in dates
        if area in series.at(period).index
    ]


def _gaps(values: DistrictValues) -> list[str]:
    """Return which indicators have no figure for the district, and which too few cases to compare."""
    lang, dataset = values.lang, values.dataset
    lines = []
    for key, last in without_figures(dataset, values.area):
        title = values.short(key)
        if last:
            lines.append(text(lang, "profile.gap_since", title=title, period=period_short(last, lang)))
        else:
            lines.append(text(lang, "profile.gap_never", title=title))
    latest = {key: district_value(dataset, key, "value", values.area) for key in dataset.indicators}
    few = [values.short(key) for key, value in latest.items() if value and value.few]
    if few:
        lines.append(text(lang, "profile.gap_few", names=", ".join(few)))
    return lines or [text(lang, "profile.gap_none")]
