"""Which pages, views of pages and figures there are, for the tests that look at all of them."""

import ast
from functools import cache
from pathlib import Path
from typing import get_args

from components.arguments import Tab
from components.figure import Figure
from components.figures.registry import FIGURES, draw
from components.refusal import RequestError
from components.text.strings import Lang
from components.view import View
from data.dataset import load

ROOT = Path(__file__).parents[1]


def declared_pages() -> dict[str, str]:
    """Name of each page that ``app.py`` declares → its path in the address, in the order of the menu."""
    assignments = (
        node
        for node in ast.parse((ROOT / "app.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES"
    )
    names = ast.literal_eval(next(assignments).value)
    return {name: "" if name == names[0] else name for name in names}


PAGES = declared_pages()
TABS = {f"map, {tab}": f"map?tab={tab}" for tab in get_args(Tab)[1:]}
"""The further views of the Map page."""
VIEWS = PAGES | TABS
"""Name → path, of every page and every further view of it."""


def address(path: str, lang: str) -> str:
    """The address of a page in a language."""
    return f"/{path}{'&' if '?' in path else '?'}lang={lang}"


@cache
def example(name: str) -> View:
    """A view that a figure can show: of the first indicator, or of the first that it has a figure of."""
    dataset = load()
    for indicator in (View().indicator, *dataset.indicators):
        view = View(indicator=indicator)
        try:
            draw(name, view, dataset)
        except RequestError:
            continue
        return view
    raise AssertionError(f"{name} shows no indicator")


@cache
def drawn(name: str, lang: Lang) -> Figure:
    """A figure of the registry in a language, of its example."""
    return draw(name, View(lang=lang, indicator=example(name).indicator), load())


__all__ = ["FIGURES", "PAGES", "TABS", "VIEWS", "address", "drawn", "example"]
