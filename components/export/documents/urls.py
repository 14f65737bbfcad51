"""Addresses by which a document refers to others, depending on where it will stand."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from components.figures.registry import FIGURES
from components.text.strings import LANGS, Lang
from components.view import View


def public_address() -> str:
    """Return the address of this server as its operator names it, without a final slash; empty if unnamed.

    Raises
    ------
    ValueError
        Where ``ALMATY2050_ADDRESS`` has no scheme.
    """
    return with_scheme("ALMATY2050_ADDRESS", os.environ.get("ALMATY2050_ADDRESS", ""))


def with_scheme(name: str, address: str) -> str:
    """Return an operator's address without a final slash; empty stays empty.

    Raises
    ------
    ValueError
        Where it has no scheme: a browser would take it for a path of ours.
    """
    if address and not address.startswith(("https://", "http://")):
        raise ValueError(f'{name} "{address}" does not start with https:// or http://')
    return address.rstrip("/")


def page_path(name: str, view: View) -> str:
    """Return the path of a figure's plain page on a server."""
    return f"/f/{name}?{view.query_string()}"


@dataclass(frozen=True)
class UrlBuilder:
    """Addresses of the app, of scripts, pages and files, as a document refers to them.

    ``app`` is the address in front of the app's pages, empty where there is none; ``script`` and ``page``
    return the address of a script of ``assets/`` and of a figure's plain page.

    The rest is for a document that stands as a file among others and refers to them by relative addresses:
    ``here`` is its own address, ``file`` returns the address of a figure's file with an ending, ``home`` is
    where its last line leads without an app, ``langs`` and ``endings`` are what stands beside it.
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
        """Return the full address of a figure's plain page, as far as the site's address is known."""
        page = self.page(name, view)
        return urljoin(self.here, page) if self.here else self.app + page

    def link(self, name: str, view: View) -> str:
        """Return the reference from here to a figure's plain page."""
        return self.page(name, view) if self.here else self.address(name, view)

    def embed(self, name: str, view: View, **options: str) -> str:
        """Return the address of a figure's embed on a server."""
        return f"{self.app}/embed/{name}?{view.query_string(**options)}"

    def download(self, name: str, view: View, ending: str, **options: str) -> str:
        """Return the reference from here to a figure's file."""
        if self.file:
            return self.file(name, view, ending)
        return f"{self.app}/figures/{name}.{ending}?{view.query_string(**options)}"

    def download_address(self, name: str, view: View, ending: str, **options: str) -> str:
        """Return the full address of a figure's file, as far as the site's address is known."""
        return urljoin(self.here, self.download(name, view, ending, **options))

    def back(self, name: str, view: View) -> str:
        """Return where the last line of a document leads; empty for nowhere."""
        return f"{self.app}/{FIGURES[name].page}?{view.query_string()}" if self.app else self.home
