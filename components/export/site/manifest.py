"""What a published site holds and what it was made from, so that nothing is made twice."""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

import plotly.graph_objects as go

from components.export.documents import figure_document, figure_page
from components.export.files import figure_tables
from components.export.rendering.plotly_svg import ChartDrawing
from components.export.site import paths
from components.export.site.paths import SiteOptions
from components.figure import Figure
from components.figures.drawing.markup import markup
from data.dataset import CHECKED_ON, Dataset

NAME = ".published.json"
JOURNAL = ".journal"
ROOT = Path(__file__).parents[3]
DRAWERS = ("components/bundles.py", "components/export", "components/assets", ".streamlit/config.toml")
"""What makes files of a figure; a change there makes every file anew."""
AUTHORS = ("components", "data", "geo", ".streamlit/config.toml")
"""What a figure is made by; without a change there, and in the data, no figure has to be looked at."""
STRANGERS = (
    "components/web",
    "components/controls",
    "components/cli",
    "data/tables",
)
"""Below the authors, but without a part in any figure; tables count as what was read from them."""
LIBRARIES = ("plotly", "pandas", "numpy", "geopandas", "shapely", "babel", "brotli")


@dataclass(frozen=True)
class PublishedFigure:
    """One figure that was made: its title, what it was made from, and its files with their sizes.

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
        """Every file with its size."""
        return {path: size for one in self.figures.values() for path, size in one.files.items()} | dict(
            self.beside
        )


def read(site: Path | None) -> Manifest:
    """The manifest of a site; an empty one where there is none that can be read."""
    try:
        found = json.loads((site / NAME).read_text(encoding="utf-8")) if site else {}
        figures = {stem: PublishedFigure(**one) for stem, one in found.get("figures", {}).items()}
        return Manifest(
            found.get("everything", ""), figures, found.get("beside", {}), tuple(found.get("withheld", ()))
        )
    except (OSError, ValueError, TypeError):
        return Manifest()


def as_bytes(manifest: Manifest) -> bytes:
    """A manifest as it is kept, the same however long its making took."""
    return json.dumps(asdict(manifest), ensure_ascii=False, sort_keys=True, indent=0).encode()


def journal(site: Path) -> dict[str, PublishedFigure]:
    """The figures that were finished in a site whose making was interrupted; its last line may be torn."""
    found = {}
    try:
        lines = (site / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    for line in lines:
        try:
            stem, entry = json.loads(line)
            found[stem] = PublishedFigure(**entry)
        except (ValueError, TypeError):
            continue
    return found


def journal_line(stem: str, entry: PublishedFigure) -> str:
    """What is noted of a finished figure; begins a line of its own after a torn one."""
    return "\n" + json.dumps([stem, asdict(entry)], ensure_ascii=False)


def is_complete(site: Path, sizes: Mapping[str, int]) -> bool:
    """Whether every file is there in its size."""
    try:
        return all((site / path).stat().st_size == size for path, size in sizes.items())
    except OSError:
        return False


def content_of(figure: Figure, wanted: SiteOptions) -> str:
    """A hash of all that the files of a figure show: its documents without a chart's picture, and that."""
    chart = isinstance(figure.picture, go.Figure)
    shown = figure.picture.to_json() if isinstance(figure.picture, go.Figure) else markup(figure.picture)
    document, page = paths.embed(figure.id, figure.view), paths.page(figure.id, figure.view)
    lang = figure.view.lang
    at = paths.place(page, lang, wanted, paths.FILES)
    pictures: str | dict[str, ChartDrawing] = "" if chart else {}
    parts = (
        _drawers().encode(),
        shown.encode(),
        figure_document.embed(
            figure, paths.place(document, lang, wanted, paths.FILES), pictures, still=False
        ),
        figure_page.plain(figure, at, pictures),
        figure_tables.csv(figure, at.address(figure.id, figure.view)),
        figure_tables.record(figure, at.address(figure.id, figure.view)),
    )
    return _hash(parts)


def everything(dataset: Dataset, wanted: SiteOptions, browser: str) -> str:
    """A hash of all that a site is made from; what it is equal for need not be looked at."""
    tables = (f"{key} {table.to_csv()}".encode() for key, table in dataset.observations.items())
    said = (dataset.indicators, dataset.sources, dataset.targets, wanted, browser, CHECKED_ON, sys.version)
    return _hash([*tables, repr(said).encode(), *_versions(), *_sources(AUTHORS)])


@cache
def _drawers() -> str:
    return _hash([*_versions(), *_sources(DRAWERS)])


def _versions() -> Iterator[bytes]:
    return (f"{one} {version(one)}".encode() for one in LIBRARIES)


def _sources(below: tuple[str, ...]) -> Iterator[bytes]:
    """Name and content of each source file, in a fixed order."""
    for top in below:
        root = ROOT / top
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.startswith(STRANGERS):
                yield name.encode()
                yield path.read_bytes()


def _hash(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()
