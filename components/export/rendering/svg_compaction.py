"""What a tab shows as one small SVG: what siblings share stands once, in a group around them."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from components.bundles import asset
from components.export.rendering.devtools import call

if TYPE_CHECKING:
    from choreographer import Tab

SVG = "http://www.w3.org/2000/svg"
FAMILY = "Inter, system-ui, sans-serif"
INHERITED = re.compile(r"(fill|stroke|font|letter|text|shape)-|(fill|stroke|style)$")
"""What a group hands down to what is in it."""


async def traced(page: "Tab", selector: str, name: str, width: int, height: int, *, named: bool) -> str:
    """What the first element of a selector shows; ``named`` by the title of its document, on its ground.

    ``name`` begins the ids, so that two fit in one document.
    """
    function = f"(...given) => ({asset('trace.js')})({asset('picture.js')})(...given)"
    return compact(await call(page, function, selector, named, width, height), name)


def compact(drawn: str, name: str) -> str:
    """The same picture in fewer characters, its ids begun by ``name``."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - written by our own script
    for one in root.iter():
        one.tag = one.tag.removeprefix(f"{{{SVG}}}")
        for key, value in one.items():
            if key == "id":
                one.set(key, name + value)
            elif value.startswith("url(#"):
                one.set(key, value.replace("url(#", f"url(#{name}"))
    _merge_words(root)
    _group(root)
    root.set("xmlns", SVG)
    root.set("font-family", FAMILY)
    return ElementTree.tostring(root, encoding="unicode")


def _merge_words(root: Element) -> None:
    """A text of one run needs no tspan; its words keep every space."""
    for line in root.iter("text"):
        if len(line) == 1 and not line.text:
            (run,) = line
            for key, value in run.items():
                line.set(key, value)
            line.text = run.text
            line.remove(run)


def _group(parent: Element) -> None:
    for child in parent:
        if len(child) and child.tag == "g":
            _group(child)
    children = list(parent)
    parent[:] = list(_grouped(children))


def _grouped(children: list[Element]) -> Iterator[Element]:
    for look, same in groupby(children, _look):
        run = list(same)
        if len(run) < 2 or not look:
            yield from run
            continue
        group = Element("g", dict(look))
        for one in run:
            for key, _ in look:
                del one.attrib[key]
            group.append(one)
        yield group


def _look(one: Element) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in one.items() if INHERITED.match(key))
