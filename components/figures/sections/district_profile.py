"""One district on one page: where it is, how it stands, where it moves, and what is not known."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure, Use
from components.figures.drawing.line_svg import pair_picture
from components.figures.drawing.markup import element
from components.figures.drawing.outlines import WIDTH, outlines
from components.figures.drawing.reading_icons import icon, labelled
from components.figures.drawing.uses import parity_uses
from components.selection import district_of, parity_indicators
from components.text.formats import number, period_in, period_short
from components.text.sentences import (
    boundary_line,
    decimals_of,
    full_name,
    names,
    rank_of,
    rank_text,
    unit_of,
    value_text,
)
from components.text.strings import Lang, capitalised, text
from components.view import View
from data import periods
from data.catalogue import Transform
from data.comparison import Rank
from data.dataset import Dataset
from data.district_profile import DistrictValue, district_value, strengths, without_figures
from data.target_assessment import gap, parity
from data.transforms import Series, transformed, value_of
from geo.districts import CITY, DISTRICTS, areas_km2, declarations, neighbours

HEADLINES: tuple[tuple[str, Transform], ...] = (
    ("population", "value"),
    ("birth_rate", "value"),
    ("migration_net", "value"),
    ("avg_wage", "value"),
    ("sme_active", "per_1000"),
    ("industrial_output", "per_1000"),
    ("pupils_per_100_places", "value"),
    ("crimes_registered", "per_1000"),
)
"""People, incomes, work, services and safety: the values that open the page."""
TRENDS: tuple[tuple[str, Transform], ...] = (
    ("avg_wage", "value"),
    ("sme_active", "per_1000"),
    ("school_places_opened", "share"),
    ("crimes_registered", "index"),
)
MOUNTAINS = "medeu"
"""The polygon of Medeu includes mountains (see ``geo.districts.areas_km2``)."""


def district_figure(view: View, dataset: Dataset) -> Figure:
    """The page of the view's district; its table has every number of the page."""
    lang, area = view.lang, district_of(view)
    found = [one for key, transform in HEADLINES if (one := district_value(dataset, key, transform, area))]
    strong, weak = strengths(dataset, area)
    declared = declarations()[area]
    sentence = _sentence(area, strong, weak, dataset, lang)
    picture = element(
        "div",
        element(
            "div",
            _locator(area, lang),
            element(
                "div",
                element("p", text(lang, f"profile.class_{declared['class']}", basis=declared["basis"][lang])),
                _facts(area, lang),
            ),
            class_="profile-head",
        ),
        _section(
            text(lang, "profile.headlines"),
            element("div", (_tile(one, lang) for one in found), class_="tiles"),
            "headlines",
        ),
        _section(text(lang, "profile.strong"), _against(strong, dataset, lang), "half"),
        _section(text(lang, "profile.weak"), _against(weak, dataset, lang), "half"),
        _section(text(lang, "profile.parity"), _parity(view, area, dataset), "half"),
        _section(text(lang, "profile.trends"), _trends(area, dataset, lang), "half"),
        _section(
            text(lang, "profile.gaps"),
            element("ul", (element("li", line) for line in _gaps(area, dataset, lang)), class_="notes"),
            "gaps-in-data",
        ),
        class_="profile",
    )
    return Figure(
        dataset=dataset,
        uses=tuple(_uses(view, area, found, pd.concat([strong, weak]), dataset)),
        view=view,
        title=full_name(area, lang),
        subtitle=text(lang, "profile.unit"),
        sentence=sentence,
        alt=f"{full_name(area, lang)}. {sentence}",
        picture=picture,
        table=_table(view, area, found, strong, weak, dataset),
        columns=(
            Column("section", text(lang, "profile.section")),
            Column("title", text(lang, "ui.indicator")),
            Column("period", text(lang, "ui.period")),
            Column("value", text(lang, "word.value")),
            Column("unit", text(lang, "word.unit")),
            Column("rank", text(lang, "word.rank")),
            Column("change", text(lang, "word.change")),
        ),
        foot=(text(lang, "foot.few"), boundary_line(lang)),
    )


def _uses(
    view: View, area: str, headlines: list[DistrictValue], against: pd.DataFrame, dataset: Dataset
) -> Iterator[Use]:
    people = district_value(dataset, "population", "share", area)
    for value in (*headlines, *([people] if people else [])):
        yield Use.of(value.shown, value.period, value.before)
    for row in against.to_dict("records"):
        yield Use(row["indicator"], "relative", (row["period"],))
    for key in parity_indicators(dataset):
        yield from parity_uses(dataset, key, view.horizon)
    for _, _, series, known in _trend_series(area, dataset, view.lang):
        yield Use.of(series, *known)


