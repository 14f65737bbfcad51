"""Where the numbers come from: one indicator in full, and the catalogue of all of them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pandas as pd

from components.figures.drawing.frame import scrolling_table
from components.figures.drawing.markup import element
from components.text.number_formats import day_text, number, period_short
from components.text.sentences import break_line, short_name
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.catalogue import TOPICS, Indicator
from data.dataset import Dataset
from geo.districts import AREAS, CITY


def indicator_page(view: View, dataset: Dataset) -> Element:
    """Draw one indicator: what it measures, which districts and periods there are, notes, sources."""
    lang = view.lang
    indicator = dataset.indicators[view.indicator]
    facts = (
        ("ui.topic", text(lang, f"topic.{indicator.topic}")),
        ("data.principle", text(lang, f"principle.{indicator.principle}")),
        ("word.unit", indicator.unit[lang]),
        ("data.kind", text(lang, f"kind.{indicator.kind}")),
        ("data.direction", text(lang, f"better.{indicator.better}")),
    )
    notes = [note[lang] for note in indicator.notes] + [
        break_line(change, lang) for change in indicator.breaks
    ]
    return element(
        "section",
        element("h2", indicator.title[lang]),
        element("p", indicator.description[lang], class_="sentence"),
        element(
            "dl",
            (element("div", element("dt", text(lang, label)), element("dd", fact)) for label, fact in facts),
            class_="facts",
        ),
        element("h3", text(lang, "data.coverage")),
        coverage(dataset.observations[indicator.id], lang),
        [
            element("h3", text(lang, "data.cannot_say")),
            element("ul", (element("li", note) for note in notes), class_="notes"),
        ]
        if notes
        else [],
        element("h3", text(lang, "xlsx.sources")),
        element("ul", _sources(dataset, indicator, lang), class_="source-list"),
        class_="indicator-page",
        lang=lang,
    )


def coverage(table: pd.DataFrame, lang: Lang) -> Element:
    """Draw which area has a value in which period: a dot, a ring for low reliability, a dash for none."""
    status = table.pivot(index="area", columns="period", values="obs_status").reindex(AREAS)
    in_order = [period for kind in periods.SERIES for period in periods.ordered(status.columns, kind)]
    heads = (element("th", element("span", period_short(period, lang)), scope="col") for period in in_order)
    rows = (
        element(
            "tr",
            element("th", text(lang, "place.city") if area == CITY else short_name(area, lang), scope="row"),
            (_dot(status.loc[area, period], lang) for period in in_order),
        )
        for area in AREAS
    )
    legend = element("p", text(lang, "data.coverage_legend"), class_="subtitle")
    head = element("tr", element("td"), heads)
    return scrolling_table("coverage", head, rows, legend, label=text(lang, "data.coverage"))


def _dot(status: object, lang: Lang) -> Element:
    """Draw the status of one value; what is not a status is missing."""
    if not isinstance(status, str):
        return element("td", "–", title=text(lang, "word.no_data"), class_="absent")
    return element("td", "○" if status == "U" else "●", title=text(lang, f"status.{status}"))


def _sources(dataset: Dataset, indicator: Indicator, lang: Lang) -> Iterator[Element]:
    for key in indicator.sources:
        source = dataset.sources[key]
        dated = (
            text(lang, "foot.dated", dated=day_text(source.dated, lang))
            if source.dated
            else text(lang, "foot.undated")
        )
        facts = [
            text(lang, "foot.body_copy", body=source.body[lang], copy=source.copy[lang]) + "; " + dated,
            f"{text(lang, 'word.licence')}: {source.licence[lang]}",
            *([f"{text(lang, 'data.checked')}: {source.checked[lang]}"] if source.checked else []),
        ]
        words = " ".join(fact if fact.endswith(".") else f"{fact}." for fact in facts)
        yield element(
            "li",
            element("a", source.title, href=source.url, rel="noopener", target="_blank"),
            element("span", words),
        )


def catalogue(view: View, dataset: Dataset) -> Element:
    """List every indicator by topic: districts, span of periods, count of values; a name opens it here."""
    lang = view.lang
    groups = []
    for topic in TOPICS if view.topic is None else (view.topic,):
        own = [indicator for indicator in dataset.indicators.values() if indicator.topic == topic]
        groups.append(element("h3", text(lang, f"topic.{topic}")))
        groups.append(
            element(
                "table",
                element(
                    "thead",
                    element(
                        "tr",
                        element("th", text(lang, "ui.indicator"), scope="col"),
                        element("th", text(lang, "word.unit"), scope="col", class_="wide"),
                        element("th", text(lang, "data.districts_n"), scope="col", class_="number"),
                        element("th", text(lang, "data.periods"), scope="col"),
                    ),
                ),
                element("tbody", (_line(indicator, view, dataset) for indicator in own)),
                class_="catalogue",
            )
        )
    return element("section", element("h2", text(lang, "data.catalogue")), groups, lang=lang)


def _line(indicator: Indicator, view: View, dataset: Dataset) -> Element:
    table = dataset.observations[indicator.id]
    districts = table.loc[table["area"] != CITY, "area"].nunique()
    years = sorted({periods.parse(period).year for period in table["period"]})
    span = str(years[0]) if len(years) == 1 else f"{years[0]} – {years[-1]}"
    query = view.with_indicator(indicator.id).query_string()
    here = "true" if indicator.id == view.indicator else None
    return element(
        "tr",
        element(
            "td",
            element(
                "a", indicator.title[view.lang], href=f"/data?{query}", target="_self", aria_current=here
            ),
        ),
        element("td", indicator.unit[view.lang], class_="wide"),
        element("td", number(districts, 0, view.lang) if districts else "–", class_="number"),
        element("td", span),
    )


def introduction(view: View, dataset: Dataset) -> Element:
    """Write the question of the page and what the data hold in all."""
    lang = view.lang
    values = sum(len(table) for table in dataset.observations.values())
    counts = {"indicators": len(dataset.indicators), "values": values, "sources": len(dataset.sources)}
    written = {name: number(count, 0, lang) for name, count in counts.items()}
    return element(
        "header",
        element("h1", text(lang, "data.title")),
        element("p", text(lang, "data.lead", **written), class_="sentence"),
        lang=lang,
    )
