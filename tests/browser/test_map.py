"""The map in a real browser: eight painted districts, a pin by mouse and by keyboard, another language."""

import re

from playwright.sync_api import Locator, Page

from tests.browser.reader import Reader

DISTRICTS = {"alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu"}
FILLS = """(shapes) => Object.fromEntries(shapes.map((one) => {
  const box = one.getBoundingClientRect();
  return [one.dataset.district, [getComputedStyle(one).fill, box.width * box.height]];
}))"""


def fills(page: Page) -> dict[str, str]:
    """The computed fill of each district that takes some room on the screen."""
    found = page.locator("svg.map path.district").evaluate_all(FILLS)
    return {district: fill for district, (fill, area) in found.items() if area > 100}


def row(page: Page, district: str) -> Locator:
    return page.locator(f'.ranking .row[data-district="{district}"]')


def on_map(page: Page, district: str) -> Locator:
    return page.locator(f'svg.map path.district[data-district="{district}"]')


def is_pinned(page: Page, district: str) -> None:
    """The row, the shape and the outline all say so, and nothing else is pinned."""
    page.locator(f'.row.pinned[data-district="{district}"]').wait_for()
    assert page.locator(".row.pinned").count() == 1
    assert "pinned" in on_map(page, district).get_attribute("class").split()
    assert page.locator(".pin-outline").get_attribute("d") == on_map(page, district).get_attribute("d")
    assert row(page, district).get_attribute("aria-current") == "true"


def test_eight_districts_are_painted_and_the_one_without_a_value_is_hatched(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    painted = fills(page)
    assert set(painted) == DISTRICTS
    hatched = {district for district, fill in painted.items() if fill.startswith("url(")}
    assert hatched == {"almaly"}, "Almaly has no wage"
    colours = {fill for district, fill in painted.items() if district not in hatched}
    assert len(colours) >= 4
    assert all(re.fullmatch(r"rgb\(\d+, \d+, \d+\)", colour) for colour in colours)
    page.locator("svg.map .labels").evaluate("(one) => one.remove()")
    assert colours_of(page, "almaly") >= 3, (
        "a fill that points to a pattern draws nothing where there is none"
    )
    assert colours_of(page, "medeu") <= 2


def colours_of(page: Page, district: str) -> int:
    """How many quite different colours a small square around the middle of a district's label has."""
    on_map(page, district).scroll_into_view_if_needed()
    at = on_map(page, district).evaluate(
        """(one) => {
            const { x, y, width, height } = one.getBBox();
            for (let step = 1; step < 20; step++) for (let other = 1; other < 20; other++) {
              const point = new DOMPoint(x + width * step / 20, y + height * other / 20);
              const around = [[-14, -14], [14, -14], [14, 14], [-14, 14]];
              if (around.every(([dx, dy]) => one.isPointInFill(new DOMPoint(point.x + dx, point.y + dy)))) {
                const { x, y } = point.matrixTransform(one.getScreenCTM());
                return { x, y };
              }
            }
        }"""
    )
    shot = page.screenshot(clip={"x": at["x"] - 5, "y": at["y"] - 5, "width": 10, "height": 10})
    return page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
            const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
            pen.drawImage(image, 0, 0);
            const { data } = pen.getImageData(0, 0, image.width, image.height);
            const seen = new Set();
            const rough = (at) => [data[at] >> 4, data[at + 1] >> 4, data[at + 2] >> 4].join();
            for (let at = 0; at < data.length; at += 4) seen.add(rough(at));
            return seen.size;
        }""",
        list(shot),
    )


def test_a_total_is_circles_on_unpainted_districts(reader: Reader) -> None:
    page = reader.open("/map?lang=en&indicator=births&as=value")
    assert len(set(fills(page).values())) == 1
    assert page.locator("svg.map circle.total").count() == 8


def test_a_click_pins_a_district_and_a_second_one_releases_it(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    on_map(page, "turksib").click(position={"x": 60, "y": 60}, force=True)
    reader.wait_for_query(district="turksib")
    is_pinned(page, "turksib")
    row(page, "medeu").click()
    reader.wait_for_query(district="medeu")
    is_pinned(page, "medeu")
    row(page, "medeu").click()
    reader.wait_for_query(district=None)
    page.locator(".row.pinned").wait_for(state="detached")
    assert page.locator(".pin-outline").get_attribute("d") == ""


def test_the_keyboard_alone_pins_and_the_focus_stays(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    focused = "(one) => one.getRootNode().activeElement?.dataset.district"
    row(page, "medeu").focus()
    page.keyboard.press("Tab")
    assert row(page, "medeu").evaluate(focused) == "bostandyk", "the next in the ranking"
    page.keyboard.press("Enter")
    reader.wait_for_query(district="bostandyk")
    is_pinned(page, "bostandyk")
    assert row(page, "medeu").evaluate(focused) == "bostandyk"
    page.keyboard.press("Tab")
    page.keyboard.press(" ")
    reader.wait_for_query(district="turksib")
    is_pinned(page, "turksib")
    row(page, "nauryzbay").hover()
    page.locator('svg.map path.district.hover[data-district="nauryzbay"]').wait_for()
    assert page.locator("svg.map path.district.hover").count() == 1


def test_another_language_changes_the_title_and_the_numbers(reader: Reader) -> None:
    page = reader.open("/map?lang=en&as=value")
    title, value = page.locator("h1").inner_text(), row(page, "medeu").locator(".value").inner_text()
    assert re.fullmatch(r"\d{3},\d{3}", value)
    page.get_by_test_id("stButtonGroup").first.get_by_text("Қазақша").click()
    reader.wait_for_query(lang="kk")
    page.locator('section.figure[lang="kk"]').wait_for()
    assert page.locator("h1").inner_text() != title
    assert "жалақы" in page.locator("h1").inner_text()
    assert row(page, "medeu").locator(".value").inner_text() == value.replace(",", "\u00a0")


def test_another_language_changes_the_decimal_sign(reader: Reader) -> None:
    page = reader.open("/map?lang=en&indicator=infant_mortality_rate&as=value")
    sentence = page.locator(".sentence").inner_text()
    assert re.search(r"\d\.\d", sentence)
    page.get_by_test_id("stButtonGroup").first.get_by_text("Русский").click()
    reader.wait_for_query(lang="ru")
    page.locator('section.figure[lang="ru"]').wait_for()
    sentence = page.locator(".sentence").inner_text()
    assert re.search(r"\d,\d", sentence)
    assert not re.search(r"\d\.\d", sentence)
