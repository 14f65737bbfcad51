"""Centre and outer districts in a real browser: what is chosen, pinned, folded and linked."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from components.text.strings import text
from data.centre_periphery import ACTIVITIES, SCHOOLS
from data.dataset import Dataset
from tests.browser.layout import never_blank, watch, words
from tests.browser.reader import Reader
from tests.browser.test_map import on_map

SME = "/polycentricity?lang=en&indicator=sme_active"
COUNTED = ", ".join(
    f".st-key-{key}-chart"
    for key in ("schools", "polycentricity", "contributions", "decomposition", "lorenz")
)
"""Charts that change with the class of Auezov."""


def headline(page: Page) -> Locator:
    return page.locator(".st-key-polycentricity-head header")


def test_the_long_series_of_schools_opens_the_page(reader: Reader) -> None:
    page = reader.open("/polycentricity?lang=en")
    first = page.locator(".sentence").first
    expect(first).to_contain_text("51.0%")
    expect(first).to_contain_text("37.5%")
    expect(page.locator("h2").first).to_contain_text("School places")
    page = reader.open("/polycentricity?lang=en&indicator=school_places_opened")
    assert page.locator("h2").filter(has_text="School places opened: the share").count() == 1, (
        "once is enough"
    )


def test_every_activity_changes_words_and_address_and_keeps_the_schools(
    reader: Reader, dataset: Dataset
) -> None:
    page = reader.open("/polycentricity?lang=en")
    watch(page, "[class*=st-key-]:not([class*=st-key-schools])")
    schools = page.locator(".st-key-schools-head header").inner_text()
    for key in (*(one for one in ACTIVITIES if one not in ("avg_wage", SCHOOLS)), "avg_wage"):
        one = dataset.indicators[key]
        reader.choose(text("en", "ui.activity"), one.short["en"])
        reader.wait_for_query(indicator=None if key == "avg_wage" else key)
        expect(headline(page).locator("h2")).to_contain_text(one.title["en"])
        expect(page.locator(".st-key-measures h2")).to_contain_text(one.short["en"])
        assert page.get_by_test_id("stException").count() == 0
    never_blank(page)
    assert page.locator(".st-key-schools-head header").inner_text() == schools


def test_how_auezov_is_counted_changes_words_and_address_and_blanks_nothing(reader: Reader) -> None:
    page = reader.open(SME)
    before = headline(page).locator(".sentence").inner_text()
    quotients = page.locator(".st-key-quotients .label").all_text_contents()
    watch(page, COUNTED)
    reader.choose(text("en", "ui.auezov"), text("en", "auezov.centre"))
    reader.wait_for_query(auezov="centre")
    expect(headline(page).locator(".sentence")).not_to_have_text(before)
    never_blank(page)
    assert page.locator(".st-key-quotients .label").all_text_contents() == quotients, (
        "the class is no part of it"
    )
    watch(page, "[class*=-chart]")  # without Auezov every measure is another
    reader.choose(text("en", "ui.auezov"), text("en", "auezov.out"))
    reader.wait_for_query(auezov="out")
    expect(page.locator(".st-key-quotients .label").filter(has_text="Auezov")).to_contain_text(
        text("en", "auezov.out")
    )
    never_blank(page)


def test_another_period_changes_the_map_and_the_address(reader: Reader) -> None:
    page = reader.open(SME)
    before = page.locator(".st-key-quotients .label").all_text_contents()
    reader.choose(text("en", "ui.period"), "31 December 2023")
    reader.wait_for_query(period="2023-12-31")
    expect(page.locator(".st-key-quotients h2")).to_contain_text("31 December 2023")
    assert page.locator(".st-key-quotients .label").all_text_contents() != before


def test_a_deep_link_opens_the_same_for_another_reader(
    reader: Reader, readers: Callable[..., Reader]
) -> None:
    page = reader.open(SME)
    reader.choose(text("en", "ui.auezov"), text("en", "auezov.out"))
    reader.wait_for_query(auezov="out")
    page.wait_for_timeout(500)
    other = readers(locale="ru-RU").open(page.url.removeprefix(reader.base))
    expect(headline(other)).to_have_text(headline(page).text_content())
    assert words(other) == words(page)


def test_a_pin_on_the_map_of_quotients_survives(reader: Reader) -> None:
    page = reader.open(SME)
    on_map(page, "turksib").click(position={"x": 60, "y": 60}, force=True)
    reader.wait_for_query(district="turksib")
    expect(page.locator("svg.map path.district.pinned")).to_have_attribute("data-district", "turksib")
    outline = on_map(page, "turksib").get_attribute("d")
    expect(page.locator(".st-key-quotients .pin-outline")).to_have_attribute("d", outline)
    reader.choose(text("en", "ui.auezov"), text("en", "auezov.centre"))
    reader.wait_for_query(auezov="centre", district="turksib")
    expect(page.locator(".st-key-quotients .pin-outline")).to_have_attribute("d", outline)
    page.reload()
    reader.complete()
    expect(page.locator(".st-key-quotients .pin-outline")).to_have_attribute("d", outline)
    on_map(page, "turksib").click(position={"x": 60, "y": 60}, force=True)
    reader.wait_for_query(district=None)
    expect(page.locator(".st-key-quotients .pin-outline")).to_have_attribute("d", "")


def test_the_map_has_the_official_polycentres_and_says_they_are_approximate(reader: Reader) -> None:
    page = reader.open(SME)
    assert page.locator(".st-key-quotients .polycentres path").count() == 4
    expect(page.locator(".st-key-quotients")).to_contain_text("approximate")


def test_a_reading_leads_to_its_activity(reader: Reader, dataset: Dataset) -> None:
    page = reader.open("/polycentricity?lang=en")
    links = page.locator(".reading-row .name a")
    assert links.count() == 9
    name = links.nth(2).inner_text()
    links.nth(2).click()
    expect(page.locator("[data-testid=stSelectbox] input").first).to_have_value(name)
    reader.complete()
    (key,) = reader.query()["indicator"]
    assert dataset.indicators[key].short["en"] == name


def test_folded_notes_open_by_keyboard_and_hold_formula_caveat_and_table(reader: Reader) -> None:
    page = reader.open(SME)
    details = page.locator(".st-key-polycentricity-rest details")
    details.locator("summary").focus()
    expect(details.locator(".method")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(details.locator(".method")).to_be_visible()
    expect(details.locator("table.figure-table")).to_be_visible()
    page.keyboard.press("Space")
    expect(details.locator(".method")).to_be_hidden()
    folded = page.locator("details:has(.notes)")
    assert folded.count() == page.locator("summary").count() >= 7


def test_where_people_are_missing_shares_alone_show_the_trend_and_it_is_said(reader: Reader) -> None:
    page = reader.open("/polycentricity?lang=en&indicator=school_places_opened&period=2010-12-31")
    expect(headline(page).locator("h2")).to_contain_text("share of the centre")
    assert page.locator(".st-key-quotients svg.map").count() == 0
    expect(page.locator(".st-key-measures")).to_contain_text("–")
    assert page.get_by_test_id("stException").count() == 0
