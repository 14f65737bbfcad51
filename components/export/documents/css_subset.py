"""The styles that a document needs and no others, so that it fits into one small response."""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

from components.bundles import ASSETS

ALWAYS = frozenset(
    {"hover", "pinned", "moving", "missing", "few", "plain", "district", "value", "absent", "on-dark"}
)
"""Classes that a script gives, or that another period of the same figure has."""


def subset_css(sheets: tuple[str, ...], root: Element) -> str:
    """The rules of some sheets of ``assets/`` whose classes occur in a tree, without comments."""
    used = {name for one in root.iter() for name in (one.get("class") or "").split()} | ALWAYS
    return "".join(_kept(rule, used) for sheet in sheets for rule in _rules(sheet))


@cache
def _rules(sheet: str) -> tuple[tuple[str, str], ...]:
    text = re.sub(r"/\*.*?\*/", "", (ASSETS / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    return tuple(_split(text))


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Prelude and body of each rule of a sheet or of a conditional block."""
    while (opening := text.find("{")) >= 0:
        depth, at = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        yield " ".join(text[:opening].split()), " ".join(text[opening + 1 : at - 1].split())
        text = text[at:]


def _kept(rule: tuple[str, str], used: set[str]) -> str:
    prelude, body = rule
    if prelude.startswith(("@container", "@media")):
        inner = "".join(_kept(one, used) for one in _split(body))
        return f"{prelude}{{{inner}}}" if inner else ""
    wanted = re.sub(r":(?:not|is|where)\([^()]*\)", "", prelude).split(",")
    if any(set(re.findall(r"\.([\w-]+)", one)) <= used for one in wanted):
        return f"{prelude}{{{body}}}"
    return ""
