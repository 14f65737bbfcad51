"""The sheet of a district: one HTML file with its styles and fonts inside, which prints on one A4 page."""

from xml.etree.ElementTree import Element

from components import bundles
from components.export.documents.html import html_document
from components.export.rendering.inline_fonts import POLICY, fonts
from components.figure import Figure
from components.figures.drawing.frame import render_section
from components.figures.drawing.markup import element
from components.text.strings import Lang, text

SHEETS = ("figure.css", "profile.css")


def sheet(figure: Figure) -> str:
    """Return the sheet of the figure of a district as HTML."""
    return document(render_section(figure, 1, tabled=False), figure.title, figure.view.lang)


def document(content: Element, title: str, lang: Lang) -> str:
    """Return HTML that asks no server for anything, the same for a reader and for the printer.

    Of the fonts, only the files that the text needs are inside.
    """
    written = title + "".join(content.itertext())
    style = element("style", *fonts(written), *map(bundles.asset, SHEETS))
    colophon = element("p", text(lang, "app.name"), class_="colophon")
    body = element("main", content, colophon, id="figure")
    return html_document(title, lang, [style], body, {"Content-Security-Policy": POLICY})
