"""Where things stand in a published site: no query strings, so that any web server can serve them.

``f/map/avg_wage/kk.html`` is a plain page, ``embed/…`` the same as an embed, ``figures/….csv`` a file of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from components import bundles
from components.export.documents.urls import UrlBuilder
from components.figures.registry import FIGURES
from components.text.strings import LANGS, Lang
from components.view import View
from data.dataset import Dataset
from geo.districts import DISTRICTS

FILES = ("svg", "png", "csv", "json")
"""Endings of the files of a figure."""


@dataclass(frozen=True)
class SiteOptions:
    """What a site holds: its own address and that of the app (empty: not known), languages, figures."""

    address: str = ""
    app: str = ""
    langs: tuple[Lang, ...] = LANGS
    figures: tuple[str, ...] = tuple(FIGURES)
    indicators: tuple[str, ...] = ()


def views(wanted: SiteOptions, dataset: Dataset) -> Iterator[tuple[str, View]]:
    """Each figure's name with each of its views, in the order in which a reader would go through them."""
    for lang in wanted.langs:
        for name in wanted.figures:
            if name == "district":
                found = [View(lang=lang, district=(one,)) for one in DISTRICTS]
            elif "indicator" in FIGURES[name].fields:
                keys = FIGURES[name].can_show(dataset)
                found = [
                    View(lang=lang, indicator=key)
                    for key in wanted.indicators or dataset.indicators
                    if key in keys
                ]
            else:
                found = [View(lang=lang)]
            yield from ((name, view) for view in found)


def stem(name: str, view: View) -> str:
    """What the paths of one figure share, such as ``map/avg_wage/kk``."""
    parts = [name]
    if name == "district":
        parts += view.district
    elif "indicator" in FIGURES[name].fields:
        parts.append(view.indicator)
    return "/".join([*parts, view.lang])


def page(name: str, view: View) -> str:
    """The plain page of a figure."""
    return f"f/{stem(name, view)}.html"


def embed(name: str, view: View) -> str:
    """The document of a figure that is framed by others."""
    return f"embed/{stem(name, view)}.html"


def file(name: str, view: View, ending: str) -> str:
    """A figure as a file."""
    return f"figures/{stem(name, view)}.{ending}"


def index(lang: Lang) -> str:
    """The list of all figures in a language."""
    return f"{lang}/index.html"


def above(path: str) -> str:
    """What leads from a document to the top of its site."""
    return "../" * path.count("/")


def full(wanted: SiteOptions, path: str) -> str:
    """The address of something in a site; its path alone where the site's address is not known."""
    return f"{wanted.address}/{path}" if wanted.address else path


def place(path: str, lang: Lang, wanted: SiteOptions, endings: Sequence[str]) -> UrlBuilder:
    """How a document at a path refers to others: relative, so that the site may stand in any folder."""
    up = above(path)
    return UrlBuilder(
        wanted.app,
        lambda script: up + bundles.path(script),
        lambda name, view: up + page(name, view),
        here=full(wanted, path),
        file=lambda name, view, ending: up + file(name, view, ending),
        home=up + index(lang),
        langs=wanted.langs,
        endings=endings,
    )
