"""Contents of a published site and what it was made from, so that nothing is made twice."""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

import plotly.graph_objects as go

from components.bundles import ROOT
from components.export.documents.figure_document import FigureDocument
from components.export.documents.figure_page import figure_page
from components.export.files import figure_tables
from components.export.site import paths
from components.export.site.paths import SiteOptions
from components.figure import Figure
from components.figures.drawing.markup import markup
from data.dataset import CHECKED_ON, Dataset

NAME = ".published.json"
JOURNAL = ".journal"
DRAWERS = ("components/bundles.py", "components/export", "components/assets", ".streamlit/config.toml")
"""Sources that make files of a figure; a change there makes every file anew."""
AUTHORS = ("components", "data", "geo", ".streamlit/config.toml")
"""Sources that make a figure; without a change there, and in the data, no figure has to be looked at."""
STRANGERS = ("components/web", "components/controls", "components/cli", "data/tables")
"""Sources below the authors without a part in any figure; tables count as what was read from them."""
LIBRARIES = ("plotly", "pandas", "numpy", "geopandas", "shapely", "babel", "brotli", "tinycss2")


@dataclass(frozen=True)
class PublishedFigure:
    """A figure that was made: its title, a hash of what it was made from, its files with their sizes.

    ``browser`` is the version of the Chromium that drew all of it, empty where it lacks something: the next
    one makes it anew.
    """

    title: str
    content: str
    browser: str
    files: Mapping[str, int]


@dataclass(frozen=True)
class Manifest:
    """All of a site; ``everything`` is a hash of all it was made from, empty while something is lacking."""

    everything: str = ""
    figures: Mapping[str, PublishedFigure] = field(default_factory=dict)
    beside: Mapping[str, int] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()

    def sizes(self) -> dict[str, int]:
        """Return every file with its size."""
        sizes = {path: size for figure in self.figures.values() for path, size in figure.files.items()}
        return {**sizes, **self.beside}


def read(site: Path | None) -> Manifest:
    """Return the manifest of a site; an empty one where there is none that can be read."""
    try:
        body = json.loads((site / NAME).read_text(encoding="utf-8")) if site else {}
        figures = {stem: PublishedFigure(**entry) for stem, entry in body.get("figures", {}).items()}
        withheld = tuple(body.get("withheld", ()))
        return Manifest(body.get("everything", ""), figures, body.get("beside", {}), withheld)
    except (OSError, ValueError, TypeError):
        return Manifest()


def as_bytes(manifest: Manifest) -> bytes:
    """Return a manifest as it is kept, the same however long its making took."""
    return json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=0).encode()


def journal(site: Path) -> dict[str, PublishedFigure]:
    """Return the figures finished in a site of which the making was interrupted; a torn line is left out."""
    entries = {}
    try:
        lines = (site / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    for line in lines:
        try:
            stem, entry = json.loads(line)
            entries[stem] = PublishedFigure(**entry)
        except (ValueError, TypeError):
            continue
    return entries


def journal_line(stem: str, entry: PublishedFigure) -> str:
    """Return the note of a finished figure; begins a line of its own after a torn one."""
    return "\n" + json.dumps([stem, asdict(entry)], ensure_ascii=False)


def is_complete(site: Path, sizes: Mapping[str, int]) -> bool:
    """Return whether every file is there in its size."""
    try:
        return all((site / path).stat().st_size == size for path, size in sizes.items())
    except OSError:
        return False


def content_of(figure: Figure, options: SiteOptions) -> str:
    """Return a hash of all that the files of a figure show: its picture, its documents, its tables."""
    chart, lang = isinstance(figure.picture, go.Figure), figure.view.lang
    picture = figure.picture.to_json() if isinstance(figure.picture, go.Figure) else markup(figure.picture)
    # A chart's drawing follows from its picture and the browser: its documents are compared without it.
    embed, page = (
        FigureDocument(figure, paths.urls(path, lang, options), "" if chart else {})
        for path in (paths.embed(figure.id, figure.view), paths.page(figure.id, figure.view))
    )
    address = page.urls.address(figure.id, figure.view)
    parts = (
        _drawers().encode(),
        picture.encode(),
        embed.embed(still=False),
        figure_page(page),
        figure_tables.csv(figure, address),
        figure_tables.record(figure, address),
    )
    return _hash(parts)


def everything(dataset: Dataset, options: SiteOptions, browser: str) -> str:
    """Return a hash of all that a site is made from; what it is equal for need not be looked at."""
    tables = (f"{key} {table.to_csv()}".encode() for key, table in dataset.observations.items())
    declared = (dataset.indicators, dataset.sources, dataset.targets, CHECKED_ON)
    settings = repr((declared, options, browser, sys.version)).encode()
    return _hash([*tables, settings, *_versions(), *_sources(AUTHORS)])


@cache
def _drawers() -> str:
    return _hash([*_versions(), *_sources(DRAWERS)])


def _versions() -> Iterator[bytes]:
    return (f"{library} {version(library)}".encode() for library in LIBRARIES)


def _sources(below: tuple[str, ...]) -> Iterator[bytes]:
    """Yield name and content of each source file, in a fixed order."""
    for top in below:
        root = ROOT / top
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.startswith(STRANGERS):
                yield name.encode()
                yield path.read_bytes()


def _hash(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
