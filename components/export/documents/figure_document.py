"""A figure in a document of its own, for an article, as a file or as an image: complete without a script."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import plotly.graph_objects as go

from components import bundles
from components.export.documents.css_subset import subset_css
from components.export.documents.embed_budget import shorten
from components.export.documents.html import html_document
from components.export.documents.responsive_charts import layouts
from components.export.documents.urls import UrlBuilder
from components.export.rendering.inline_fonts import POLICY, fonts
from components.export.rendering.plotly_svg import ChartDrawing
from components.figure import Figure
from components.figures.drawing.frame import heading, remainder
from components.figures.drawing.markup import element
from components.text.number_formats import day
from components.text.strings import text
from data.dataset import CHECKED_ON

TABLES = ("table", "measures")
"""Figures whose picture is their table."""
SHEETS = ("figure.css", "embed.css", "card.css")
MAP = ".//svg[@class='map']"


@dataclass(frozen=True)
class FigureDocument:
    """A figure with all that a document of it needs.

    ``urls`` say where the document will stand. ``charts`` are the drawings of a chart by the keys of
    ``responsive_charts.WIDTHS``, or why there are none; empty for other figures.
    """

    figure: Figure
    urls: UrlBuilder
    charts: Mapping[str, ChartDrawing] | str

    def embed(self, still: bool) -> bytes:
        """Return the document of an embed: heading, picture, sources, table folded away; HTML in UTF-8.

        ``still`` leaves out every script and what only a script can move.
        """
        content = self.section(still)
        shorten(content)
        scripts = () if still else _scripts(content)
        links = (element("script", type="module", src=self.urls.script(script)) for script in scripts)
        return self.html(content, [self.canonical(), *links])

    def standalone(self, still: bool) -> bytes:
        """Return the same document with its fonts and scripts inside: it asks no server for anything."""
        content = self.section(still)
        scripts = [] if still else [bundles.scripts()[script].decode() for script in _scripts(content)]
        hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
        allowed = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
        policy = f"{POLICY}; script-src {allowed}"
        inside = (element("script", script, type="module") for script in scripts)
        return self.html(content, [*self._offline(content, policy), *inside])

    def picture(self, size: str) -> bytes:
        """Return the document that becomes an image: nothing to click, its address in words, fonts inside."""
        content = self.section(still=True)
        _remove(content, lambda node: node.tag == "details")
        return self.html(content, self._offline(content, POLICY), size)

    def section(self, still: bool, tabled: bool = True) -> Element:
        """Return everything of the figure, from its title to its notes and, folded away, its table."""
        figure = self.figure
        return element(
            "section",
            heading(figure, 1),
            self._picture(still),
            remainder(figure, tabled=tabled and figure.id not in TABLES, folded=True),
            class_="figure",
        )

    def html(self, content: Element, head: Iterable[Element | None], size: str | None = None) -> bytes:
        """Return a whole document around a content, with a line that leads back to the dashboard.

        ``size`` is that of the image it becomes, where it becomes one.
        """
        figure, view = self.figure, self.figure.view
        colophon = element(
            "p",
            element("span", text(view.lang, "app.name")),
            element("span", text(view.lang, "embed.checked", date=day(CHECKED_ON, view.lang))),
            self._last_words(size),
            class_="colophon",
        )
        body = element("main", content, colophon, id="figure")
        self._lead_to_app(body)
        own = [
            element("meta", name="description", content=figure.sentence),
            element("style", subset_css(SHEETS if size else SHEETS[:2], body)),
            *head,
        ]
        return html_document(
            figure.title, view.lang, own, body, data_theme=view.theme, data_size=size
        ).encode()

    def canonical(self) -> Element:
        """Return what names the figure's one address to whoever indexes or shares the document."""
        address = self.urls.address(self.figure.id, self.figure.view)
        href = address if "://" in address else self.urls.link(self.figure.id, self.figure.view)
        return element("link", rel="canonical", href=href)

    def _offline(self, content: Element, policy: str) -> Sequence[Element]:
        written = "".join(content.itertext()) + text(self.figure.view.lang, "app.name")
        meta = element("meta", http_equiv="Content-Security-Policy", content=policy)
        return [meta, element("style", *fonts(written))]

    def _last_words(self, size: str | None) -> Element | None:
        """Return the address of an image in words, or a link back; None where there is nothing to name."""
        view = self.figure.view
        if size:
            address = self.urls.address(self.figure.id, replace(view, theme="auto"))
            return element("span", address) if "://" in address else None
        back = self.urls.back(self.figure.id, view)
        words = text(view.lang, "embed.back" if self.urls.app else "embed.home")
        return element("a", words, href=back, target="_blank", rel="noopener") if back else None

    def _lead_to_app(self, body: Element) -> None:
        """Turn links to pages of the app into full addresses; without an app there is nothing to lead to."""
        for link in body.iter("a"):
            href = link.get("href") or ""
            if href.startswith("/") and self.urls.app:
                link.attrib.update(href=self.urls.app + href, target="_blank", rel="noopener")
            elif href.startswith("/"):
                link.tag = "span"
                link.attrib.clear()

    def _picture(self, still: bool) -> Element:
        if isinstance(self.figure.picture, go.Figure):
            if isinstance(self.charts, str):
                return element("p", self.charts, class_="missing-picture")
            return layouts(self.figure, self.charts)
        picture = deepcopy(self.figure.picture)
        if still:
            _remove(picture, lambda node: node.get("class") == "time")
        return picture


def bare_map(figure: Figure) -> bytes | None:
    """Return the map of a figure alone as SVG, drawn without a browser; None where it has no map."""
    drawn = None if isinstance(figure.picture, go.Figure) else figure.picture.find(MAP)
    if drawn is None:
        return None
    svg = deepcopy(drawn)
    vocabulary = "svg{--ink:#1a1a1a;--ground:#fff;--soft:#f6f5f1;--quiet:#55534d;--accent:#5b4ba0}"
    family = "svg{font-family:Inter,sans-serif}"
    svg.insert(0, element("style", vocabulary, subset_css(SHEETS[:1], svg), family))
    return bytes(ElementTree.tostring(svg, encoding="utf-8"))


def _scripts(content: Element) -> Sequence[str]:
    return ["tip.js"] if content.find(MAP) is None else ["tip.js", "map.js"]


def _remove(root: Element, unwanted: Callable[[Element], bool]) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if unwanted(child):
                parent.remove(child)
