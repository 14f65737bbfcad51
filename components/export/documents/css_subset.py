"""The styles that a document needs and no others, so that it fits into one small response."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

import tinycss2
from tinycss2.ast import Node

from components import bundles

ALWAYS = frozenset(
    {"hover", "pinned", "moving", "missing", "few", "plain", "district", "value", "absent", "on-dark"}
)
"""Classes that a script gives, or that another period of the same figure has."""


class Rule(NamedTuple):
    """A rule of a sheet: its prelude, the classes of each of its selectors, its body or the rules in it."""

    prelude: str
    selectors: tuple[frozenset[str], ...]
    body: str
    rules: tuple["Rule", ...] = ()


def subset_css(sheets: Sequence[str], root: Element) -> str:
    """Return the rules of some sheets of ``assets/`` whose classes occur in a tree, without comments."""
    used = {name for node in root.iter() for name in (node.get("class") or "").split()} | ALWAYS
    return "".join(_kept(rule, used) for sheet in sheets for rule in _sheet(sheet))


@cache
def _sheet(name: str) -> tuple[Rule, ...]:
    return _rules(tinycss2.parse_component_value_list(bundles.asset(name), skip_comments=True))


def _rules(tokens: Sequence[Node]) -> tuple[Rule, ...]:
    rules = []
    for rule in tinycss2.parse_rule_list(tokens, skip_whitespace=True):
        prelude, body = _compact(rule.prelude), _compact(rule.content)
        if rule.type == "at-rule":
            conditional = rule.at_keyword in ("container", "media")
            inner = _rules(rule.content) if conditional else ()
            rules.append(Rule(f"@{rule.at_keyword} {prelude}".rstrip(), (), body, inner))
        else:
            rules.append(Rule(prelude, tuple(_selectors(rule.prelude)), body))
    return tuple(rules)


def _selectors(tokens: Sequence[Node]) -> list[frozenset[str]]:
    """Return the classes of each selector of a list, without those within ``:not()`` and its like."""
    selectors: list[set[str]] = [set()]
    for node, following in pairwise([*tokens, None]):
        if node == ",":
            selectors.append(set())
        elif node == ".":
            selectors[-1].add(following.value)
    return [frozenset(classes) for classes in selectors]


def _compact(tokens: Sequence[Node]) -> str:
    return " ".join(tinycss2.serialize(tokens).split())


def _kept(rule: Rule, used: set[str]) -> str:
    if rule.rules:
        inner = "".join(_kept(nested, used) for nested in rule.rules)
        return f"{rule.prelude}{{{inner}}}" if inner else ""
    if not rule.selectors or any(classes <= used for classes in rule.selectors):
        return f"{rule.prelude}{{{rule.body}}}"
    return ""
