"""Embeds in a real Chromium: in an article of another origin, on a server of files, without a script."""

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from components import bundles
from components.export import figure_output
from components.export.documents.embed_code import snippet
from components.export.documents.urls import UrlBuilder
from components.figures.registry import FIGURES, draw
from components.text.strings import LANGS
from components.view import View
from components.web import assets
from data.dataset import load
from tests.browser.axe import violations
from tests.components.visiting import ask, fresh
from tests.export.conftest import installed  # noqa: F401 - the browser that draws charts
from tests.export.serving import served

SIX = ("map", "trend", "ranking", "progress", "table", "polycentricity")
SHOWN = {"lorenz": "sme_active", "rank_size": "sme_active"}
WIDTHS = (320, 600, 1200)
OWN_HEIGHT = "() => Math.ceil(document.body.getBoundingClientRect().height)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Every figure in every language, saved with its scripts, on a plain server; ours is not running."""
    folder, app = tmp_path_factory.mktemp("site"), fresh()
    for name in FIGURES:
        for lang in LANGS:
            shown = f"&indicator={SHOWN[name]}" if name in SHOWN else ""
            answer = ask(f"/embed/{name}?lang={lang}{shown}", app)
            assert answer.status == 200
            (folder / f"{name}-{lang}.html").write_bytes(answer.body)
    for name in ("map", "trend", "table"):
        (folder / f"plain-{name}.html").write_bytes(ask(f"/f/{name}?lang=kk", app).body)
        for theme in ("light", "dark"):
            (folder / f"{name}-{theme}.html").write_bytes(
                ask(f"/embed/{name}?lang=ru&theme={theme}", app).body
            )
    for name, one in assets.assets().items():
        path = folder / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)
    with served(folder) as base:
        yield base, folder


@pytest.fixture
def opened(browser: Browser, site: tuple[str, Path]) -> Iterator[Callable[..., Page]]:
    """Pages of the plain server; whatever asks another host, or fails, is an error."""
    base, contexts, wrong = site[0], [], []

    def make(path: str, width: int = 600, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 700}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: None if one.url.startswith(base) else wrong.append(one.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda one: wrong.append(one.text) if one.type == "error" and "favicon" not in one.text else None,
        )
        page.goto(f"{base}/{path}.html")
        page.wait_for_load_state("networkidle")
        return page

    yield make
    for one in contexts:
        one.close()
    assert [one for one in wrong if "404" not in one] == []


@cache
def code(server: str, name: str, resizer: bool) -> str:
    place = UrlBuilder(server, bundles.address)
    figure = draw(name, View(lang="en"), load())
    measured = figure_output.measured(figure, place)
    return snippet(figure, place, measured, still=False, resizer=resizer)


def article(server: str, resizer: bool) -> str:
    figures = "\n".join(f"<p>{name}</p>{code(server, name, resizer)}" for name in SIX)
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Article</title>'
    return f'{head}<body style="margin:0">{figures}'


