"""The map to explore: folium in its frame, recoloured in place, without a flash, with the zoom kept."""

from playwright.sync_api import Frame, expect

from components.text.strings import text
from tests.browser.reader import Reader

DISTRICT = "path.leaflet-interactive[d*='L']"
"""Shapes drawn with straight lines: districts, not stations or circles."""
WATCH = """() => {
  const paths = Object.values(almaty.paths).map((one) => one._path);
  const isDrawn = (one) => one.isConnected && one.getBoundingClientRect().width > 1;
  const inSight = () => paths.filter(isDrawn).length;
  window.seen = { removed: 0, fewest: inSight(), first: inSight() };
  const note = (changes) => changes.forEach((change) => change.removedNodes.forEach((node) => {
    if (paths.includes(node)) seen.removed += 1;
  }));
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
  const look = () => {
    seen.fewest = Math.min(seen.fewest, inSight());
    requestAnimationFrame(look);
  };
  look();
}"""


def opened(reader: Reader, query: str = "") -> Frame:
    """The frame of the map with its eight districts, at rest."""
    page = reader.open(f"/map?lang=en&tab=explore{query}")
    element = page.locator("iframe[title*=folium]").element_handle()
    frame = element.content_frame()
    frame.locator(DISTRICT).nth(7).wait_for()
    frame.wait_for_function("() => window.almaty?.state && Object.keys(almaty.paths).length === 8")
    page.wait_for_timeout(300)
    assert frame
    return frame


def fills(frame: Frame) -> dict[str, str]:
    return frame.evaluate(
        """() => Object.fromEntries(Object.entries(almaty.paths)
            .map(([id, one]) => [id, getComputedStyle(one._path).fill]))"""
    )


def place(frame: Frame) -> list[float]:
    return frame.evaluate(
        "() => [almaty.map.getZoom(), almaty.map.getCenter().lat, almaty.map.getCenter().lng]"
    )


def recoloured(reader: Reader, frame: Frame, before: dict[str, str]) -> None:
    """Wait until the fills are others and stand still; no shape went away meanwhile, in no frame."""
    frame.wait_for_function(
        """(old) => Object.entries(almaty.paths)
            .some(([id, one]) => getComputedStyle(one._path).fill !== old[id])""",
        arg=before,
    )
    reader.page.wait_for_timeout(700)
    seen = frame.evaluate("() => seen")
    assert seen["removed"] == 0, "shapes were taken away and drawn again"
    assert seen["fewest"] == seen["first"] >= 4, "there was a frame without the districts"


def click_on(reader: Reader, frame: Frame, district: str) -> None:
    """Click on a point inside a district, where no other shape lies."""
    x, y = frame.evaluate(
        """(id) => {
            const path = almaty.paths[id]._path;
            const { left, top, width, height } = path.getBoundingClientRect();
            for (let across = 1; across < 20; across++) for (let down = 1; down < 20; down++) {
              const at = [left + width * across / 20, top + height * down / 20];
              if (document.elementFromPoint(...at) === path) return at;
            }
        }""",
        district,
    )
    element = reader.page.locator("iframe[title*=folium]")
    element.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = element.bounding_box()
    reader.page.mouse.click(box["x"] + x, box["y"] + y)


def test_eight_districts_are_painted_with_the_colours_of_the_picture(reader: Reader) -> None:
    picture = reader.open("/map?lang=en").locator("svg.map path.district")
    expected = dict(
        picture.evaluate_all("(all) => all.map((one) => [one.dataset.district, getComputedStyle(one).fill])")
    )
    found = fills(opened(reader))
    assert set(found) == set(expected)
    assert len(found) == 8
    for district, fill in found.items():
        assert fill == expected[district] or fill.startswith("url("), district
    assert found["almaly"].startswith("url("), "without a value it is hatched"


def test_metro_and_polycentres_are_on_the_map(reader: Reader) -> None:
    frame = opened(reader)
    assert frame.evaluate("() => almaty.marks.getLayers().length") == 1 + 11 + 4
    expect(frame.locator(".polycentre")).to_have_count(4)
    expect(reader.page.locator("body")).to_contain_text("approximate")


def test_another_indicator_recolours_in_place_and_keeps_the_zoom(reader: Reader) -> None:
    frame = opened(reader)
    before = fills(frame)
    box = reader.page.locator("iframe[title*=folium]").bounding_box()
    reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.page.mouse.wheel(0, -240)
    frame.wait_for_function("(old) => almaty.map.getZoom() > old", arg=place(frame)[0])
    reader.page.wait_for_timeout(500)
    zoomed, asked = place(frame), len(reader.requests)
    frame.evaluate(WATCH)
    reader.choose(text("en", "ui.indicator"), "Births · People")
    reader.wait_for_query(indicator="births")
    recoloured(reader, frame, before)
    assert place(frame) == zoomed, "the zoom or the place was lost"
    assert reader.page.locator("iframe[title*=folium]").count() == 1
    assert reader.requests[asked:] == [], "a change of indicator asked for files"


def test_another_year_keeps_the_shapes_too(reader: Reader) -> None:
    frame = opened(reader)
    before = fills(frame)
    frame.evaluate(WATCH)
    reader.choose(text("en", "ui.period"), "2018")
    reader.wait_for_query(period="2018")
    recoloured(reader, frame, before)


def test_a_click_pins_a_district_and_shows_its_row(reader: Reader) -> None:
    frame = opened(reader)
    click_on(reader, frame, "medeu")
    reader.wait_for_query(district="medeu", tab="explore")
    row = reader.page.locator(".row.pinned")
    expect(row).to_have_attribute("data-district", "medeu")
    assert frame.evaluate("() => almaty.paths.medeu.options.weight") == 3
    click_on(reader, frame, "turksib")
    reader.wait_for_query(district="turksib")
    expect(row).to_have_attribute("data-district", "turksib")


def test_a_released_district_can_be_pinned_again(reader: Reader) -> None:
    frame = opened(reader)
    click_on(reader, frame, "medeu")
    reader.wait_for_query(district="medeu")
    reader.page.locator('.row[data-district="medeu"]').click()
    reader.wait_for_query(district=None)
    click_on(reader, frame, "medeu")
    reader.wait_for_query(district="medeu")
    click_on(reader, frame, "medeu")
    reader.wait_for_query(district=None)


def test_a_link_with_a_district_opens_with_it_pinned(reader: Reader) -> None:
    frame = opened(reader, "&district=auezov")
    assert frame.evaluate("() => almaty.state.pinned") == "auezov"
    expect(reader.page.locator(".row.pinned")).to_have_attribute("data-district", "auezov")


def test_a_tooltip_tells_name_value_and_rank(reader: Reader) -> None:
    frame = opened(reader, "&as=value")
    words = frame.evaluate("() => almaty.paths.medeu.getTooltip().getContent().innerText")
    assert "Medeu district" in words
    assert "tenge a month" in words
    assert "1–2 of 8 by value" in words, "Almaly has no wage and could stand before Medeu"


def test_another_language_changes_the_names_on_the_map(reader: Reader) -> None:
    frame = opened(reader)
    before = frame.locator(".polycentre").all_inner_texts()
    reader.page.get_by_test_id("stButtonGroup").first.get_by_text("Қазақша").click()
    reader.wait_for_query(lang="kk")
    frame.wait_for_function("() => almaty.state.lang === 'kk'")
    expect(frame.locator(".polycentre")).to_have_count(4)
    after = frame.locator(".polycentre").all_inner_texts()
    assert not set(after) & set(before)
