"""A visitor's own file on the map to explore: read, told, counted, downloaded, refused, and never shared."""

import csv
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from components.text.strings import text
from tests.browser.reader import Reader
from tests.geo.files import collection, document, point

PLACES = {"almaly": (76.945, 43.255), "medeu": (77.05, 43.2), "outside": (78.5, 43.2)}
"""Places whose district is known without this program: the old centre, the road to Medeu, far away."""


def explored(reader: Any, lang: str = "en") -> Page:
    page: Page = reader.open(f"/map?lang={lang}&tab=explore")
    page.get_by_text(text(lang, "layer.title")).click()
    page.locator("input[type=file]").wait_for(state="attached")
    return page


def bring(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".st-key-layer-forget").wait_for()


def count_by(page: Page, lang: str, label: str) -> None:
    page.locator(f".st-key-layer-measure-{lang} [role=combobox]").click()
    page.get_by_role("option", name=label, exact=True).click()
    page.locator(".st-key-layer-table table").wait_for()


def counted(page: Page) -> dict[str, list[str]]:
    rows = page.locator(".st-key-layer-table tbody tr")
    cells = [rows.nth(at).locator("td").all_inner_texts() for at in range(rows.count())]
    return {name: rest for name, *rest in cells}


def saved(page: Page, ending: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(f".st-key-layer-save-{ending} button").click()
    return Path(waiting.value.path()).read_bytes()


def test_points_are_drawn_counted_and_saved(reader: Reader) -> None:
    content = document(
        *(
            ({"v": value}, point(*PLACES[place]))
            for place, value in [("almaly", 2.5), ("almaly", 3.5), ("medeu", 10), ("outside", 7)]
        )
    )
    page = explored(reader)
    bring(page, "points.geojson", content)
    expect(page.locator(".st-key-layer-lines")).to_contain_text("Points: 4")
    expect(page.locator(".st-key-layer-lines")).to_contain_text("Features outside the city: 1")
    frame = page.frame_locator("iframe[title*=folium]")
    expect(frame.locator(".leaflet-own-pane canvas")).to_be_attached()
    count_by(page, "en", "Mean, sum: v")
    rows = counted(page)
    assert rows["Almaly district"] == ["2", "66.7", *rows["Almaly district"][2:3], "3.00", "6.00", "0"]
    assert rows["Medeu district"][:2] == ["1", "33.3"]
    assert rows["Auezov district"][0] == "0"
    assert rows["Outside the city"][0] == "1"
    lines = {one["area"]: one for one in csv.DictReader(io.StringIO(saved(page, "csv").decode("utf-8-sig")))}
    assert (lines["almaly"]["count"], float(lines["almaly"]["mean"])) == ("2", 3.0)
    assert lines["auezov"]["mean"] == ""
    assert lines["almaly"]["name_kk"] == "Алмалы ауданы"
    geopackage = sqlite3.connect(":memory:")
    geopackage.deserialize(saved(page, "gpkg"))
    assert geopackage.execute('select "count", "sum" from own_layer where id = ?', ["medeu"]).fetchall() == [
        (1, 10.0)
    ]
    assert geopackage.execute("select count(*) from own_layer").fetchone() == (8,)


def test_exchanged_coordinates_are_offered_to_be_put_right(readers: Callable[..., Reader]) -> None:
    reader = readers(viewport={"width": 375, "height": 800})
    page = explored(reader, "ru")
    bring(page, "точки.geojson", collection(*(point(y, x) for x, y in [PLACES["almaly"], PLACES["medeu"]])))
    lines = page.locator(".st-key-layer-lines")
    expect(lines).to_contain_text(text("ru", "remark.swapped_coordinates", count=2))
    page.locator(".st-key-layer-swap button").click()
    expect(lines).to_contain_text(text("ru", "remark.swapped"))
    expect(page.locator(".st-key-layer-swap")).to_have_count(0)
    count_by(page, "ru", text("ru", "layer.count"))
    assert counted(page)["Алмалинский район"][0] == "1"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_crossed_polygon_is_measured_once_it_is_repaired(reader: Reader) -> None:
    bow = [[76.88, 43.22], [76.92, 43.26], [76.92, 43.22], [76.88, 43.26], [76.88, 43.22]]
    page = explored(reader)
    bring(page, "areas.geojson", collection({"type": "Polygon", "coordinates": [bow]}))
    expect(page.locator(".st-key-layer-lines")).to_contain_text(
        text("en", "remark.invalid_geometries", count=1)
    )
    page.locator(".st-key-layer-repair button").click()
    expect(page.locator(".st-key-layer-lines")).to_contain_text(text("en", "remark.repaired", count=1))
    count_by(page, "en", "Count")
    total = sum(float(cells[3]) for cells in counted(page).values() if cells[3] != "–")
    # Two triangles, half of a box of 0.04 by 0.04 degrees: 4.444 km by 3.242 km at this latitude.
    assert abs(total - 4.444 * 3.242 / 2) < 0.1


def test_hostile_files_are_sentences_and_never_markup(readers: Callable[..., Reader]) -> None:
    reader = readers()
    page = explored(reader, "kk")
    bring(page, "x.zip", b"PK\3\4 not an archive")
    expect(page.locator(".st-key-layer-lines")).to_contain_text(
        text("kk", "refusal.damaged", expected="Shapefile")
    )
    page.locator(".st-key-layer-forget button").click()
    expect(page.locator(".st-key-layer-forget")).to_have_count(0)
    evil = "<img src=x onerror=window.evil=1>"
    content = document(({evil: 5, "t": "<script>window.evil=1</script>"}, point(*PLACES["almaly"])))
    bring(page, f"{evil[:20]}.geojson", content)
    count_by(page, "kk", f"{text('kk', 'layer.mean')}, {text('kk', 'layer.sum').lower()}: {evil}")
    assert counted(page)["Алмалы ауданы"][0] == "1"
    assert page.evaluate("window.evil") is None
    assert page.locator("[onerror]").count() == 0
    mixed = collection(
        point(*PLACES["almaly"]), {"type": "LineString", "coordinates": [PLACES["almaly"], PLACES["medeu"]]}
    )
    page.locator(".st-key-layer-forget button").click()
    expect(page.locator(".st-key-layer-forget")).to_have_count(0)
    bring(page, "mixed.json", mixed)
    page.get_by_role("button", name=text("kk", "layer.keep_lines")).click()
    expect(page.locator(".st-key-layer-lines")).to_contain_text(text("kk", "layer.found_lines", count=1))


def test_a_layer_stays_with_its_visitor_and_their_session(readers: Callable[..., Reader]) -> None:
    mine, other = readers(), readers()
    page = explored(mine)
    bring(page, "secret-name.geojson", collection(point(*PLACES["almaly"])))
    theirs = explored(other)
    assert "secret-name" not in theirs.content()
    frame = theirs.frame_locator("iframe[title*=folium]")
    expect(frame.locator(".leaflet-own-pane")).to_have_count(0)
    for there in ("trends", "map"):
        page.locator(f"a[href*='{there}?']").first.click()
        page.wait_for_url(f"**/{there}?*")
        mine.complete()
    page.locator(".st-key-layer-lines").wait_for()
    expect(page.locator(".st-key-layer-lines")).to_contain_text("secret-name")
    page.reload()
    page.locator("iframe[title*=folium]").wait_for()
    mine.complete()
    assert "secret-name" not in page.content()


def test_too_large_is_said_in_the_language_of_the_reader(reader: Reader, tmp_path: Path) -> None:
    large = tmp_path / "a.csv"
    large.write_bytes(b"lon,lat\n" + b"76.9,43.2\n" * (50 * 2**20 // 10 + 1))
    page = explored(reader, "ru")
    page.locator("input[type=file]").set_input_files(large)
    page.locator(".st-key-layer-forget").wait_for()
    expect(page.locator(".st-key-layer-lines")).to_contain_text("51")
    expect(page.locator(".st-key-layer-lines")).to_contain_text("предел 50")


def test_the_words_of_the_uploader_are_in_the_language_of_the_page(readers: Callable[..., Reader]) -> None:
    for lang in ("kk", "ru"):
        page = explored(readers(), lang)
        button = page.locator(f".st-key-layer-{lang} [data-testid=stFileUploaderDropzone] button p")
        expect(button).to_have_text(text(lang, "layer.choose"))
