"""HTML and SVG as element trees, so that every text and attribute is escaped by the library."""

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Child = Element | str | None


def element(tag: str, *children: Child | Iterable[Child], **attributes: object) -> Element:
    """Return an element. ``class_`` and ``for_`` lose their underscore, other underscores become hyphens.

    An attribute that is None or False is left out, True is written as its own name.
    """
    new = Element(tag)
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        new.set(key, key if value is True else str(value))
    append(new, *children)
    return new


def append(parent: Element, *children: Child | Iterable[Child]) -> None:
    """Add children to an element: elements, texts, or iterables of both; None is skipped."""
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + child
            else:
                parent.text = (parent.text or "") + child
        elif isinstance(child, Element):
            parent.append(child)
        else:
            append(parent, *child)


def between(children: Iterable[Child], separator: str) -> list[Child]:
    """Return children with a separator between them."""
    parts: list[Child] = []
    for child in children:
        parts += [separator, child] if parts else [child]
    return parts


def markup(root: Element) -> str:
    """Return an element as HTML text."""
    return ElementTree.tostring(root, encoding="unicode", method="html")
