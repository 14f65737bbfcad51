"""Kazakh letters come from the same vendored font as all others, on every kind of surface."""

import pytest
from playwright.sync_api import Page

from tests.browser.reader import Reader

LETTERS = "ҢҒҚӨҰҮҺІӘ ңғқөұүһіә АБВ abc 123"
INTER = {"Inter"}


def fonts(page: Page, selector: str) -> dict[str, int]:
    """Which fonts the browser really drew an element's text with, and how many glyphs of each."""
    client = page.context.new_cdp_session(page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    client.send("DOM.getDocument", {"depth": -1, "pierce": True})
    handle = page.locator(selector).first.element_handle()
    handle.evaluate("(one) => one.setAttribute('data-asked-for-its-font', '')")
    everything = client.send("DOM.getFlattenedDocument", {"depth": -1, "pierce": True})["nodes"]
    (node,) = (one["nodeId"] for one in everything if "data-asked-for-its-font" in one.get("attributes", []))
    found = client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    handle.evaluate("(one) => one.removeAttribute('data-asked-for-its-font')")
    return {one["familyName"]: int(one["glyphCount"]) for one in found}


def test_every_kazakh_letter_is_drawn_in_inter(reader: Reader) -> None:
    page = reader.open("/map?lang=kk")
    selectors = ("h1", ".sentence", ".notes li", "svg.map text.label", ".ranking .name", ".st-key-bar p")
    for selector in selectors:
        page.locator(selector).first.evaluate("(one, letters) => { one.textContent = letters; }", LETTERS)
    page.evaluate("() => document.fonts.ready")
    page.wait_for_timeout(200)
    for selector in selectors:
        found = fonts(page, selector)
        assert families(found) == INTER, f"{selector}: {found}"
        assert sum(found.values()) >= len(LETTERS.replace(" ", ""))
    loaded = [url for url in reader.requests if "/assets/fonts/inter-" in url]
    assert any("cyrillic-ext" in url for url in loaded), "the file with Ә, Ғ, Қ, Ң, Ө, Ү, Һ was not asked for"
    assert any("inter-cyrillic-wght" in url for url in loaded)


def families(found: dict[str, int]) -> set[str]:
    return {name.split(" ")[0] for name in found}


@pytest.mark.parametrize(
    ("path", "selectors"),
    [
        ("/?lang=kk", ("h1", "section.card h2", "svg.line text")),
        ("/trends?lang=kk", ("h1", ".annotation-text", ".st-key-controls label p")),
        ("/polycentricity?lang=kk", ("h1", ".annotation-text", ".reading-row .name a", "table.measures th")),
        (
            "/compare?lang=kk",
            ("h1", ".dumbbell .name a", "table.standings th", "figcaption a", ".xtick text"),
        ),
        ("/district?lang=kk", ("h1", ".tile h3", ".against .name", "svg.pair text", ".stDownloadButton p")),
        ("/data?lang=kk", ("h1", "table.catalogue a", "[data-testid=stPopover] p")),
    ],
)
def test_what_stands_on_the_pages_is_drawn_in_inter(
    path: str, selectors: tuple[str, ...], reader: Reader
) -> None:
    page = reader.open(path)
    for selector in selectors:
        page.locator(selector).first.wait_for()
        page.evaluate("() => document.fonts.ready")
        found = fonts(page, selector)
        assert families(found) == INTER, f"{selector}: {found}"
