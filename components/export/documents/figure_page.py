"""The plain page of a figure: figure, sentence, table, sources and downloads, without a script.

It is what a link to a figure opens, and what tells other programs about it: Open Graph, schema.org, oEmbed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from components.export.documents.figure_document import TABLES, FigureDocument
from components.export.documents.urls import UrlBuilder
from components.export.files.file_formats import FIGURE_FORMATS, FORMATS
from components.export.rendering.page_images import SIZES
from components.figure import Figure
from components.figures.drawing.frame import table
from components.figures.drawing.markup import append, between, element
from components.figures.registry import FIGURES
from components.text.strings import LANG_NAMES, text
from data.dataset import CHECKED_ON
from geo.languages import LANGUAGES


def figure_page(document: FigureDocument) -> bytes:
    """Return the page as HTML in UTF-8."""
    figure, urls = document.figure, document.urls
    content = document.section(still=True, tabled=False)
    append(content, _table(figure), _downloads(figure, urls), _languages(figure, urls))
    return document.html(content, [document.canonical(), *_head(figure, urls)])


def endings(name: str, urls: UrlBuilder | None = None) -> Sequence[str]:
    """Return the endings of the files that a figure has, in one place or at all."""
    there = FIGURE_FORMATS if urls is None or urls.endings is None else urls.endings
    return [
        ending
        for ending in FIGURE_FORMATS
        if ending in there and (FORMATS[ending].content != "layer" or FIGURES[name].by_district)
    ]


def _table(figure: Figure) -> Element | None:
    if figure.id in TABLES:
        return None
    head = element("h2", text(figure.view.lang, "share.table"))
    return element(
        "section", head, table(figure.table, figure.columns, figure.view.lang), class_="plain-table"
    )


def _downloads(figure: Figure, urls: UrlBuilder) -> Element:
    links = (
        element("li", element("a", FORMATS[ending].label, href=urls.download(figure.id, figure.view, ending)))
        for ending in endings(figure.id, urls)
    )
    head = element("h2", text(figure.view.lang, "share.downloads"))
    return element("section", head, element("ul", links, class_="downloads"))


def _languages(figure: Figure, urls: UrlBuilder) -> Element:
    links = (
        element("a", LANG_NAMES[lang], href=urls.link(figure.id, replace(figure.view, lang=lang)), lang=lang)
        for lang in urls.langs
        if lang != figure.view.lang
    )
    return element("p", between(links, " · "), class_="languages")


def _head(figure: Figure, urls: UrlBuilder) -> Sequence[Element]:
    """Return what names the page to programs: its languages, its embed, its card, its data."""
    address, view = urls.address(figure.id, figure.view), figure.view
    name, links = figure.id, []
    if "://" in address:
        links = [
            element("link", rel="alternate", hreflang=lang, href=urls.address(name, replace(view, lang=lang)))
            for lang in urls.langs
        ]
    if not urls.file:
        query = urlencode({"url": address, "format": "json"})
        oembed = {"type": "application/json+oembed", "href": f"{urls.app}/oembed?{query}"}
        links.append(element("link", rel="alternate", **oembed, title=figure.title))
    return [
        *links,
        *(element("meta", property=key, content=value) for key, value in _card(figure, urls).items()),
        element("meta", name="twitter:card", content="summary_large_image"),
        element("script", _linked(_described(figure, urls)), type="application/ld+json"),
    ]


def _card(figure: Figure, urls: UrlBuilder) -> Mapping[str, object]:
    """Return the properties of Open Graph."""
    address, view = urls.address(figure.id, figure.view), figure.view
    width, height, _ = SIZES["card"]
    image = {
        "og:url": address,
        "og:image": urls.download_address(figure.id, view, "png", size="card"),
        "og:image:width": width,
        "og:image:height": height,
        "og:image:alt": figure.alt,
    }
    return {
        "og:type": "article",
        "og:site_name": text(view.lang, "app.name"),
        "og:title": figure.title,
        "og:description": figure.sentence,
        **(image if "://" in address and "png" in endings(figure.id, urls) else {}),
        "og:locale": LANGUAGES[view.lang].locale,
    }


def _described(figure: Figure, urls: UrlBuilder) -> Mapping[str, object]:
    """Return the figure's data as ``schema.org/Dataset``."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": figure.title,
        "description": figure.alt,
        "inLanguage": figure.view.lang,
        "url": urls.address(figure.id, figure.view),
        "isAccessibleForFree": True,
        "dateModified": CHECKED_ON.isoformat(),
        "spatialCoverage": {"@type": "Place", "name": "Almaty, Kazakhstan"},
        "variableMeasured": figure.subtitle,
        "creator": [{"@type": "Organization", "name": source.words} for source in figure.sources],
        "isBasedOn": [url for source in figure.sources for url, _ in source.links],
        "license": "; ".join(dict.fromkeys(source.licence for source in figure.sources)),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": FORMATS[ending].media_type.partition(";")[0],
                "contentUrl": urls.download_address(figure.id, figure.view, ending),
            }
            for ending in endings(figure.id, urls)
            if FORMATS[ending].content != "image"
        ],
    }


def _linked(body: Mapping[str, object]) -> str:
    # In a script element nothing is escaped, so no text in it may look like markup.
    return json.dumps(body, ensure_ascii=False).replace("<", "\\u003c")
