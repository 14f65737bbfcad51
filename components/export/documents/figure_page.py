"""The plain page of a figure: figure, sentence, table, sources and downloads, without a script.

It is what a link to a figure opens, and what tells other programs about it: Open Graph, schema.org, oEmbed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from components.export.documents.figure_document import TABLES, canonical, document, section
from components.export.documents.urls import UrlBuilder
from components.export.files import figure_tables
from components.export.rendering.page_images import SIZES
from components.export.rendering.plotly_svg import ChartDrawing
from components.figure import Figure
from components.figures.drawing.frame import table
from components.figures.drawing.markup import append, between, element
from components.figures.registry import FIGURES
from components.text.strings import LANG_NAMES, text
from data.dataset import CHECKED_ON
from geo.languages import LANGUAGES

LABELS = {"svg": "SVG", "png": "PNG", "pdf": "PDF", "csv": "CSV", "xlsx": "XLSX", "json": "JSON"}
POLYGONS = {"geojson": "GeoJSON", "gpkg": "GeoPackage"}


def plain(figure: Figure, place: UrlBuilder, charts: Mapping[str, ChartDrawing] | str) -> bytes:
    """The page as HTML in UTF-8."""
    content = section(figure, charts, still=True, tabled=False)
    append(content, _table(figure), _downloads(figure, place), _languages(figure, place))
    return document(figure, content, place, head(figure, place))


def _table(figure: Figure) -> Element | None:
    if figure.id in TABLES:
        return None
    head = element("h2", text(figure.view.lang, "share.table"))
    return element(
        "section", head, table(figure.table, figure.columns, figure.view.lang), class_="plain-table"
    )


def endings(name: str, place: UrlBuilder | None = None) -> Mapping[str, str]:
    """The files a figure has, at a place or at all, by ending, and what they are called."""
    every = {**LABELS, **(POLYGONS if FIGURES[name].by_district else {})}
    if place is None or place.endings is None:
        return every
    return {ending: label for ending, label in every.items() if ending in place.endings}


def _downloads(figure: Figure, place: UrlBuilder) -> Element:
    links = (
        element("li", element("a", label, href=place.download(figure.id, figure.view, ending)))
        for ending, label in endings(figure.id, place).items()
    )
    head = element("h2", text(figure.view.lang, "share.downloads"))
    return element("section", head, element("ul", links, class_="downloads"))


def _languages(figure: Figure, place: UrlBuilder) -> Element:
    links = (
        element("a", LANG_NAMES[lang], href=place.link(figure.id, replace(figure.view, lang=lang)), lang=lang)
        for lang in place.langs
        if lang != figure.view.lang
    )
    return element("p", between(links, " · "), class_="languages")


def head(figure: Figure, place: UrlBuilder) -> Sequence[Element | None]:
    """What names the page to programs: its one address, its languages, its card, its data, its embed."""
    address, view = place.address(figure.id, figure.view), figure.view
    full = "://" in address
    oembed = f"{place.app}/oembed?{urlencode({'url': address, 'format': 'json'})}"
    wide, high, _ = SIZES["card"]
    image = {
        "og:url": address,
        "og:image": place.download_address(figure.id, view, "png", size="card"),
        "og:image:width": wide,
        "og:image:height": high,
        "og:image:alt": figure.alt,
    }
    card = {
        "og:type": "article",
        "og:site_name": text(view.lang, "app.name"),
        "og:title": figure.title,
        "og:description": figure.sentence,
        **(image if full and "png" in endings(figure.id, place) else {}),
        "og:locale": LANGUAGES[view.lang].locale,
    }
    return [
        canonical(figure, place),
        *(
            element(
                "link",
                rel="alternate",
                hreflang=lang,
                href=place.address(figure.id, replace(view, lang=lang)),
            )
            for lang in place.langs
            if full
        ),
        None
        if place.file
        else element(
            "link", rel="alternate", type="application/json+oembed", href=oembed, title=figure.title
        ),
        *(element("meta", property=key, content=value) for key, value in card.items()),
        element("meta", name="twitter:card", content="summary_large_image"),
        element("script", _linked(described(figure, place)), type="application/ld+json"),
    ]


def described(figure: Figure, place: UrlBuilder) -> Mapping[str, object]:
    """The figure's data as ``schema.org/Dataset``."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": figure.title,
        "description": figure.alt,
        "inLanguage": figure.view.lang,
        "url": place.address(figure.id, figure.view),
        "isAccessibleForFree": True,
        "dateModified": CHECKED_ON.isoformat(),
        "spatialCoverage": {"@type": "Place", "name": "Almaty, Kazakhstan"},
        "variableMeasured": figure.subtitle,
        "creator": [{"@type": "Organization", "name": one.words} for one in figure.sources],
        "isBasedOn": [url for one in figure.sources for url, _ in one.links],
        "license": "; ".join(dict.fromkeys(one.licence for one in figure.sources)),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": figure_tables.TABLES[ending][0].partition(";")[0],
                "contentUrl": place.download_address(figure.id, figure.view, ending),
            }
            for ending in endings(figure.id, place)
            if ending in figure_tables.TABLES
        ],
    }


def _linked(body: Mapping[str, object]) -> str:
    # In a script element nothing is escaped, so no text in it may look like markup.
    return json.dumps(body, ensure_ascii=False).replace("<", "\\u003c")
