"""A published site: whole or not there, made once, the same bytes each time, every link leads somewhere."""

import gzip
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import brotli
import pytest

from components.cli.main import main
from components.export import figure_output
from components.export.rendering import chromium
from components.export.site import build, manifest, paths
from components.export.site.paths import SiteOptions
from components.export.site.releases import ForeignFolder
from components.figures.registry import FIGURES, draw
from components.refusal import RequestError
from components.view import View
from data.dataset import Dataset
from tests.browser import chromium as machine
from tests.export.serving import served

PROGRAM = Path(sys.executable).parent / "almaty2050"
ADDRESS = "https://figures.example.kz/almaty"
FEW = SiteOptions(ADDRESS, "", ("kk", "ru"), ("map", "trend", "matrix"), ("avg_wage", "births"))
FEWER = SiteOptions(ADDRESS, "", ("kk",), ("map", "trend"), ("avg_wage", "births"))
OF_FEW = 2 * (2 + 2 + 1)
MAPS = SiteOptions(ADDRESS, "https://app.example.kz", ("en",), ("map", "table"), ("avg_wage",))


def words(wanted: SiteOptions, folder: Path) -> list[str]:
    """The same site, asked for on the command line."""
    repeated = {"--lang": wanted.langs, "--figure": wanted.figures, "--indicator": wanted.indicators}
    options = [word for option, ids in repeated.items() for key in ids for word in (option, key)]
    return ["publish", str(folder), "--address", wanted.address, *options]


def contents(folder: Path) -> dict[str, bytes]:
    root = folder.resolve()
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


