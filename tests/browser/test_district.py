"""The page of a district in a real browser, and what is downloaded from it."""

import io
import shutil
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from components.text.sentences import full_name
from components.text.strings import Lang, text
from data.dataset import load
from data.district_profile import strengths
from geo.districts import DISTRICTS
from tests.browser.conftest import dashboard
from tests.browser.layout import cut, never_blank, sideways, watch
from tests.browser.reader import Desk, Reader
from tests.components.reading import squeezed

VALUES = ".tile b, .against li > b, .parity-lines li > b, svg.pair text.end"


def download(page: Page, lang: str, ending: str) -> tuple[str, Path]:
    """The suggested name and the file of a download button."""
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("button", name=text(lang, f"profile.save_{ending}")).click()
    return coming.value.suggested_filename, Path(coming.value.path())


def shown(page: Page) -> list[str]:
    return [one.strip() for one in page.locator(VALUES).all_text_contents()]


def test_another_district_changes_words_and_address(reader: Reader) -> None:
    page = reader.open("/district?lang=en")
    before = shown(page)
    watch(page)
    for area in ("turksib", "almaly"):
        reader.choose(text("en", "ui.district"), full_name(area, "en"))
        reader.wait_for_query(district=area)
        expect(page.locator("h1")).to_have_text(full_name(area, "en"))
    never_blank(page)
    assert shown(page) != before
    reader.choose(text("en", "ui.horizon"), "2030")
    reader.wait_for_query(district="almaly", horizon="2030")
    expect(page.locator(".parity-lines").locator("..")).to_contain_text("2030")


def test_back_returns_to_the_district_before(reader: Reader) -> None:
    page = reader.open("/district?lang=ru&district=medeu")
    reader.choose(text("ru", "ui.district"), full_name("zhetysu", "ru"))
    reader.wait_for_query(district="zhetysu")
    page.go_back()
    reader.wait_for_query(district="medeu")
    expect(page.locator("h1")).to_have_text(full_name("medeu", "ru"))


@pytest.mark.parametrize("area", DISTRICTS)
def test_every_district_has_its_page_and_its_place_on_the_map(area: str, reader: Reader) -> None:
    page = reader.open(f"/district?lang=kk&district={area}")
    expect(page.locator("h1")).to_have_text(full_name(area, "kk"))
    assert page.locator("svg.locator path.here").count() == 1
    assert page.locator("svg.locator path.plain").count() == 7
    assert page.locator(".against li").count() == sum(map(len, strengths(load(), area)))
    assert page.locator(".gaps-in-data li").count() >= 1
    assert page.locator(".sources a").count() >= 3


@pytest.mark.parametrize(("lang", "area"), [("kk", "nauryzbay"), ("ru", "almaly"), ("en", "medeu")])
def test_the_pdf_is_one_tagged_sheet_with_the_title_and_the_values_of_the_page(
    lang: Lang, area: str, reader: Reader
) -> None:
    page = reader.open(f"/district?lang={lang}&district={area}")
    name, path = download(page, lang, "pdf")
    assert name == f"almaty2050_district_{area}_{lang}.pdf"
    pdf = pypdf.PdfReader(io.BytesIO(path.read_bytes()))
    (only,) = pdf.pages
    assert [round(float(side) / 72 * 25.4) for side in only.mediabox[2:]] == [210, 297]
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's own kind of true
    assert root["/Lang"] == lang
    assert pdf.metadata.title == page.locator("h1").inner_text()
    found = squeezed(only.extract_text())
    assert squeezed(page.locator("h1").inner_text()) in found
    assert squeezed(page.locator(".sentence").inner_text()) in found
    assert not [one for one in shown(page) if squeezed(one) not in found]
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("lang", ["kk", "en"])
def test_the_html_file_opens_without_a_network_and_looks_like_the_page(
    lang: Lang, reader: Reader, browser: Browser, tmp_path: Path
) -> None:
    page = reader.open(f"/district?lang={lang}&district=medeu")
    name, path = download(page, lang, "html")
    assert name == f"almaty2050_district_medeu_{lang}.html"
    file = tmp_path / name
    shutil.copy(path, file)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    asked, errors = [], []
    context.on("request", lambda request: asked.append(request.url))
    alone = context.new_page()
    alone.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    alone.goto(file.as_uri())
    assert shown(alone) == shown(page)
    assert len(shown(alone)) > 20
    for selector in ("h1", ".sentence", ".sources"):
        assert alone.locator(selector).first.inner_text() == page.locator(selector).first.inner_text()
    assert alone.title() == full_name("medeu", lang)
    assert alone.locator("svg.locator path").count() == 8
    alone.evaluate("() => document.fonts.ready")
    assert alone.evaluate("() => [...document.fonts].some((one) => one.status === 'loaded')")
    assert alone.evaluate("() => getComputedStyle(document.querySelector('.tiles')).display") == "grid"
    for width in (1440, 375):
        alone.set_viewport_size({"width": width, "height": 900})
        assert cut(alone) == []
        assert alone.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_without_chromium_on_the_server_the_page_says_so_and_offers_html(browser: Browser) -> None:
    with dashboard("/nowhere") as base:
        reader = Reader(Desk(browser, base))
        for lang in ("kk", "ru", "en"):
            page = reader.open(f"/district?lang={lang}&district=auezov")
            expect(page.locator(".st-key-downloads")).to_contain_text(text(lang, "profile.no_pdf"))
            assert page.get_by_role("button", name=text(lang, "profile.save_pdf")).count() == 0
            page.set_viewport_size({"width": 375, "height": 900})
            assert sideways(page) <= 0
            page.set_viewport_size({"width": 1440, "height": 900})
        name, path = download(page, "en", "html")
        assert name == "almaty2050_district_auezov_en.html"
        assert full_name("auezov", "en") in path.read_text(encoding="utf-8")
        reader.close()


def test_folded_notes_open_by_keyboard(reader: Reader) -> None:
    page = reader.open("/district?lang=en")
    details = page.locator("details")
    details.locator("summary").focus()
    expect(details.locator("table.figure-table")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(details.locator("table.figure-table")).to_be_visible()
    expect(details.locator(".notes")).to_be_visible()
    page.keyboard.press("Enter")
    expect(details.locator("table.figure-table")).to_be_hidden()