def _section(title: str, body: Element, kind: str) -> Element:
    return element("section", element("h2", title), body, class_=f"profile-section {kind}")


def _sentence(area: str, strong: pd.DataFrame, weak: pd.DataFrame, dataset: Dataset, lang: Lang) -> str:
    parts = []
    people = district_value(dataset, "population", "share", area)
    if people:
        when = capitalised(period_in(people.period, lang))
        parts.append(text(lang, "profile.sentence", when=when, share=number(people.value, 1, lang)))
    for key, rows in (("strong_sentence", strong), ("weak_sentence", weak)):
        if len(rows):
            row = rows.iloc[0]
            name = dataset.indicators[row["indicator"]].short[lang]
            parts.append(text(lang, f"profile.{key}", name=name, value=number(row["relative"], 0, lang)))
    return " ".join(parts)


def _locator(area: str, lang: Lang) -> Element:
    """Where in the city the district lies."""
    paths, _, height = outlines("thumbnail")
    return element(
        "svg",
        element("title", full_name(area, lang)),
        (
            element("path", d=paths[one], class_="district here" if one == area else "district plain")
            for one in DISTRICTS
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
        (element("div", element("dt", name), element("dd", value)) for name, value in facts),
        class_="facts",
    )


def _tile(one: DistrictValue, lang: Lang) -> Element:
    """One key figure: name, value, unit with period, rank, change."""
    low = f", {text(lang, 'status.U_short')}" if one.low_reliability else ""
    few = f", {text(lang, 'word.few')}" if one.few else ""
    return element(
        "div",
        element("h3", one.shown.indicator.short[lang]),
        element("b", value_text(one.shown, one.value, lang)),
        element("small", f"{unit_of(one.shown, lang)}, {period_short(one.period, lang)}{low}{few}"),
        (element("small", part) for part in (_rank(one.rank, lang), _change(one, lang)) if part),
        class_="tile",
    )


def _rank(rank: Rank | None, lang: Lang) -> str:
    return rank_of(rank_text(rank), lang) if rank else ""


def _change(one: DistrictValue, lang: Lang) -> str:
    if one.change is None or one.before is None or one.few:
        return ""
    change = number(one.change, decimals_of(one.shown), lang, signed=True)
    return f"{period_short(one.before, lang)} – {period_short(one.period, lang)}: {change}"


def _against(rows: pd.DataFrame, dataset: Dataset, lang: Lang) -> Element:
    """Indicators with their value against the city as a bar from the city's level."""
    lines = []
    for row in rows.to_dict("records"):
        indicator = dataset.indicators[row["indicator"]]
        relative, better = float(row["relative"]), text(lang, f"better.{indicator.better}")
        share = min(50.0, abs(relative - 100) / 2)
        left = 50 if relative >= 100 else 50 - share
        side = "above" if relative >= 100 else "below"
        lines.append(
            element(
                "li",
                element(
                    "span",
                    indicator.short[lang],
                    element("small", f"{period_short(row['period'], lang)}, {better}"),
                    class_="name",
                ),
                element(
                    "span",
                    element("i", class_=f"fill {side}", style=f"left:{left:.1f}%;width:{share:.1f}%"),
                    element("i", class_="middle"),
                    class_="track",
                    aria_hidden="true",
                ),
                element("b", number(relative, 0, lang)),
            )
        )
    return element("div", element("p", text(lang, "profile.against")), element("ul", lines), class_="against")


def _parity(view: View, area: str, dataset: Dataset) -> Element:
    """The reading of every indicator with a parity target."""
    lang, at = view.lang, DISTRICTS.index(area)
    lines = []
    for key in parity_indicators(dataset):
        one = parity(dataset, key, view.horizon)[at]
        shown = one.latest is not None and one.progress.reason != "few_cases"
        value = number(gap(one.latest[1]), 0, lang, signed=True) if shown and one.latest else "–"
        reading = (
            labelled(one.progress.reading, lang, short=True)
            if shown
            else element(
                "span",
                icon("not_judged"),
                f" {text(lang, f'reason.{one.progress.reason}')}",
                class_="reading not_judged",
            )
        )
        lines.append(
            element("li", element("span", dataset.indicators[key].short[lang]), element("b", value), reading)
        )
    return element(
        "div",
        element("p", text(lang, "profile.parity_note", year=view.horizon)),
        element("ul", lines, class_="parity-lines"),
    )


def _trends(area: str, dataset: Dataset, lang: Lang) -> Element:
    """Small lines of the district over the city's."""
    pictures = []
    for title, unit, shown, known in _trend_series(area, dataset, lang):
        own, city = (
            {one: value_of(shown.at(one), place) for one in known if place in shown.at(one).index}
            for place in (area, CITY)
        )
        if shown.transform == "share":
            city = {}
        moment = {one: periods.parse(one).moment for one in known}
        first, last = next(iter(own)), list(own)[-1]
        pictures.append(
            element(
                "figure",
                element("figcaption", title, element("small", f" {unit}")),
                pair_picture(
                    [(moment[one], value) for one, value in own.items()],
                    [(moment[one], value) for one, value in city.items()],
                    (
                        value_text(shown, own[first], lang),
                        value_text(shown, own[last], lang),
                        str(periods.parse(first).year),
                        str(periods.parse(last).year),
                    ),
                ),
            )
        )
    return element(
        "div",
        element("p", text(lang, "profile.trends_note")),
        element("div", pictures, class_="small-trends"),
    )


def _trend_series(area: str, dataset: Dataset, lang: Lang) -> Iterator[tuple[str, str, Series, list[str]]]:
    """Title, unit, figures and periods of every trend that has at least two comparable periods."""
    for key, transform in TRENDS:
        shown = transformed(dataset, key, transform)
        own = shown.table.loc[shown.table["area"] == area, "period"]
        series = periods.preferred_series(own, 2)
        if series is None:
            continue
        known = [
            one
            for one in periods.ordered(own, series)
            if dataset.indicators[key].good_since is None
            or periods.starts_after(one, str(dataset.indicators[key].good_since))
        ]
        if len(known) > 1:
            yield shown.indicator.short[lang], unit_of(shown, lang), shown, known


def _gaps(area: str, dataset: Dataset, lang: Lang) -> list[str]:
    """Which indicators have no figure for the district, and which too few cases to compare."""
    lines = []
    for key, last in without_figures(dataset, area):
        title = dataset.indicators[key].short[lang]
        if last:
            lines.append(text(lang, "profile.gap_since", title=title, period=period_short(last, lang)))
        else:
            lines.append(text(lang, "profile.gap_never", title=title))
    few = [
        dataset.indicators[key].short[lang]
        for key in dataset.indicators
        if (one := district_value(dataset, key, "value", area)) and one.few
    ]
    if few:
        lines.append(text(lang, "profile.gap_few", names=", ".join(few)))
    return lines or [text(lang, "profile.gap_none")]


def _table(
    view: View,
    area: str,
    found: list[DistrictValue],
    strong: pd.DataFrame,
    weak: pd.DataFrame,
    dataset: Dataset,
) -> pd.DataFrame:
    return pd.DataFrame(list(_table_rows(view, area, found, strong, weak, dataset)))


def _table_rows(
    view: View,
    area: str,
    found: list[DistrictValue],
    strong: pd.DataFrame,
    weak: pd.DataFrame,
    dataset: Dataset,
) -> Iterator[dict[str, str]]:
    lang = view.lang
    people = district_value(dataset, "population", "share", area)
    for one in (*found, *([people] if people else [])):
        yield {
            "section": text(lang, "profile.headlines"),
            "title": one.shown.indicator.short[lang],
            "period": period_short(one.period, lang),
            "value": value_text(one.shown, one.value, lang),
            "unit": unit_of(one.shown, lang),
            "rank": _rank(one.rank, lang),
            "change": _change(one, lang),
        }
    for key, rows in (("strong", strong), ("weak", weak)):
        for row in rows.to_dict("records"):
            yield {
                "section": text(lang, f"profile.{key}"),
                "title": dataset.indicators[row["indicator"]].short[lang],
                "period": period_short(row["period"], lang),
                "value": number(row["relative"], 0, lang),
                "unit": text(lang, "unit.relative"),
                "rank": "",
                "change": "",
            }
    at = DISTRICTS.index(area)
    for key in parity_indicators(dataset):
        one_parity = parity(dataset, key, view.horizon)[at]
        if one_parity.latest:
            yield {
                "section": text(lang, "profile.parity"),
                "title": dataset.indicators[key].short[lang],
                "period": period_short(one_parity.latest[0], lang),
                "value": number(gap(one_parity.latest[1]), 0, lang, signed=True),
                "unit": text(lang, "targets.gap"),
                "rank": text(lang, f"reading.{one_parity.progress.reading}"),
                "change": "",
            }
    for title, unit, shown, known in _trend_series(area, dataset, lang):
        for period in known:
            yield {
                "section": text(lang, "profile.trends"),
                "title": title,
                "period": period_short(period, lang),
                "value": value_text(shown, value_of(shown.at(period), area), lang),
                "unit": unit,
                "rank": "",
                "change": "",
            }