class Links(HTMLParser):
    """Every href and src of a document, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key in ("href", "src") and value is not None:
                self.found.append(value)
            if key == "content" and value and value.startswith(ADDRESS):
                self.found.append(value)
            if key == "id" and value:
                self.ids.add(value)


def broken(folder: Path) -> list[str]:
    """Links of a site that lead nowhere in it; those to others are let pass."""
    found = contents(folder)
    wrong = []
    for path, content in found.items():
        if not path.endswith(".html"):
            continue
        document = Links(content.decode())
        for link in document.found:
            url = urlsplit(urljoin(f"{ADDRESS}/{path}", link))
            if not url.geturl().startswith(ADDRESS + "/"):
                if not link.startswith(("https://", "http://")):
                    wrong.append(f"{path}: {link} leaves the folder")
                continue
            to = unquote(url.path).removeprefix(urlsplit(ADDRESS).path + "/")
            if to not in found or url.query or (url.fragment and url.fragment not in document.ids):
                wrong.append(f"{path}: {link}")
    return wrong


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> Path:
    """A small site with two languages, two indicators, three figures; not to be changed."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHROMIUM", machine.path())
        folder = tmp_path_factory.mktemp("served") / "site"
        report = build.publish(folder, dataset, FEW)
    assert (report.drawn, report.kept, report.problems, report.withheld) == (OF_FEW, 0, [], [])
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a file of each figure is made while a test runs."""
    counted: Counter[str] = Counter()

    def count(figure, *rest):
        counted[paths.stem(figure.id, figure.view)] += 1
        return file(figure, *rest)

    file = figure_output.file
    monkeypatch.setattr(figure_output, "file", count)
    return counted


def test_each_figure_has_its_pages_images_and_tables(published):
    found = contents(published)
    for lang in FEW.langs:
        for stem in ("map/avg_wage", "trend/births", "matrix"):
            for path in (f"f/{stem}/{lang}.html", f"embed/{stem}/{lang}.html"):
                assert f'lang="{lang}"' in found[path].decode()
                assert 'data-theme="auto"' in found[path].decode()
            for ending in paths.FILES:
                assert found[f"figures/{stem}/{lang}.{ending}"]
    card = found["figures/trend/births/ru.png"]
    assert (int.from_bytes(card[16:20]), int.from_bytes(card[20:24])) == (1200, 630)
    assert {"404.html", "robots.txt", "index.html", "kk/index.html", "data/datapackage.json"} <= set(found)
    assert all(re.fullmatch(r"[\w./-]+", path) for path in found)


def test_every_link_leads_to_a_file(published, tmp_path, dataset):
    assert broken(published) == []
    folder = tmp_path / "site"
    build.publish(folder, dataset, MAPS)
    assert broken(folder) == []
    assert b"https://app.example.kz/map?lang=en" in (folder / "embed/map/avg_wage/en.html").read_bytes()


def test_what_is_compressed_is_the_same_beside_every_text(published):
    found = contents(published)
    texts = [path for path in found if path.endswith(build.TEXTS) and path != manifest.NAME]
    assert len(texts) > OF_FEW * 5
    for path in texts:
        assert gzip.decompress(found[f"{path}.gz"]) == found[path]
        assert brotli.decompress(found[f"{path}.br"]) == found[path]
    assert not [path for path in found if path.endswith((".png.gz", ".part", manifest.JOURNAL))]


def test_the_sitemap_names_every_page(published):
    root = ElementTree.fromstring((published / "sitemap.xml").read_bytes())
    named = [one.text for one in root.iter(f"{{{build.index_pages.SITEMAP}}}loc")]
    pages = [path for path in contents(published) if re.fullmatch(r"(f/.*|\w\w/index)\.html", path)]
    assert sorted(named) == sorted(f"{ADDRESS}/{path}" for path in pages)
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in (published / "robots.txt").read_text()


def test_again_with_nothing_changed_nothing_is_drawn(published, dataset, made, monkeypatch):
    before = published.readlink()
    monkeypatch.setattr(build, "draw", None)  # not even looked at
    report = build.publish(published, dataset, FEW)
    assert (report.drawn, report.kept, made) == (0, OF_FEW, Counter())
    assert published.readlink() == before
    assert not published.with_name(f".{published.name}-building").exists()


def test_one_changed_value_draws_its_figures_anew_and_no_others(tmp_path, dataset, made):
    folder = tmp_path / "site"
    build.publish(folder, dataset, FEWER)
    old = folder.resolve()
    before = contents(old)
    made.clear()
    table = dataset.observations["births"].copy()
    last = table.index[(table["area"] == "medeu") & (table["period"] == "2024")][0]
    table.loc[last, "value"] += 1000
    changed = replace(dataset, observations={**dataset.observations, "births": table})
    report = build.publish(folder, changed, FEWER)
    assert set(made) == {"map/births/kk", "trend/births/kk"}
    assert (report.drawn, report.kept) == (2, 2)
    assert contents(old) == before, "what was served is written into"
    after = contents(folder)
    differs = {path for path in before if before[path] != after.get(path)}
    assert {path for path in differs if path.startswith(("f/", "embed/", "figures/"))} == {
        path for path in before if "/births/" in path
    }
    kept = Path("figures/map/avg_wage/kk.png")
    assert (folder / kept).samefile(old / kept)


def test_from_scratch_in_another_process_the_bytes_are_the_same(published, tmp_path):
    folder = tmp_path / "other"
    subprocess.run([PROGRAM, *words(FEW, folder)], check=True, capture_output=True)
    ours, theirs = contents(published), contents(folder)
    assert sorted(ours) == sorted(theirs)
    assert [path for path in ours if ours[path] != theirs[path]] == []


def test_killed_in_the_middle_the_old_site_is_whole_and_the_next_run_goes_on(tmp_path, dataset):
    folder = tmp_path / "site"
    build.publish(folder, dataset, MAPS)
    before = contents(folder)
    more = replace(FEW, indicators=("avg_wage", "births", "deaths"))
    building = tmp_path / ".site-building"
    process = subprocess.Popen(
        [PROGRAM, *words(more, folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while len(manifest.journal(building)) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    noted = manifest.journal(building)
    assert 3 <= len(noted) < 14
    assert contents(folder) == before
    with (building / manifest.JOURNAL).open("a") as torn:
        torn.write('\n["map/deaths/kk", {"title": "tor')
    report = build.publish(folder, dataset, more)
    assert (report.drawn, report.kept) == (14 - len(noted), len(noted))
    after = contents(folder)
    assert broken(folder) == []
    assert not [path for path in before if path not in after and (folder / path).exists()]
    assert not [path for path in after if "/en." in path or path.endswith(".part")], "old files are left"
    assert not building.exists()


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_a_folder_of_somebody_else_is_refused(kind, tmp_path, dataset, capsys):
    folder, other = tmp_path / "site", tmp_path / "mine"
    other.mkdir()
    (other / "thesis.txt").write_text("years of work")
    {
        "folder": lambda: other.rename(folder),
        "file": lambda: folder.write_text("x"),
        "link": lambda: folder.symlink_to(other),
    }[kind]()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ForeignFolder, match="name another folder"):
        build.publish(folder, dataset, MAPS)
    assert main(words(MAPS, folder)) == 1
    assert "name another folder" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_without_a_chromium_what_can_be_made_is_made(tmp_path, dataset, monkeypatch, capsys):
    there = machine.path()
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    folder = tmp_path / "site"
    assert main(words(FEWER, folder)) == 1
    assert "install Chromium" in capsys.readouterr().err
    found = contents(folder)
    assert {"f/map/births/kk.html", "embed/map/births/kk.html", "figures/map/births/kk.svg"} <= set(found)
    assert {"figures/trend/births/kk.csv", "figures/trend/births/kk.json"} <= set(found)
    assert not [
        path for path in found if path.endswith(".png") or path.startswith(("f/trend", "embed/trend"))
    ]
    assert broken(folder) == []
    monkeypatch.setenv("CHROMIUM", there)
    report = build.publish(folder, dataset, FEWER)
    assert (report.drawn, report.problems) == (4, [])
    assert "f/trend/births/kk.html" in contents(folder)


def test_what_was_not_rendered_is_made_anew_and_named_until_it_is(tmp_path, dataset, monkeypatch):
    def fails(figure, urls, ending, *size):
        if (figure.id, ending) == ("map", "png"):
            raise chromium.RenderingFailed("the page took too long")
        return file(figure, urls, ending, *size)

    folder, file = tmp_path / "site", figure_output.file
    with monkeypatch.context() as broken_browser:
        broken_browser.setattr(figure_output, "file", fails)
        for drawn_now in (2, 1):
            report = build.publish(folder, dataset, MAPS)
            assert report.problems == ["figures/map/avg_wage/en.png: the page took too long"]
            assert report.drawn == drawn_now
    report = build.publish(folder, dataset, MAPS)
    assert (report.drawn, report.kept, report.problems) == (1, 1, [])
    assert (folder / "figures/map/avg_wage/en.png").is_file()


def test_what_may_not_be_passed_on_is_left_out_and_listed(tmp_path, dataset, monkeypatch):
    def withheld(name, view, dataset):
        if name == "table":
            raise RequestError(403, "Not redistributable", "Bureau: no")
        return draw(name, view, dataset)

    monkeypatch.setattr(build, "draw", withheld)
    folder = tmp_path / "site"
    for _ in range(2):
        report = build.publish(folder, dataset, MAPS)
        assert report.withheld == ["table/avg_wage/en: Bureau: no"]
        assert report.problems == []
    assert not [path for path in contents(folder) if "/table/" in path]
    assert broken(folder) == []


def test_no_figure_is_published_twice(dataset):
    """A figure that cannot show an indicator shows another one; it would stand under both."""
    stems = [paths.stem(name, view) for name, view in paths.views(SiteOptions(langs=("ru",)), dataset)]
    assert len(stems) == len(set(stems))
    assert {stem.split("/")[0] for stem in stems} == set(FIGURES)
    assert "lorenz/sme_active/ru" in stems
    assert "lorenz/births/ru" not in stems
    assert sum(stem.startswith("district/") for stem in stems) == 8
    view = View(lang="kk", indicator="avg_wage")
    assert paths.page("map", view) == "f/map/avg_wage/kk.html"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--figure", "mop"], 'figure "mop" is unknown; the nearest are map, '),
        (["--indicator", "avg_wag"], 'indicator "avg_wag" is unknown; the nearest are avg_wage, '),
        (["--address", "example.kz"], '--address "example.kz" does not start with https://'),
    ],
)
def test_what_is_not_known_is_named_before_anything_is_made(given, said, tmp_path, capsys):
    assert main(["publish", str(tmp_path / "site"), *given]) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_plain_server_serves_an_embed_that_works_alone(published, browser):
    with served(published.parent) as base:  # from a subfolder, under its own name
        page = browser.new_page(viewport={"width": 700, "height": 700})
        asked, wrong = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
        page.route("**/*", lambda route: route.continue_() if base in route.request.url else route.abort())
        page.goto(f"{base}/site/embed/map/births/ru.html")
        page.locator("path.district").first.hover()
        assert page.locator(".tip").inner_text()
        slider, shown = page.locator(".time input"), page.locator(".time output")
        before = shown.inner_text()
        slider.focus()
        slider.press("ArrowLeft")
        page.wait_for_function(
            "before => document.querySelector('.time output').innerText !== before", arg=before
        )
        page.goto(f"{base}/site/ru/index.html")
        page.locator("a[href$='f/trend/births/ru.html']").click()
        assert page.locator("h1").inner_text()
        page.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(base)] == []
    assert len([url for url in asked if "/assets/" in url]) == 2
