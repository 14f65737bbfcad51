"""HTML documents around a body: in UTF-8, laid out for every width."""

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import Child, element, markup
from components.text.strings import Lang


def html_document(
    title: str,
    lang: Lang,
    head: Iterable[Element | None],
    body: Child | Iterable[Child],
    headers: Mapping[str, object] = {},
    **attributes: object,
) -> str:
    """Return the document as text.

    ``headers`` stand in it in place of those of a response; ``attributes`` are those of its ``html`` element.
    """
    top = element(
        "head",
        element("meta", charset="utf-8"),
        (element("meta", http_equiv=name, content=value) for name, value in headers.items()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        head,
    )
    document = element("html", top, element("body", body), lang=lang, **attributes)
    return "<!doctype html>\n" + markup(document) + "\n"
