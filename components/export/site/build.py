"""Every figure as files for any web server: made once, kept while nothing it shows changes."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import plotly.graph_objects as go

from components import bundles, refusal
from components.export import figure_output
from components.export.documents.figure_document import bare_map
from components.export.documents.urls import UrlBuilder
from components.export.files import compression
from components.export.files.file_formats import FORMATS
from components.export.rendering import chromium
from components.export.rendering.page_images import Size
from components.export.site import index_pages, manifest, paths
from components.export.site.manifest import Manifest, PublishedFigure
from components.export.site.paths import SiteOptions
from components.export.site.releases import SiteReleases, opened
from components.figure import Figure
from components.figures.registry import draw
from components.view import View
from data import datapackage
from data.dataset import Dataset

TEXTS = (".html", ".svg", ".csv", ".json", ".js", ".xml", ".txt")
"""Endings of files that also stand compressed beside themselves."""
THREADS = 3
"""Figures in the making: two in the browser, one on its way there."""
NOT_PRINTED = "charts and images are left out: {why}"

Progress = Callable[[int, int], object]
"""Receiver of the number of figures that are done, and of all."""


@dataclass
class Report:
    """Result of a run: figures drawn and kept, files and bytes served, what is withheld and what failed."""

    drawn: int = 0
    kept: int = 0
    files: int = 0
    size: int = 0
    withheld: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def publish(link: Path, dataset: Dataset, options: SiteOptions, progress: Progress | None = None) -> Report:
    """Bring a folder up to date with a dataset, in one step for whoever reads it.

    Raises
    ------
    releases.ForeignFolder
        Where the folder holds something else.
    OSError
        Where it cannot be written.
    """
    with opened(link) as releases:
        before, browser, lacking = manifest.read(releases.current), "", ""
        try:
            browser = chromium.version()
        except chromium.NoChromium as error:
            lacking = str(error)
        everything, sizes = manifest.everything(dataset, options, browser), before.sizes()
        unchanged = before.everything == everything
        if releases.current and unchanged and manifest.is_complete(releases.current, sizes):
            withheld = list(before.withheld)
            return Report(0, len(before.figures), len(sizes), sum(sizes.values()), withheld)
        site = _Site(releases, dataset, options, browser, lacking, before)
        site.make_figures(progress)
        return site.finish(everything)


class _Site:
    """One release of a site while it is made."""

    def __init__(
        self,
        releases: SiteReleases,
        dataset: Dataset,
        options: SiteOptions,
        browser: str,
        lacking: str,
        before: Manifest,
    ) -> None:
        self._releases, self._dataset, self._options = releases, dataset, options
        self._browser, self._lacking, self._before = browser, lacking, before
        self._resumed = manifest.journal(releases.building)
        self._entries: dict[str, PublishedFigure] = {}
        self._report = Report()
        self._lock = threading.Lock()

    def make_figures(self, progress: Progress | None) -> None:
        """Make or keep every figure; interrupted, what is in the making is finished and noted."""
        views = list(paths.views(self._options, self._dataset))
        with ThreadPoolExecutor(THREADS) as pool:
            try:
                figures = [pool.submit(self._make_or_keep, name, view) for name, view in views]
                for done, figure in enumerate(as_completed(figures), 1):
                    figure.result()
                    if progress:
                        progress(done, len(views))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _make_or_keep(self, name: str, view: View) -> None:
        stem = paths.stem(name, view)
        try:
            figure = draw(name, view, self._dataset)
        except refusal.RequestError as refused:
            if refused.status == 403:
                with self._lock:
                    self._report.withheld.append(f"{stem}: {refused}")
            return  # else there is no such figure of this indicator
        content = manifest.content_of(figure, self._options)
        if entry := self._kept(stem, content):
            with self._lock:
                self._report.kept += 1
                self._entries[stem] = entry
            return
        output = _FigureFiles(figure, self._options, self._lacking)
        output.make()
        sizes = self._write(output.files)
        with self._lock:
            self._lacking = self._lacking or output.lacking
            self._report.drawn += 1
            self._report.problems += output.problems
            browser = "" if self._lacking or output.problems else self._browser
            self._entries[stem] = entry = PublishedFigure(figure.title, content, browser, sizes)
            if not output.problems:
                with (self._releases.building / manifest.JOURNAL).open("a", encoding="utf-8") as journal:
                    journal.write(manifest.journal_line(stem, entry))

    def _kept(self, stem: str, content: str) -> PublishedFigure | None:
        """Return a figure as it was made before, from the same content by the same browser."""
        for entries, folder in (
            (self._resumed, self._releases.building),
            (self._before.figures, self._releases.current),
        ):
            entry = entries.get(stem)
            if entry is None or folder is None or entry.content != content:
                continue
            if self._browser in ("", entry.browser) and manifest.is_complete(folder, entry.files):
                if folder == self._releases.current:
                    self._releases.keep(entry.files)
                return entry
        return None

    def _write(self, files: Mapping[str, bytes]) -> dict[str, int]:
        """Write files, each text beside itself in two codings; return their sizes."""
        sizes = {}
        for path, content in files.items():
            sizes[path] = self._releases.put(path, content)
            for coding, ending in compression.ENDINGS.items() if path.endswith(TEXTS) else ():
                packed = compression.coded(content, coding)
                sizes[f"{path}.{ending}"] = self._releases.put(f"{path}.{ending}", packed)
        return sizes

    def finish(self, everything: str) -> Report:
        """Write what stands beside the figures and turn over to the new release."""
        report = self._report
        if self._lacking:
            report.problems.append(NOT_PRINTED.format(why=self._lacking))
        listed = [
            (name, view)
            for name, view in paths.views(self._options, self._dataset)
            if (entry := self._entries.get(paths.stem(name, view))) and paths.page(name, view) in entry.files
        ]
        beside = dict(index_pages.pages(listed, self._dataset, self._options))
        beside |= {bundles.path(name): content for name, content in bundles.scripts().items()}
        beside |= {f"data/{path}": content for path, content in datapackage.files(self._dataset).items()}
        report.withheld.sort()
        report.problems.sort()
        site = Manifest(
            "" if report.problems else everything,
            dict(sorted(self._entries.items())),
            self._write(beside),
            tuple(report.withheld),
        )
        content, sizes = manifest.as_bytes(site), site.sizes()
        self._releases.put(manifest.NAME, content)
        report.files, report.size = len(sizes), sum(sizes.values())
        self._releases.serve({**sizes, manifest.NAME: len(content)}, hashlib.sha256(content).hexdigest())
        return report


class _FigureFiles:
    """The ``files`` of one figure by path, ``problems`` with others, why a browser is ``lacking``."""

    def __init__(self, figure: Figure, options: SiteOptions, lacking: str) -> None:
        self._figure, self._options = figure, options
        self.files: dict[str, bytes] = {}
        self.problems: list[str] = []
        self.lacking = lacking

    def make(self) -> None:
        """Make every file; the documents last, since they name the others."""
        name, view = self._figure.id, self._figure.view
        for ending in paths.FILES:
            self._attempt(paths.file(name, view, ending), partial(self._file, ending))
        for path, output in (
            (paths.page(name, view), figure_output.page),
            (paths.embed(name, view), partial(figure_output.embed, still=False)),
        ):
            self._attempt(path, partial(self._document, path, output))

    def _attempt(self, path: str, make: Callable[[], bytes | None]) -> None:
        try:
            content = make()
        except chromium.NoChromium as error:
            self.lacking = str(error)
        except chromium.RenderingFailed as error:
            self.problems.append(f"{path}: {error}")
        else:
            if content is not None:
                self.files[path] = content

    def _file(self, ending: str) -> bytes | None:
        if self.lacking and FORMATS[ending].content == "image":
            return bare_map(self._figure) if ending == "svg" else None
        urls = self._urls(paths.page(self._figure.id, self._figure.view), paths.FILES)
        size: Size = "card" if ending == "png" else "1x"
        return figure_output.file(self._figure, urls, ending, size)

    def _document(self, path: str, output: Callable[..., figure_output.Document]) -> bytes | None:
        if self.lacking and isinstance(self._figure.picture, go.Figure):
            return None
        view = self._figure.view
        endings = [e for e in paths.FILES if paths.file(self._figure.id, view, e) in self.files]
        return output(self._figure, self._urls(path, endings)).content

    def _urls(self, path: str, endings: Sequence[str]) -> UrlBuilder:
        return paths.urls(path, self._figure.view.lang, self._options, endings)