@pytest.fixture(scope="module")
def articles(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("articles")
    for resizer in (True, False):
        (folder / f"{resizer}.html").write_text(article(server, resizer), encoding="utf-8")
    (folder / "app.html").write_text(f'<iframe src="{server}/map"></iframe>', encoding="utf-8")
    with served(folder) as base:
        yield base


def framed(page: Page) -> list[dict[str, float]]:
    """Height of each frame and of what stands in it, once every frame is loaded."""
    found = []
    for frame in page.query_selector_all("iframe"):
        frame.scroll_into_view_if_needed()
        inner = frame.content_frame()
        inner.wait_for_selector("main#figure h1")
        inner.wait_for_load_state()
        page.wait_for_timeout(150)
        found.append({"frame": frame.bounding_box()["height"], "own": inner.evaluate(OWN_HEIGHT)})
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_an_article_of_another_origin_keeps_the_right_height(
    browser: Browser, articles: str, width: int
) -> None:
    for resizer in (True, False):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{articles}/{resizer}.html")
        sizes = framed(page)
        assert len(sizes) == len(SIX)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        for name, one in zip(SIX, sizes, strict=True):
            spare = one["frame"] - one["own"]
            assert 0 <= spare <= (1 if resizer else 80), (name, resizer, one)
        page.close()


def test_the_free_height_is_enough_at_every_width_and_little_more(
    browser: Browser, server: str, articles: str
) -> None:
    """The frame is as high as the expression says; the document in it is laid out as wide as the frame."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{articles}/False.html")
    framed(page)
    wrong = []
    for width in (
        300,
        320,
        345,
        375,
        414,
        430,
        431,
        480,
        540,
        620,
        660,
        661,
        700,
        768,
        820,
        900,
        1024,
        1180,
        1280,
        1400,
    ):
        page.set_viewport_size({"width": width, "height": 900})
        for _ in range(20):  # a busy machine lays six documents out a while later
            page.wait_for_timeout(200)
            misfits = []
            for name, frame in zip(SIX, page.query_selector_all("iframe"), strict=True):
                spare = frame.bounding_box()["height"] - frame.content_frame().evaluate(OWN_HEIGHT)
                if not 0 <= spare <= 80:
                    misfits.append((name, width, spare))
            if not misfits:
                break
        wrong += misfits
    page.close()
    assert wrong == []


def test_an_article_prints_with_all_its_figures(browser: Browser, articles: str) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 800})
    page.goto(f"{articles}/True.html")
    framed(page)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf()))
    words = re.sub(r"\s+", "", "".join(one.extract_text() for one in printed.pages))
    page.close()
    for name in SIX:
        title = draw(name, View(lang="en"), load()).title
        assert re.sub(r"\s+", "", title) in words, name


def test_the_app_itself_stands_in_no_frame_of_another_origin(
    browser: Browser, articles: str, server: str
) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda one: refused.append(one.text))
    page.goto(f"{articles}/app.html")
    page.wait_for_timeout(1000)
    assert any("frame-ancestors" in one for one in refused)
    page.close()


def test_no_figure_is_wider_than_its_window(opened: Callable[..., Page], site: tuple[str, Path]) -> None:
    wide = []
    page = opened("map-kk")
    for name in FIGURES:
        for lang in LANGS:
            page.goto(f"{site[0]}/{name}-{lang}.html")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 700})
                if page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                    wide.append((name, lang, width))
    assert wide == []


@pytest.mark.parametrize("name", ["map", "trend", "matrix", "compare"])
def test_without_a_script_it_is_still_the_figure(opened: Callable[..., Page], name: str) -> None:
    page = opened(f"{name}-kk", java_script_enabled=False)
    for selector in ("h1", ".sources", ".colophon", "details table" if name != "table" else "table"):
        assert page.locator(selector).count() == 1
    assert page.locator("h1").inner_text() == draw(name, View(lang="kk"), load()).title
    assert page.locator(".time-controls:visible").count() == 0
    if name in ("map", "trend"):
        shape = page.locator("main svg:visible").first.bounding_box()
        assert shape["width"] > 300


def words(page: Page) -> str:
    page.wait_for_function("() => !document.querySelector('.tip').hidden")
    return page.locator(".tip").inner_text()


def test_a_trend_tells_its_points_by_pointer_finger_and_keys(opened: Callable[..., Page]) -> None:
    page = opened("trend-en")
    first = page.locator(".chart svg:visible .points circle").first
    box = first.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    told = words(page)
    assert re.search(r"\d", told)
    page.mouse.move(2, 2)
    page.wait_for_function("() => document.querySelector('.tip').hidden")
    first.focus()
    assert words(page) == told
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(told) => document.querySelector('.tip').innerText !== told", arg=told)
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelector('.tip').hidden")
    phone = opened("trend-en", width=375, has_touch=True)
    box = phone.locator(".chart svg:visible .points circle").first.bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert words(phone) == told


def test_a_map_tells_its_districts_and_its_slider_paints_without_a_request(
    opened: Callable[..., Page],
) -> None:
    page = opened("map-en", width=900)
    page.locator("path[data-district=alatau]").focus()
    assert words(page).startswith("Alatau district: 70")
    page.keyboard.press("Escape")
    before, asked = page.locator("h1").inner_text(), []
    page.on("request", lambda one: asked.append(one.url))
    slider = page.locator(".time input")
    slider.scroll_into_view_if_needed()
    track = slider.bounding_box()
    page.mouse.move(track["x"] + track["width"] - 8, track["y"] + track["height"] / 2)
    page.mouse.down()
    seen = set()
    for step in range(10):
        page.mouse.move(track["x"] + (track["width"] - 8) * (1 - step / 9), track["y"] + track["height"] / 2)
        seen.add(page.locator("h1").inner_text())
    page.mouse.up()
    after = page.locator("h1").inner_text()
    assert before.endswith("2023")
    assert after.endswith("2017")
    assert len(seen) > 4
    page.wait_for_timeout(700)
    assert asked == []
    urls = {one.get_attribute("href") for one in page.query_selector_all(".sources a")}
    rows = load().observations["avg_wage"]
    assert urls == {load().sources[key].url for joined in rows["source"] for key in joined.split(";")}


def test_the_theme_is_painted(opened: Callable[..., Page]) -> None:
    for name in ("map", "trend"):
        colours = {}
        for theme in ("light", "dark"):
            page = opened(f"{name}-{theme}", color_scheme="light")
            colours[theme] = page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
        follows = opened(f"{name}-ru", color_scheme="dark")
        own = follows.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
        assert colours["light"] == "rgb(255, 255, 255)"
        assert own == colours["dark"] != colours["light"]


def test_nothing_moves_for_who_wants_it_still(opened: Callable[..., Page]) -> None:
    page = opened("map-en", reduced_motion="reduce")
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((one) => {
      const { transitionDuration: long, transitionProperty: what } = getComputedStyle(one);
      return what !== "none" && long.split(", ").some((part) => parseFloat(part) > 0);
    }).map((one) => one.outerHTML.slice(0, 80))""")
    assert moving == []


@pytest.mark.parametrize(
    ("path", "width"),
    [
        *((f"{name}-{lang}", 600) for name, lang in zip(FIGURES, LANGS * 7, strict=False)),
        *((f"{name}-{theme}", 320) for name in ("map", "trend", "table") for theme in ("light", "dark")),
        *((f"plain-{name}", width) for name in ("map", "trend", "table") for width in (320, 1200)),
    ],
)
def test_axe_finds_nothing(opened: Callable[..., Page], path: str, width: int) -> None:
    assert violations(opened(path, width, bypass_csp=True)) == []


def test_axe_finds_nothing_on_plain_pages_in_the_dark(opened: Callable[..., Page]) -> None:
    for name in ("map", "trend"):
        assert violations(opened(f"plain-{name}", 320, color_scheme="dark")) == []
