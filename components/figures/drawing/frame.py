"""The frame around every picture: title, unit, sentence, notes, sources and the table."""

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure
from components.figures.drawing.markup import Child, between, element
from components.text.number_formats import number
from components.text.strings import Lang, capitalised, text
from components.view import View


def link(view: View, page: str, label: str) -> Element:
    """Return a link to a page of the app with a view."""
    return element("a", label, href=f"/{page}?{view.query_string()}", target="_self")


def render_section(figure: Figure, level: int, tabled: bool = True, folded: bool = False) -> Element:
    """Render a figure whose picture is markup, from its title to its table."""
    picture = None if isinstance(figure.picture, go.Figure) else figure.picture
    return element(
        "section",
        heading(figure, level),
        picture,
        remainder(figure, tabled, folded),
        class_="figure",
        lang=figure.view.lang,
    )


def heading(figure: Figure, level: int) -> Element:
    """Return title, unit and reliability, and the sentence that says what the picture shows."""
    badge: list[Child] = [" ", element("span", figure.badge, class_="badge")] if figure.badge else []
    return element(
        "header",
        element(f"h{level}", figure.title),
        element("p", element("span", figure.subtitle), badge, class_="subtitle"),
        element("p", figure.sentence, class_="sentence") if figure.sentence else None,
        lang=figure.view.lang,
    )


def remainder(figure: Figure, tabled: bool = True, folded: bool = False) -> Element:
    """Return notes, sources and table, to stand under a picture; ``folded`` leaves only the sources open."""
    lang = figure.view.lang
    notes = element("ul", (element("li", line) for line in figure.foot), class_="notes")
    method = element("p", figure.method, class_="method") if figure.method else None
    body = table(figure.table, figure.columns, lang) if tabled else None
    caveat = element("p", figure.caveat, class_="caveat") if figure.caveat else None
    if folded:
        rest = element("details", element("summary", text(lang, "ui.more")), method, notes, body)
        return element("div", element("footer", caveat, sources(figure), rest), class_="remainder", lang=lang)
    return element(
        "div",
        element("footer", caveat, notes if figure.foot else None, sources(figure)),
        element("details", element("summary", text(lang, "ui.method")), method)
        if method is not None
        else None,
        body,
        class_="remainder",
        lang=lang,
    )


def sources(figure: Figure) -> Element:
    """Return the sources of a figure: official body and copy, their dates as links, the licence."""
    lang = figure.view.lang
    parts: list[Child] = [text(lang, "foot.source") + ": "]
    for index, source in enumerate(figure.sources):
        links = (
            element("a", dated, href=url, rel="noopener", target="_blank") for url, dated in source.links
        )
        parts += [" · " if index else "", source.words + " (", *between(links, "; "), ")"]
    licences = dict.fromkeys(source.licence for source in figure.sources)
    parts.append(". " + capitalised("; ".join(licences)) + ".")
    return element("p", parts, class_="sources")


def card(figure: Figure) -> Element:
    """Return a figure in brief: title, sentence, picture, notes and sources, without its table."""
    picture = None if isinstance(figure.picture, go.Figure) else figure.picture
    return titled_card(
        figure.title,
        element("p", figure.sentence, class_="card-sentence") if figure.sentence else None,
        picture,
        element("footer", element("p", " ".join(figure.foot)) if figure.foot else None, sources(figure)),
    )


def titled_card(title: str, *parts: Element | None) -> Element:
    """Return a card with a title and anything beneath it."""
    return element("section", element("h2", title), parts, class_="card")


def page_of_cards(
    title: str, lead: Sequence[str | Element], beside: Element, cards: Sequence[Element], lang: Lang
) -> Element:
    """Return a page of cards under a title and paragraphs with a small picture ``beside`` them."""
    paragraphs = [element("p", part, class_="lead") for part in lead]
    return element(
        "article",
        element("header", element("div", element("h1", title), paragraphs), beside),
        element("div", cards, class_="cards"),
        class_="page",
        lang=lang,
    )


def table(rows: pd.DataFrame, columns: tuple[Column, ...], lang: Lang) -> Element:
    """Return the printed table of a figure: numbers as the language writes them, a dash where missing."""
    heads = (
        element("th", column.label, scope="col", class_="number" if column.decimals is not None else None)
        for column in columns
    )
    lines = (
        element("tr", (_cell(row[column.key], column, lang) for column in columns))
        for _, row in rows.iterrows()
    )
    return scrolling_table("figure-table", element("tr", heads), lines, label=text(lang, "ui.table"))


def scrolling_table(
    kind: str, head: Element, rows: Iterable[Element], *notes: Element, label: str
) -> Element:
    """Draw a table that scrolls sideways where it is wider than the page; ``label`` is read aloud for it."""
    return element(
        "div",
        element("table", element("thead", head), element("tbody", rows), class_=kind),
        notes,
        class_="table-scroll",
        tabindex=0,
        role="region",
        aria_label=label,
    )


def _cell(value: object, column: Column, lang: Lang) -> Element:
    if column.decimals is None:
        return element("td", "" if pd.isna(value) else str(value))  # type: ignore[call-overload]
    missing = pd.isna(value)  # type: ignore[call-overload]
    written = "–" if missing else number(float(value), column.decimals, lang, column.signed)  # type: ignore[arg-type]
    return element("td", written, class_="number")
