"""Where a document will stand, and the addresses by which it refers to others."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from components.figures.registry import FIGURES
from components.text.strings import LANGS, Lang
from components.view import View


def public_address() -> str:
    """The address of this server as its operator names it, without a slash at its end; empty if unnamed.

    Raises
    ------
    ValueError
        Where ``ALMATY2050_ADDRESS`` has no scheme.
    """
    return with_scheme("ALMATY2050_ADDRESS", os.environ.get("ALMATY2050_ADDRESS", ""))


def with_scheme(name: str, given: str) -> str:
    """An address as an operator gives it, without a slash at its end; empty if none is given.

    Raises
    ------
    ValueError
        Where it has no scheme: a browser would take it for a path of ours.
    """
    if given and not given.startswith(("https://", "http://")):
        raise ValueError(f'{name} "{given}" does not start with https:// or http://')
    return given.rstrip("/")


def page_path(name: str, view: View) -> str:
    """The path of a figure's plain page on a server."""
    return f"/f/{name}?{view.query_string()}"


@dataclass(frozen=True)
class UrlBuilder:
    """Where a document will stand: how it refers to the app, to scripts and to its plain page.

    ``app`` is the address in front of the app's pages, empty where there is none; ``script`` and ``page``
    give the address of a script of ``assets/`` and of a figure's plain page.

    Of a document that stands as a file among others, whose references are relative: ``here`` is its own
    address, ``file`` gives the address of a figure's file with an ending, ``home`` is where its last line
    leads without an app, ``langs`` and ``endings`` are what stands beside it.
    """

    app: str
    script: Callable[[str], str]
    page: Callable[[str, View], str] = page_path
    here: str = ""
    file: Callable[[str, View, str], str] | None = None
    home: str = ""
    langs: Sequence[Lang] = LANGS
    endings: Sequence[str] | None = None

    def address(self, name: str, view: View) -> str:
        """The full address of a figure's plain page, as far as it is known."""
        page = self.page(name, view)
        return urljoin(self.here, page) if self.here else self.app + page

    def link(self, name: str, view: View) -> str:
        """What leads from here to a figure's plain page."""
        return self.page(name, view) if self.here else self.address(name, view)

    def embed(self, name: str, view: View, **options: str) -> str:
        """The address of a figure's embed on a server."""
        return f"{self.app}/embed/{name}?{view.query_string(**options)}"

    def download(self, name: str, view: View, ending: str, **options: str) -> str:
        """What leads from here to a figure's file."""
        if self.file:
            return self.file(name, view, ending)
        return f"{self.app}/figures/{name}.{ending}?{view.query_string(**options)}"

    def download_address(self, name: str, view: View, ending: str, **options: str) -> str:
        """The full address of a figure's file, as far as it is known."""
        return urljoin(self.here, self.download(name, view, ending, **options))

    def back(self, name: str, view: View) -> str:
        """Where the last line of a document leads; empty for nowhere."""
        return f"{self.app}/{FIGURES[name].page}?{view.query_string()}" if self.app else self.home
