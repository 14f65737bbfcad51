"""Every page in every language in a real browser, with all foreign hosts blocked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from components.text.strings import LANGS, Lang, text
from tests.browser.layout import cut, overlaps, resize, sideways
from tests.browser.outline import skipped, unnamed
from tests.browser.reader import Reader
from tests.inventory import PAGES, VIEWS, address


def has_its_figure(page: Page, name: str) -> None:
    """What makes each page worth opening is there."""
    if name == "overview":
        assert page.locator("section.card").count() == 5
        assert page.locator("svg.line path").count() == 2
        assert page.locator("svg.thumbnail path.district").count() == 8
    elif name == "map":
        assert page.locator("svg.map path.district").count() == 8
        assert page.locator(".ranking .row[data-district]").count() == 8
    elif name == "trends":
        page.locator(".js-plotly-plot .scatterlayer .trace").nth(7).wait_for()
    elif name == "data":
        assert page.locator("table.catalogue tbody tr").count() >= 71
    elif name == "map, explore":
        frame = page.frame_locator("iframe[title*=folium]")
        frame.locator("path.leaflet-interactive").nth(7).wait_for()
    elif name == "targets":
        assert page.locator("table.matrix tbody tr").count() == 9, (
            "eight indicators, and who is below the floor"
        )
    elif name == "polycentricity":
        page.locator(".js-plotly-plot .scatterlayer .trace").nth(5).wait_for()
        assert page.locator("svg.map path.district").count() == 8
        assert page.locator(".reading-row").count() == 9
        assert page.locator("table.measures tbody tr").count() >= 10
    elif name == "compare":
        assert page.locator(".dumbbell[role=listitem]").count() >= 30
        assert page.locator("table.standings tbody tr").count() >= 30
        assert page.locator(".ranking .row[data-district]").count() == 8
        assert page.locator(".multiples svg").count() >= 2
        page.locator(".js-plotly-plot .scatterlayer .trace").first.wait_for()
    elif name == "map, pair":
        assert page.locator("svg.map").count() == 2
    elif name == "map, multiples":
        assert page.locator(".multiples svg").count() >= 2
    elif name == "district":
        assert page.locator(".tile").count() >= 7
        assert page.locator("svg.pair").count() >= 3
        assert page.locator("svg.locator path.here").count() == 1
    else:
        assert page.locator("section :is(svg, table), .js-plotly-plot").count() >= 1
    if name in ("map", "map, explore", "trends", "compare", "district", "polycentricity"):
        assert page.locator(".remainder table tbody tr").count() >= 3
        assert page.locator(".sources a").count() >= 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", VIEWS)
def test_every_page_in_every_language_is_complete(name: str, lang: Lang, reader: Reader) -> None:
    page = reader.open(address(VIEWS[name], lang))
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    has_its_figure(page, name)
    assert page.title() == text(lang, "app.name")
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_test_id("stAlert").count() == 0
    links = {one.strip() for one in page.locator(".st-key-bar [data-testid=stPageLink]").all_inner_texts()}
    assert links == {text(lang, f"page.{page_name}") for page_name in PAGES}
    assert skipped(page) == []
    assert unnamed(page) == []
    for width in (1440, 375):
        resize(page, width)
        assert cut(page) == [], f"at {width} px"
        assert sideways(page) <= 0, f"the page scrolls sideways at {width} px"
        assert overlaps(page, ".st-key-bar p") == [], f"at {width} px"


def test_a_dark_browser_gets_a_dark_page(readers: Callable[..., Reader]) -> None:
    reader = readers(color_scheme="dark")
    for name in VIEWS.values():
        path = address(name, "en")
        page = reader.open(path)
        ground, ink = page.evaluate(
            """() => {
                const app = getComputedStyle(document.querySelector("[data-testid=stApp]"));
                const hosts = [...document.querySelectorAll("*")];
                const host = hosts.find((one) => one.shadowRoot?.querySelector("h1"));
                return [app.backgroundColor, getComputedStyle(host.shadowRoot.querySelector("h1")).color];
            }"""
        )
        assert brightness(ground) < 60, f"{path}: ground {ground}"
        assert brightness(ink) > 190, f"{path}: ink {ink}"


def brightness(colour: str) -> float:
    """Mean of the channels of rgb(r, g, b)."""
    channels = [float(one) for one in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return sum(channels) / 3


@pytest.mark.parametrize(("locale", "lang"), [("ru-RU", "ru"), ("fr-FR", "kk")])
def test_the_first_page_speaks_the_browsers_language(
    locale: str, lang: Lang, readers: Callable[..., Reader]
) -> None:
    page = readers(locale=locale).open("/")
    assert page.locator("h1").inner_text() == text(lang, "overview.title")


def test_a_page_that_does_not_exist_shows_the_first_one(reader: Reader) -> None:
    page = reader.open("/nothing?lang=en")
    assert page.locator("h1").inner_text() == text("en", "overview.title")
    assert all("does not seem to exist" in error for error in reader.errors)
    reader.errors.clear()
