"""Paths of a published site: no query strings, so that any web server can serve them.

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
    """Contents of a site: its own address and that of the app (empty: unnamed), languages, figures."""

    address: str = ""
    app: str = ""
    langs: tuple[Lang, ...] = LANGS
    figures: tuple[str, ...] = tuple(FIGURES)
    indicators: tuple[str, ...] = ()

    def full(self, path: str) -> str:
        """Return the address of a path of the site; the path alone where the site's address is unnamed."""
        return f"{self.address}/{path}" if self.address else path


def views(options: SiteOptions, dataset: Dataset) -> Iterator[tuple[str, View]]:
    """Yield each figure's name with each of its views, in the order of a reader."""
    for lang in options.langs:
        for name in options.figures:
            if name == "district":
                every = [View(lang=lang, district=(district,)) for district in DISTRICTS]
            elif "indicator" in FIGURES[name].fields:
                keys = FIGURES[name].can_show(dataset)
                chosen = [key for key in options.indicators or dataset.indicators if key in keys]
                every = [View(lang=lang, indicator=key) for key in chosen]
            else:
                every = [View(lang=lang)]
            yield from ((name, view) for view in every)


def stem(name: str, view: View) -> str:
    """Return what the paths of one figure share, such as ``map/avg_wage/kk``."""
    parts = [name]
    if name == "district":
        parts += view.district
    elif "indicator" in FIGURES[name].fields:
        parts.append(view.indicator)
    return "/".join([*parts, view.lang])


def page(name: str, view: View) -> str:
    """Return the path of the plain page of a figure."""
    return f"f/{stem(name, view)}.html"


def embed(name: str, view: View) -> str:
    """Return the path of the document of a figure that is framed by others."""
    return f"embed/{stem(name, view)}.html"


def file(name: str, view: View, ending: str) -> str:
    """Return the path of a figure as a file."""
    return f"figures/{stem(name, view)}.{ending}"


def index(lang: Lang) -> str:
    """Return the path of the list of all figures in a language."""
    return f"{lang}/index.html"


def urls(path: str, lang: Lang, options: SiteOptions, endings: Sequence[str] = FILES) -> UrlBuilder:
    """Return the relative addresses of a document at a path, so that the site may stand in any folder."""
    up = "../" * path.count("/")
    return UrlBuilder(
        options.app,
        lambda script: up + bundles.path(script),
        lambda name, view: up + page(name, view),
        here=options.full(path),
        file=lambda name, view, ending: up + file(name, view, ending),
        home=up + index(lang),
        langs=options.langs,
        endings=endings,
    )
