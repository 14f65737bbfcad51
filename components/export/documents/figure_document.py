"""A figure in a document of its own, for an article or as a plain page: complete without a script."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import plotly.graph_objects as go

from components import bundles
from components.export.documents.css_subset import subset_css
from components.export.documents.district_document import POLICY, fonts
from components.export.documents.embed_budget import shorten
from components.export.documents.html import html_document
from components.export.documents.responsive_charts import layouts
from components.export.documents.urls import UrlBuilder
from components.export.rendering.plotly_svg import ChartDrawing
from components.figure import Figure
from components.figures.drawing.frame import heading, remainder
from components.figures.drawing.markup import element
from components.text.formats import day
from components.text.strings import text
from data.dataset import CHECKED_ON

TABLES = ("table", "measures")
"""Figures whose picture is their table."""
SHEETS = ("figure.css", "embed.css", "card.css")


def embed(
    figure: Figure,
    place: UrlBuilder,
    charts: Mapping[str, ChartDrawing] | str,
    still: bool,
) -> bytes:
    """The document of an embed: heading, picture, sources, table folded away; HTML in UTF-8.

    ``charts`` are the drawings of a chart by the keys of ``layouts.WIDTHS``, or why there are none; empty
    for other figures. ``still`` leaves out every script and what only a script can move.
    """
    content = section(figure, charts, still)
    shorten(content)
    scripts = [] if still else _scripts_of(content)
    head = [canonical(figure, place), *_scripts(scripts, place)]
    return document(figure, content, place, head)


def alone(
    figure: Figure,
    place: UrlBuilder,
    charts: Mapping[str, ChartDrawing],
    still: bool,
) -> bytes:
    """The same document with its fonts and scripts inside: it asks no server for anything."""
    content = section(figure, charts, still)
    scripts = [] if still else [bundles.scripts()[script].decode() for script in _scripts_of(content)]
    hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{one}'" for one in hashes) or "'none'"
    head = [
        element("meta", http_equiv="Content-Security-Policy", content=f"{POLICY}; script-src {allowed}"),
        element("style", *fonts("".join(content.itertext()) + text(figure.view.lang, "app.name"))),
        *(element("script", script, type="module") for script in scripts),
    ]
    return document(figure, content, place, head)


def section(
    figure: Figure,
    charts: Mapping[str, ChartDrawing] | str,
    still: bool,
    tabled: bool = True,
) -> Element:
    """Everything of a figure, from its title to its notes and, folded away, its table."""
    return element(
        "section",
        heading(figure, 1),
        _picture(figure, charts, still),
        remainder(figure, tabled=tabled and figure.id not in TABLES, folded=True),
        class_="figure",
    )


def picture_document(
    figure: Figure,
    place: UrlBuilder,
    charts: Mapping[str, ChartDrawing],
    size: str,
) -> str:
    """The document that becomes an image: nothing to click, its address in words, the fonts inside."""
    content = section(figure, charts, still=True)
    for parent in list(content.iter()):
        for child in [one for one in parent if one.tag == "details"]:
            parent.remove(child)
    written = "".join(content.itertext()) + text(figure.view.lang, "app.name")
    policy = element("meta", http_equiv="Content-Security-Policy", content=POLICY)
    faces = element("style", *fonts(written))
    return document(figure, content, place, [policy, faces], size).decode()


def document(
    figure: Figure,
    content: Element,
    place: UrlBuilder,
    head: Iterable[Element | None],
    size: str | None = None,
) -> bytes:
    """A whole document around a figure, with a line that leads back to the dashboard.

    ``size`` is that of the image it becomes, where it becomes one.
    """
    lang, view = figure.view.lang, figure.view
    back, address = place.back(figure.id, view), place.address(figure.id, replace(view, theme="auto"))
    leads = "embed.back" if place.app else "embed.home"
    if size:
        last = element("span", address) if "://" in address else None
    else:
        last = element("a", text(lang, leads), href=back, target="_blank", rel="noopener") if back else None
    colophon = element(
        "p",
        element("span", text(lang, "app.name")),
        element("span", text(lang, "embed.checked", date=day(CHECKED_ON, lang))),
        last,
        class_="colophon",
    )
    body = element("main", content, colophon, id="figure")
    for link in body.iter("a"):
        if not (link.get("href") or "").startswith("/"):
            continue
        if place.app:
            link.set("href", place.app + link.get("href", ""))
            link.set("target", "_blank")
            link.set("rel", "noopener")
        else:  # there is nothing it could lead to
            link.tag = "span"
            link.attrib.clear()
    own = [
        element("meta", name="description", content=figure.sentence),
        element("style", subset_css(SHEETS if size else SHEETS[:2], body)),
        *head,
    ]
    return html_document(figure.title, lang, own, body, data_theme=view.theme, data_size=size).encode()


def bare_map(figure: Figure) -> bytes | None:
    """The map of a figure alone as SVG, drawn without a browser; None where it has no map."""
    found = None if isinstance(figure.picture, go.Figure) else figure.picture.find(".//svg[@class='map']")
    if found is None:
        return None
    svg = deepcopy(found)
    vocabulary = "svg{--ink:#1a1a1a;--ground:#fff;--soft:#f6f5f1;--quiet:#55534d;--accent:#5b4ba0}"
    svg.insert(
        0, element("style", vocabulary, subset_css(("figure.css",), svg), "svg{font-family:Inter,sans-serif}")
    )
    return bytes(ElementTree.tostring(svg, encoding="utf-8"))


def canonical(figure: Figure, place: UrlBuilder) -> Element:
    """What names the figure's one address to whoever indexes or shares the document."""
    full = place.address(figure.id, figure.view)
    href = full if "://" in full else place.link(figure.id, figure.view)
    return element("link", rel="canonical", href=href)


def _scripts_of(content: Element) -> Sequence[str]:
    return ["tip.js", *(["map.js"] if content.find(".//svg[@class='map']") is not None else [])]


def _scripts(names: Iterable[str], place: UrlBuilder) -> Sequence[Element]:
    return [element("script", type="module", src=place.script(name)) for name in names]


def _picture(figure: Figure, charts: Mapping[str, ChartDrawing] | str, still: bool) -> Element:
    if isinstance(figure.picture, go.Figure):
        if isinstance(charts, str):
            return element("p", charts, class_="missing-picture")
        return layouts(figure, charts)
    picture = deepcopy(figure.picture)
    if still:
        for parent in list(picture.iter()):
            for child in list(parent):
                if child.get("class") == "time":
                    parent.remove(child)
    return picture
