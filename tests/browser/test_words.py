"""Streamlit's own words and the language of the document, in the language of the page."""

import pytest
from playwright.sync_api import expect

from components.text.strings import LANG_NAMES, LANGS, Lang, text
from tests.browser.reader import Reader


@pytest.mark.parametrize("lang", LANGS)
def test_the_document_and_what_streamlit_writes_are_in_the_language_of_the_page(
    reader: Reader, lang: Lang
) -> None:
    page = reader.open(f"/map?lang={lang}")
    assert page.locator("html").get_attribute("lang") == lang
    page.get_by_role("combobox").first.fill("zzzz")
    expect(page.get_by_text(text(lang, "control.no_results"), exact=True)).to_be_visible()


def test_they_follow_a_change_of_language(reader: Reader) -> None:
    page = reader.open("/map?lang=kk&tab=explore")
    page.get_by_text(LANG_NAMES["ru"], exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_role("combobox").first.fill("zzzz")
    expect(page.get_by_text(text("ru", "control.no_results"), exact=True)).to_be_visible()
