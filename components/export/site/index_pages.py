"""Pages of a published site beside its figures: the list of them, one for what is not there, the sitemap."""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from components.export.documents.css_subset import subset_css
from components.export.documents.html import html_document
from components.export.site import paths
from components.export.site.paths import SiteOptions
from components.figures.drawing.markup import between, element
from components.figures.registry import FIGURES
from components.text.number_formats import day
from components.text.strings import LANG_NAMES, Lang, text
from components.view import View
from data.catalogue import TOPICS
from data.dataset import CHECKED_ON, Dataset
from geo.districts import districts

SHEETS = ("figure.css", "embed.css", "index.css")
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
Listed = Sequence[tuple[str, View]]
"""Name and view of each figure that has a page."""


def pages(listed: Listed, dataset: Dataset, options: SiteOptions) -> Mapping[str, bytes]:
    """Return every such file of a site by its path."""
    first = options.langs[0]
    files = {paths.index(lang): _index(listed, dataset, options, lang, "../") for lang in options.langs}
    files["index.html"] = _index(listed, dataset, options, first, "")
    files["404.html"] = _absent(options)
    files["robots.txt"] = _robots(options)
    if options.address:
        files["sitemap.xml"] = _sitemap(listed, options)
    return files


def _index(listed: Listed, dataset: Dataset, options: SiteOptions, lang: Lang, up: str) -> bytes:
    mine = [(name, view) for name, view in listed if view.lang == lang]
    sections = [*_topics(mine, dataset, lang, up), *_others(mine, lang, up)]
    languages = (
        element("a", LANG_NAMES[other], href=up + paths.index(other), lang=other, hreflang=other)
        for other in options.langs
        if other != lang
    )
    top = element(
        "div",
        element("span", text(lang, "app.name")),
        element("span", between(languages, " · ")),
        class_="top",
    )
    jumps = (element("a", title, href=f"#{key}") for key, title, _ in sections)
    app = element("a", text(lang, "published.app"), href=options.app) if options.app else None
    package = element("a", text(lang, "published.data"), href=f"{up}data/datapackage.json")
    body = element(
        "main",
        element("header", top, element("h1", text(lang, "published.title"))),
        element("p", text(lang, "published.sentence"), class_="sentence"),
        element("nav", jumps, aria_label=text(lang, "ui.topic")),
        (
            element("section", element("h2", title), element("ul", rows, class_="rows"), id=key)
            for key, title, rows in sections
        ),
        element(
            "p", app, package, element("span", text(lang, "embed.checked", date=day(CHECKED_ON, lang))),
            class_="colophon",
        ),
        class_="index",
        id="figure",
    )  # fmt: skip
    return _document(body, lang, text(lang, "published.title"), _head(options, lang))


def _topics(mine: Listed, dataset: Dataset, lang: Lang, up: str) -> list[tuple[str, str, list[Element]]]:
    sections = []
    for topic in TOPICS:
        rows = []
        for key, indicator in dataset.indicators.items():
            kinds = [(name, view) for name, view in mine if _of_indicator(name) and view.indicator == key]
            if indicator.topic == topic and kinds:
                rows.append(_row(indicator.title[lang], kinds, lang, up))
        if rows:
            sections.append((topic, text(lang, f"topic.{topic}"), rows))
    return sections


def _others(mine: Listed, lang: Lang, up: str) -> list[tuple[str, str, list[Element]]]:
    """Return the figures of no indicator: those of the city, and one page per district."""
    city = [(name, view) for name, view in mine if not _of_indicator(name) and name != "district"]
    names = districts()[f"name_{lang}"]
    links = [_link(str(names[view.district[0]]), name, view, up) for name, view in mine if name == "district"]
    sections = []
    for key, label, items in (
        ("whole", "published.whole", _kinds(city, lang, up)),
        ("districts", "published.districts", [element("li", link) for link in links]),
    ):
        if items:
            row = element("li", element("ul", items, class_="kinds"))
            sections.append((key, text(lang, label), [row]))
    return sections


def _row(title: str, kinds: Listed, lang: Lang, up: str) -> Element:
    return element(
        "li",
        element("h3", title),
        element("ul", _kinds(kinds, lang, up, of=title), class_="kinds"),
        class_="row",
    )


def _kinds(listed: Listed, lang: Lang, up: str, of: str = "") -> list[Element]:
    items = []
    for name, view in listed:
        label = text(lang, f"published.{name}")
        link = _link(label, name, view, up)
        if of:
            link.set("aria-label", f"{label}: {of}")
        items.append(element("li", link))
    return items


def _link(label: str, name: str, view: View, up: str) -> Element:
    return element("a", label, href=up + paths.page(name, view))


def _of_indicator(name: str) -> bool:
    return "indicator" in FIGURES[name].fields


def _head(options: SiteOptions, lang: Lang) -> list[Element]:
    if not options.address:
        return []
    others = (
        element("link", rel="alternate", hreflang=other, href=options.full(paths.index(other)))
        for other in options.langs
    )
    return [element("link", rel="canonical", href=options.full(paths.index(lang))), *others]


def _absent(options: SiteOptions) -> bytes:
    """Return the page for any path that is not there; its links are full addresses, for any depth."""
    lines = (
        element(
            "p",
            text(lang, "published.absent") + " ",
            element("a", text(lang, "published.title"), href=options.full(paths.index(lang)))
            if options.address
            else None,
            lang=lang,
        )
        for lang in options.langs
    )
    first = options.langs[0]
    body = element("main", element("h1", text(first, "app.name")), lines, class_="index", id="figure")
    head = [element("meta", name="robots", content="noindex")]
    return _document(body, first, text(first, "app.name"), head)


def _document(body: Element, lang: Lang, title: str, head: Iterable[Element]) -> bytes:
    own = [
        element("meta", name="description", content=text(lang, "published.sentence")),
        element("style", subset_css(SHEETS, body)),
        *head,
    ]
    return html_document(title, lang, own, body, data_theme="auto").encode()


def _robots(options: SiteOptions) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    if options.address:
        lines += ["", f"Sitemap: {options.full('sitemap.xml')}"]
    return ("\n".join(lines) + "\n").encode()


def _sitemap(listed: Listed, options: SiteOptions) -> bytes:
    """Return every list and plain page with its date; embeds name their plain page as the one to index."""
    lists = [paths.index(lang) for lang in options.langs]
    root = ElementTree.Element("urlset", xmlns=SITEMAP)
    for path in [*lists, *(paths.page(name, view) for name, view in listed)]:
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = options.full(path)
        ElementTree.SubElement(url, "lastmod").text = CHECKED_ON.isoformat()
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
