"""SVG of what a tab shows, made small: what siblings share stands once, in a group around them."""

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
"""Attributes that a group hands down to what is in it."""


async def traced(page: "Tab", selector: str, name: str, width: int, height: int, *, named: bool) -> str:
    """Return what the first element of a selector shows, as SVG.

    ``named``: with the title of its document, on its ground. ``name`` begins the ids, so that two fit in one
    document.
    """
    function = f"(...parameters) => ({asset('trace.js')})({asset('picture.js')})(...parameters)"
    return compact(await call(page, function, selector, named, width, height), name)


def compact(drawn: str, name: str) -> str:
    """Return the same picture in fewer characters, its ids begun by ``name``."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 - written by our own script
    for node in root.iter():
        node.tag = node.tag.removeprefix(f"{{{SVG}}}")
        for key, value in node.items():
            if key == "id":
                node.set(key, name + value)
            elif value.startswith("url(#"):
                node.set(key, value.replace("url(#", f"url(#{name}"))
    _merge_words(root)
    _group(root)
    root.set("xmlns", SVG)
    root.set("font-family", FAMILY)
    return ElementTree.tostring(root, encoding="unicode")


def _merge_words(root: Element) -> None:
    """Take texts of one run out of their tspan; their words keep every space."""
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
        for node in run:
            for key, _ in look:
                del node.attrib[key]
            group.append(node)
        yield group


def _look(node: Element) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in node.items() if INHERITED.match(key))
