"""Every figure as files for any web server: made once, kept while nothing it shows changes."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import plotly.graph_objects as go

from components import bundles, refusal
from components.export import figure_output
from components.export.documents import figure_document
from components.export.files import compression
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
"""Endings of what also stands compressed beside itself."""
AT_ONCE = 3
"""Figures in the making: two in the browser, one on its way there."""
NOT_PRINTED = "charts and images are left out: {why}"

Progress = Callable[[int, int], object]
"""Told how many figures are done, of how many."""


@dataclass
class Report:
    """What happened: figures drawn and kept, files and bytes served, what is withheld and what went wrong."""

    drawn: int = 0
    kept: int = 0
    files: int = 0
    size: int = 0
    withheld: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def publish(link: Path, dataset: Dataset, wanted: SiteOptions, progress: Progress = max) -> Report:
    """Bring a folder up to date with a dataset, in one step for whoever reads it.

    Raises
    ------
    versions.Foreign
        Where the folder holds something else.
    OSError
        Where it cannot be written.
    """
    with opened(link) as versions:
        before, browser, lacking = manifest.read(versions.current), "", ""
        try:
            browser = chromium.version()
        except chromium.NoChromium as error:
            lacking = str(error)
        everything, sizes = manifest.everything(dataset, wanted, browser), before.sizes()
        if (
            versions.current
            and before.everything == everything
            and manifest.is_complete(versions.current, sizes)
        ):
            withheld = list(before.withheld)
            return Report(0, len(before.figures), len(sizes), sum(sizes.values()), withheld)
        making = _Making(versions, dataset, wanted, browser, lacking, before)
        making.figures(progress)
        return making.finished(everything)


class _Making:
    """One version of a site while it is made."""

    def __init__(
        self,
        versions: SiteReleases,
        dataset: Dataset,
        wanted: SiteOptions,
        browser: str,
        lacking: str,
        before: Manifest,
    ) -> None:
        self._versions, self._dataset, self._wanted = versions, dataset, wanted
        self._browser, self._lacking, self._before = browser, lacking, before
        self._resumed = manifest.journal(versions.building)
        self._entries: dict[str, PublishedFigure] = {}
        self._report = Report()
        self._lock = threading.Lock()

    def figures(self, progress: Progress) -> None:
        """Make or keep every figure; interrupted, what is in the making is finished and noted."""
        views = list(paths.views(self._wanted, self._dataset))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for done, one in enumerate(as_completed(pool.submit(self._one, *each) for each in views), 1):
                    one.result()
                    progress(done, len(views))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _one(self, name: str, view: View) -> None:
        stem = paths.stem(name, view)
        try:
            figure = draw(name, view, self._dataset)
        except refusal.RequestError as refused:
            if refused.status == 403:
                with self._lock:
                    self._report.withheld.append(f"{stem}: {refused}")
            return  # else there is no such figure of this indicator
        content = manifest.content_of(figure, self._wanted)
        if found := self._kept(stem, content):
            with self._lock:
                self._report.kept += 1
                self._entries[stem] = found
            return
        made, problems = self._drawn(name, figure)
        sizes = self._written(made)
        with self._lock:
            self._report.drawn += 1
            self._report.problems += problems
            browser = "" if self._lacking or problems else self._browser
            self._entries[stem] = entry = PublishedFigure(figure.title, content, browser, sizes)
            if not problems:
                with (self._versions.building / manifest.JOURNAL).open("a", encoding="utf-8") as journal:
                    journal.write(manifest.journal_line(stem, entry))

    def _kept(self, stem: str, content: str) -> PublishedFigure | None:
        """A figure as it was made before, from the same content by the same browser."""
        for entries, folder in (
            (self._resumed, self._versions.building),
            (self._before.figures, self._versions.current),
        ):
            one = entries.get(stem)
            if one is None or folder is None or one.content != content:
                continue
            if self._browser in ("", one.browser) and manifest.is_complete(folder, one.files):
                if folder == self._versions.current:
                    self._versions.keep(one.files)
                return one
        return None

    def _drawn(self, name: str, figure: Figure) -> tuple[dict[str, bytes], list[str]]:
        """The files of one figure by path, and a sentence for each that could not be made."""
        view, lang = figure.view, figure.view.lang
        made: dict[str, bytes] = {}
        problems: list[str] = []

        def attempt(path: str, make: Callable[[], bytes | None]) -> None:
            try:
                content = make()
            except chromium.NoChromium as error:
                self._lacking, content = str(error), None
            except chromium.RenderingFailed as error:
                problems.append(f"{path}: {error}")
                return
            if content is not None:
                made[path] = content

        def file(ending: str) -> bytes | None:
            if self._lacking and ending in figure_output.IMAGES:
                return figure_document.bare_map(figure) if ending == "svg" else None
            place = paths.place(paths.page(name, view), lang, self._wanted, paths.FILES)
            size: Size = "card" if ending == "png" else "1x"
            return figure_output.file(figure, place, ending, size)[0]

        def document(path: str, *, embed: bool) -> bytes | None:
            if self._lacking and isinstance(figure.picture, go.Figure):
                return None
            endings = [one for one in paths.FILES if paths.file(name, view, one) in made]
            place = paths.place(path, lang, self._wanted, endings)
            if embed:
                return figure_output.embed(figure, place, still=False).content
            return figure_output.page(figure, place).content

        for ending in paths.FILES:
            attempt(paths.file(name, view, ending), partial(file, ending))
        page, frame = paths.page(name, view), paths.embed(name, view)
        attempt(page, lambda: document(page, embed=False))
        attempt(frame, lambda: document(frame, embed=True))
        return made, problems

    def _written(self, made: Mapping[str, bytes]) -> dict[str, int]:
        """Sizes of files that were written, each text beside itself in two codings."""
        sizes = {}
        for path, content in made.items():
            sizes[path] = self._versions.put(path, content)
            for coding, ending in compression.ENDINGS.items() if path.endswith(TEXTS) else ():
                packed = compression.coded(content, coding)
                sizes[f"{path}.{ending}"] = self._versions.put(f"{path}.{ending}", packed)
        return sizes

    def finished(self, everything: str) -> Report:
        """Write what stands beside the figures and turn over to the new version."""
        report = self._report
        if self._lacking:
            report.problems.append(NOT_PRINTED.format(why=self._lacking))
        listed = [
            (name, view)
            for name, view in paths.views(self._wanted, self._dataset)
            if (one := self._entries.get(paths.stem(name, view))) and paths.page(name, view) in one.files
        ]
        beside = dict(index_pages.pages(listed, self._dataset, self._wanted))
        beside |= {bundles.path(name): content for name, content in bundles.scripts().items()}
        beside |= {f"data/{path}": content for path, content in datapackage.files(self._dataset).items()}
        report.withheld.sort()
        report.problems.sort()
        made = Manifest(
            "" if report.problems else everything,
            dict(sorted(self._entries.items())),
            self._written(beside),
            tuple(report.withheld),
        )
        content, sizes = manifest.as_bytes(made), made.sizes()
        self._versions.put(manifest.NAME, content)
        report.files, report.size = len(sizes), sum(sizes.values())
        self._versions.serve({**sizes, manifest.NAME: len(content)}, hashlib.sha256(content).hexdigest())
        return report
