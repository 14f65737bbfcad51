"""The dialog that lets a figure leave: opened, changed, copied from, left by keyboard, in three languages."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Locator

from components.controls import share
from components.figures.registry import draw
from components.refusal import RequestError
from components.text.strings import LANG_NAMES, LANGS, Lang, text
from components.view import View
from data.dataset import Dataset, load
from tests.browser.axe import violations
from tests.browser.reader import Reader
from tests.components.reading import Document


def opened(reader: Reader, lang: str, path: str = "/trends") -> tuple[Locator, Locator]:
    """The dialog of the first figure of a page, once it has its code."""
    page = reader.open(f"{path}?lang={lang}")
    button = page.get_by_role("button", name=text(lang, "share.open")).first
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("<figure").first.wait_for()
    reader.complete()
    return dialog, button


SAID = """(words) => [...document.querySelectorAll("[role=dialog] pre")]
  .some((one) => words.every((word) => one.innerText.includes(word)))"""


def code(dialog: Locator) -> Document:
    found = [one for one in dialog.locator("pre").all_inner_texts() if "<figure" in one]
    return Document(found[0])


@pytest.mark.parametrize("lang", LANGS)
def test_the_dialog_opens_says_all_and_gives_the_focus_back(reader: Reader, lang: Lang) -> None:
    dialog, button = opened(reader, lang)
    for key in ("link", "code", "image", "cite"):
        assert dialog.get_by_text(text(lang, f"share.{key}"), exact=True).count() >= 1
    read = code(dialog)
    (frame,) = read.of("iframe")
    assert frame["src"].startswith(f"{reader.base}/embed/trend?lang={lang}")
    assert frame["title"] == draw("trend", View(lang=lang), load()).title
    inside = dialog.locator("iframe").first.element_handle().content_frame()
    inside.wait_for_selector("main#figure h1")
    assert inside.locator("h1").inner_text() == frame["title"]
    assert violations(reader.page, [["[role=dialog]"]]) == []
    reader.page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert button.evaluate("(one) => one === document.activeElement")


def test_options_change_the_code_and_downloads_answer(reader: Reader) -> None:
    dialog, _ = opened(reader, "en")
    page = reader.page
    links = {one.get_attribute("href") or "" for one in dialog.locator("a[href*='/figures/']").all()}
    assert {re.search(r"\.(\w+)\?", one)[1] for one in links} == {"svg", "png", "pdf", "csv", "xlsx", "json"}
    for link in links:
        assert reader.context.request.get(reader.base + link).status == 200
    dialog.get_by_text(LANG_NAMES["kk"], exact=True).click()
    dialog.get_by_text(text("en", "share.dark"), exact=True).click()
    dialog.get_by_text(text("en", "share.resizer")).click()
    page.wait_for_function(SAID, arg=["lang=kk&amp;theme=dark", "resize-"])
    read = code(dialog)
    assert read.of("iframe")[0]["title"] == draw("trend", View(lang="kk"), load()).title
    assert reader.context.request.get(read.of("script")[0]["src"]).status == 200
    dialog.get_by_text(text("en", "share.still")).click()
    page.wait_for_function(SAID, arg=["still=1"])
    assert code(dialog).of("script") == []


@pytest.mark.parametrize("lang", LANGS)
def test_what_a_licence_forbids_is_not_offered(
    lang: Lang, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    owner = replace(dataset.sources["almatydc-2024"], redistribution=False)
    closed = replace(dataset, sources={**dataset.sources, owner.id: owner})
    monkeypatch.setattr(share, "load", lambda: closed)
    monkeypatch.setattr(share, "_options", lambda view: (view, False))
    monkeypatch.setattr("streamlit.warning", said.append)
    monkeypatch.setattr("streamlit.iframe", lambda *_, **__: pytest.fail("a preview was shown"))
    share._dialog("map", View(lang=lang))
    assert said == [f"{text(lang, 'share.withheld')} {owner.url}"]
    with pytest.raises(RequestError):
        draw("map", View(lang=lang), closed)
