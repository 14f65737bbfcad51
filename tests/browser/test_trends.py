"""The chart of trends in a real browser: lines, names beside them, what a pointer is told."""

from playwright.sync_api import expect

from tests.browser.reader import Reader


def test_a_line_for_each_district_with_values_and_the_city(reader: Reader) -> None:
    page = reader.open("/trends?lang=en&as=value")
    expect(page.locator(".scatterlayer .trace")).to_have_count(8)
    names = set(page.locator(".annotation-text").all_inner_texts()) | set(
        page.locator(".annotation-text").all_text_contents()
    )
    assert {"Alatau", "Auezov", "Bostandyk", "Medeu", "Nauryzbay", "Turksib", "Zhetysu", "City"} <= names
    assert "Almaly" not in names, "it has no wage"
    assert (
        page.locator('[aria-label*="Chart of the districts"], [alt*="Chart of the districts"]').count() >= 1
    )
    assert page.locator(".remainder tbody tr").count() == 7


def test_a_pointer_is_told_value_status_and_source(reader: Reader) -> None:
    page = reader.open("/trends?lang=en&as=value")
    expect(page.locator(".scatterlayer .trace")).to_have_count(8)
    point = page.locator(".scatterlayer .trace .points path").last.bounding_box()
    page.mouse.move(point["x"] + point["width"] / 2 - 30, point["y"] + point["height"] / 2)
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2, steps=5)
    tip = page.locator(".hoverlayer .hovertext")
    expect(tip.first).to_contain_text("tenge a month")
    expect(tip.first).to_contain_text("low reliability")


def test_another_indicator_redraws_the_chart(reader: Reader) -> None:
    page = reader.open("/trends?lang=en")
    expect(page.locator(".scatterlayer .trace")).to_have_count(8)
    reader.choose("Indicator", "Births · People")
    reader.wait_for_query(indicator="births")
    expect(page.locator("h1")).to_contain_text("birth", ignore_case=True)
    expect(page.locator(".annotation-text").filter(has_text="Almaly")).to_have_count(1)
    drawn = page.locator(".scatterlayer .trace").evaluate_all(
        "(all) => all.map((one) => one.querySelectorAll('.points path').length)"
    )
    assert len(drawn) == 8
    assert all(points >= 1 for points in drawn)
