"""The address keeps the view: through every control, a reload, Back, another page, another language."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from components.text.number_formats import period_label
from components.text.strings import text
from data.dataset import load
from data.transforms import transformed
from tests.browser.layout import words
from tests.browser.reader import Reader

WAGE = "Average monthly nominal wage"

DEEP = {
    "polycentricity?indicator=sme_active&period=2023-12-31&auezov=centre": "31 December 2023",
    "compare?indicator=birth_rate&against=avg_wage&a=centre&b=almaly&auezov=out&sort=distance": "Almaly",
    "district?district=medeu&horizon=2040": "Medeu district",
}
"""Addresses with every key that their page reads, and what a heading of the page then says."""


def option(key: str, lang: str = "en") -> str:
    one = load().indicators[key]
    return f"{one.short[lang]} · {text(lang, f'topic.{one.topic}')}"


def test_every_control_of_the_map_writes_the_address(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    reader.choose(text("en", "ui.indicator"), option("sme_active"))
    reader.wait_for_query(indicator="sme_active")
    expect(page.locator("h1")).to_contain_text(load().indicators["sme_active"].title["en"])
    reader.choose(text("en", "ui.as"), "Share of the city")
    reader.wait_for_query(**{"as": "share"})
    reader.choose(text("en", "ui.classes"), text("en", "ui.classes_3"))
    reader.wait_for_query(classes="3")
    expect(page.locator(".step")).to_have_count(3)
    first = transformed(load(), "sme_active", "share").periods()[0]
    reader.choose(text("en", "ui.period"), period_label(first, "en"))
    reader.wait_for_query(period=first)
    page.get_by_test_id("stButtonGroup").get_by_text(text("en", "ui.explore_tab")).click()
    reader.wait_for_query(tab="explore", indicator="sme_active", classes="3", **{"as": "share"})
    assert list(reader.query()) == ["lang", "indicator", "period", "as", "classes", "tab"]


def test_every_control_of_trends_and_data_writes_the_address(reader: Reader) -> None:
    page = reader.open("/trends?lang=en")
    page.get_by_test_id("stMultiSelect").get_by_role("combobox").fill("Turksib")
    page.get_by_role("option", name="Turksib").click()
    reader.wait_for_query(district="turksib")
    page = reader.open("/data?lang=en")
    reader.choose(text("en", "ui.topic"), "Environment")
    reader.wait_for_query(topic="environment")
    expect(page.locator("table.catalogue")).to_have_count(1)


def test_a_reload_keeps_the_view(reader: Reader) -> None:
    page = reader.open("/map?lang=ru&indicator=births&period=2023&as=share&district=medeu&classes=3")
    address, heading = page.url, page.locator("h1").inner_text()
    page.reload()
    reader.complete()
    assert page.url == address
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator(".row.pinned")).to_have_attribute("data-district", "medeu")
    assert page.get_by_test_id("stAlert").count() == 0


def test_back_and_forward_walk_through_the_views(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    expect(page.locator("h1")).to_contain_text(WAGE)
    reader.choose(text("en", "ui.indicator"), option("births"))
    reader.wait_for_query(indicator="births")
    births = load().indicators["births"].title["en"]
    expect(page.locator("h1")).to_contain_text(births)
    page.go_back()
    reader.wait_for_query(indicator=None)
    expect(page.locator("h1")).to_contain_text(WAGE)
    page.go_forward()
    reader.wait_for_query(indicator="births")
    expect(page.locator("h1")).to_contain_text(births)
    expect(page.get_by_test_id("stSelectbox").first.get_by_role("combobox")).to_have_value(option("births"))


def test_another_page_keeps_the_view_and_back_returns(reader: Reader) -> None:
    page = reader.open("/map?lang=en&indicator=births&district=medeu")
    page.locator(".st-key-bar").get_by_text("Trends").click()
    page.wait_for_url("**/trends?**")
    reader.wait_for_query(indicator="births", district="medeu", lang="en")
    births = load().indicators["births"].title["en"]
    expect(page.locator("h1")).to_contain_text(births)
    page.locator(".st-key-bar").get_by_text("Data").click()
    page.wait_for_url("**/data?**")
    reader.wait_for_query(indicator="births", district="medeu", lang="en")
    expect(page.locator(".indicator-page h2")).to_have_text(births)
    page.go_back()
    page.wait_for_url("**/trends?**")
    reader.wait_for_query(indicator="births")
    expect(page.locator("h1")).to_contain_text(births)


def test_another_language_keeps_the_view(reader: Reader) -> None:
    page = reader.open("/map?lang=en&indicator=births&period=2023&as=share&district=medeu&classes=3")
    page.get_by_test_id("stButtonGroup").first.get_by_text("Қазақша").click()
    reader.wait_for_query(lang="kk", indicator="births", period="2023", district="medeu", classes="3")
    expect(page.locator("h1")).to_contain_text("туғандар", ignore_case=True)
    expect(page.locator(".row.pinned")).to_have_attribute("data-district", "medeu")
    expect(page.locator(".st-key-bar")).to_contain_text(text("kk", "page.trends"))


@pytest.mark.parametrize(("path", "title"), DEEP.items())
def test_a_deep_link_survives_a_reload_another_page_and_back(path: str, title: str, reader: Reader) -> None:
    page = reader.open(f"/{path}&lang=en")
    expect(page.locator("h1, h2").filter(has_text=title).first).to_be_visible()
    address, before, asked = page.url, words(page), reader.query()
    page.reload()
    reader.complete()
    assert page.url == address
    expect(page.locator("h1, h2").filter(has_text=title).first).to_be_visible()
    assert words(page) == before
    page.locator(".st-key-bar").get_by_text(text("en", "page.data"), exact=True).click()
    page.wait_for_url("**/data?**")
    reader.complete()
    page.go_back()
    page.wait_for_url(f"**/{path.partition('?')[0]}?**")
    expect(page.locator("h1, h2").filter(has_text=title).first).to_be_visible()
    reader.complete()
    assert reader.query() == asked
    assert words(page) == before
    assert page.get_by_test_id("stAlert").count() == 0


@pytest.mark.parametrize("path", DEEP)
def test_another_language_keeps_every_choice_of_a_deep_link(path: str, reader: Reader) -> None:
    page = reader.open(f"/{path}&lang=en")
    asked, before = reader.query(), page.locator("h1").inner_text()
    page.get_by_test_id("stButtonGroup").first.get_by_text("Қазақша").click()
    reader.wait_for_query(lang="kk")
    expect(page.locator("h1")).not_to_have_text(before)
    assert reader.query() == {**asked, "lang": ["kk"]}
    assert page.get_by_test_id("stAlert").count() == 0


def test_a_card_of_the_overview_leads_to_its_view(reader: Reader) -> None:
    page = reader.open("/?lang=ru")
    link = page.locator(".moves a").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/map?**")
    reader.complete()
    assert reader.query()["lang"] == ["ru"]
    assert page.get_by_test_id("stAlert").count() == 0
    expect(page.get_by_test_id("stSelectbox").first.get_by_role("combobox")).to_have_value(
        option(reader.query()["indicator"][0], "ru")
    )
    assert name == load().indicators[reader.query()["indicator"][0]].short["ru"]
    expect(page.locator(".row.pinned")).to_have_count(1)


def test_a_broken_link_shows_a_notice_and_the_defaults(reader: Reader) -> None:
    page = reader.open("/map?lang=en&indicator=gold&classes=7&district=moon")
    notice = page.get_by_test_id("stAlert")
    for part in ("indicator=gold", "classes=7", "district=moon"):
        expect(notice).to_contain_text(part)
    expect(page.locator("h1")).to_contain_text(WAGE)
    assert page.locator("svg.map path.district").count() == 8


def test_a_hostile_link_is_shown_as_text_and_fetches_nothing(reader: Reader) -> None:
    hostile = "x\n\n![](https://evil.example/x.png)<img src=https://evil.example/y.png onerror=alert(1)>"
    page = reader.open(f"/map?lang=en&indicator={quote(hostile)}&{quote('<b>key</b>')}=1")
    notice = page.get_by_test_id("stAlert")
    expect(notice).to_contain_text("![](https://evil.example/x.png)")
    assert notice.locator("img, b, h1, a").count() == 0
    page.wait_for_timeout(300)
    assert not reader.foreign
