"""The comparison in a real browser: what is chosen changes words and address, and no figure goes blank."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from components.text.number_formats import period_short
from components.text.strings import text
from data.dataset import Dataset
from tests.browser.layout import never_blank, watch, words
from tests.browser.reader import Reader

ROW = ".dumbbell[role=listitem]"


def first_names(page: Page, count: int = 5) -> list[str]:
    return page.locator(f"{ROW} .name a").all_inner_texts()[:count]


def values(page: Page) -> list[str]:
    return page.locator(f"{ROW} .value b").all_inner_texts()


def pair(page: Page) -> Locator:
    return page.locator("section.figure h2").first


def test_another_pair_changes_words_and_address_and_blanks_nothing(reader: Reader) -> None:
    page = reader.open("/compare?lang=en")
    before, rest = values(page), words(page)[2:]
    watch(page)
    reader.choose(text("en", "ui.place_a"), "Almaly district")
    reader.wait_for_query(a="almaly")
    expect(pair(page)).to_contain_text("Almaly district")
    expect(page.locator(".dumbbell.heads .value").first).to_have_text("Almaly")
    reader.choose(text("en", "ui.place_b"), "City as a whole")
    reader.wait_for_query(a="almaly", b="city")
    expect(pair(page)).to_contain_text("City as a whole", ignore_case=True)
    expect(page.locator(".dumbbell.heads .value").nth(1)).to_have_text("City")
    never_blank(page)
    assert values(page) != before
    assert words(page)[2:] == rest, "the other figures have nothing to do with the pair"
    assert page.get_by_test_id("stException").count() == 0


def test_a_place_held_against_itself_says_so(reader: Reader) -> None:
    page = reader.open("/compare?lang=en&a=medeu&b=medeu")
    expect(page.locator(".sentence").first).to_have_text(text("en", "compare.same"))


def test_another_order_moves_the_rows_of_both_lists(reader: Reader) -> None:
    page = reader.open("/compare?lang=en")
    by_topic, table = first_names(page), page.locator("table.standings tbody th a").all_inner_texts()
    every = sorted(page.locator(f"{ROW} .name a").all_inner_texts())
    watch(page)
    for sort in ("distance", "change"):
        reader.choose(text("en", "ui.sort"), text("en", f"sort.{sort}"))
        reader.wait_for_query(sort=sort)
        expect(page.locator(f"{ROW} .name a").first).not_to_have_text(by_topic[0])
        expect(page.locator("table.standings tbody th a").first).not_to_have_text(table[0])
        assert sorted(page.locator(f"{ROW} .name a").all_inner_texts()) == every
    never_blank(page)


def test_by_distance_the_wider_gaps_stand_first(reader: Reader) -> None:
    page = reader.open("/compare?lang=en&sort=distance")
    widths = page.locator(f"{ROW} .bar").evaluate_all(
        "(all) => all.map((one) => parseFloat(one.style.width))"
    )
    bounded = [width for width in widths if width < 49]  # beyond the ends of the scale a bar is cut
    assert bounded[0] > 5 * bounded[-1]


def test_how_auezov_is_counted_changes_the_two_groups_only(reader: Reader) -> None:
    page = reader.open("/compare?lang=en&a=centre&b=periphery")
    before, rest = values(page), words(page)[2:]
    watch(page)
    reader.choose(text("en", "ui.auezov"), text("en", "auezov.centre"))
    reader.wait_for_query(auezov="centre")
    expect(page.locator(f"{ROW} .value b").first).not_to_have_text(before[0])
    never_blank(page)
    assert words(page)[2:] == rest


def test_another_indicator_changes_the_lower_figures_only(reader: Reader, dataset: Dataset) -> None:
    page = reader.open("/compare?lang=en")
    before = words(page)
    one = dataset.indicators["birth_rate"]
    watch(page, ".st-key-scatter-chart")
    reader.choose(text("en", "ui.indicator"), f"{one.short['en']} · {text('en', f'topic.{one.topic}')}")
    reader.wait_for_query(indicator="birth_rate")
    expect(page.locator(".st-key-ranking h2, .st-key-league h2").first).to_contain_text(one.title["en"])
    expect(page.locator(".st-key-multiples h2")).to_contain_text(one.title["en"])
    expect(page.locator(".st-key-scatter-head h2")).to_contain_text(one.short["en"])
    reader.choose(text("en", "ui.against"), dataset.indicators["avg_wage"].short["en"])
    reader.wait_for_query(against="avg_wage")
    expect(page.locator(".st-key-scatter-head h2")).to_contain_text(
        dataset.indicators["avg_wage"].short["en"]
    )
    reader.choose(text("en", "ui.as"), text("en", "as.relative"))
    reader.wait_for_query(**{"as": "relative"})
    never_blank(page)
    assert words(page)[:3] == before[:3], "pair and table of all have their own indicators"


def test_a_pin_in_the_ranking_survives_a_reload(reader: Reader) -> None:
    page = reader.open("/compare?lang=en")
    page.locator('.ranking .row[data-district="turksib"]').click()
    reader.wait_for_query(district="turksib")
    expect(page.locator(".row.pinned")).to_have_attribute("data-district", "turksib")
    page.reload()
    reader.complete()
    expect(page.locator(".row.pinned")).to_have_attribute("data-district", "turksib")


def test_a_deep_link_opens_the_same_for_another_reader(
    reader: Reader, readers: Callable[..., Reader]
) -> None:
    page = reader.open("/compare?lang=ru")
    reader.choose(text("ru", "ui.place_b"), text("ru", "place.centre"))
    reader.wait_for_query(b="centre")
    reader.choose(text("ru", "ui.sort"), text("ru", "sort.change"))
    reader.wait_for_query(sort="change")
    page.wait_for_timeout(500)
    other = readers(locale="en-GB").open(page.url.removeprefix(reader.base))
    expect(pair(other)).to_have_text(pair(page).inner_text())
    assert words(other) == words(page)
    boxes = "[data-testid=stSelectbox] input"
    chosen = "(all) => all.map((one) => one.value)"
    assert other.locator(boxes).evaluate_all(chosen) == page.locator(boxes).evaluate_all(chosen)


@pytest.mark.parametrize("at", [0, 12, 30])
def test_a_name_opens_the_map_with_the_same_indicator_and_period(
    at: int, reader: Reader, dataset: Dataset
) -> None:
    page = reader.open("/compare?lang=en")
    row = page.locator(ROW).nth(at)
    name, small = row.locator(".name a").inner_text(), row.locator(".name small").inner_text()
    row.locator(".name a").click()
    page.wait_for_url("**/map?**")
    reader.complete()
    asked = reader.query()
    (key,), (period,) = asked["indicator"], asked["period"]
    one = dataset.indicators[key]
    assert one.short["en"] == name
    assert period_short(period, "en") in small
    boxes = page.locator("[data-testid=stSelectbox] input")
    expect(boxes.first).to_have_value(f"{name} · {text('en', f'topic.{one.topic}')}")
    expect(page.locator("h1")).to_contain_text(one.title["en"])
    assert page.get_by_test_id("stAlert").count() == 0
    page.go_back()
    page.wait_for_url("**/compare?**")
    expect(page.locator(ROW).nth(at).locator(".name a")).to_have_text(name)


def test_every_name_leads_to_an_indicator_and_a_period_that_exist(reader: Reader, dataset: Dataset) -> None:
    page = reader.open("/compare?lang=kk")
    links = page.locator(f"{ROW} .name a, table.standings th a, .multiples a").evaluate_all(
        """(all) => all.map((one) => {
            const query = new URL(one.href).searchParams;
            const [lang, indicator, period] = ["lang", "indicator", "period"].map((key) => query.get(key));
            return [new URL(one.href).pathname, lang, indicator, period];
        })"""
    )
    assert len(links) > 60
    for path, lang, key, period in links:
        assert (path, lang) == ("/map", "kk")
        periods = set(dataset.observations[key or "avg_wage"]["period"])
        assert period is None or period in periods, f"{key} {period}"


def test_folded_notes_open_and_close_by_keyboard(reader: Reader) -> None:
    page = reader.open("/compare?lang=en")
    summaries = page.locator("summary")
    assert summaries.count() == 5
    first = summaries.first
    first.focus()
    table = page.locator("details").first.locator("table.figure-table")
    expect(table).to_be_hidden()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    assert table.locator("tbody tr").count() >= 38, (
        "the table has the indicators without a place on the scale too"
    )
    page.keyboard.press("Space")
    expect(table).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert first.evaluate("(one) => one.getRootNode().activeElement === one"), "the focus stays where it was"
