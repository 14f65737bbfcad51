"""The Data page in a real browser: files come by a click and hold rows."""

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyogrio
from playwright.sync_api import Page, expect

from data.dataset import Dataset
from tests.browser.reader import Reader

TABLES = Path(__file__).parents[2] / "data" / "tables"
ROWS = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in TABLES.glob("*.csv"))


def download(page: Page, popover: str, button: str) -> tuple[str, Path]:
    """Open a popover, click one of its buttons; the suggested name and the file."""
    page.get_by_test_id("stPopover").get_by_text(popover).click()
    with page.expect_download() as coming:
        page.get_by_test_id("stDownloadButton").get_by_text(button, exact=True).click()
    page.keyboard.press("Escape")
    return coming.value.suggested_filename, Path(coming.value.path())


def test_one_indicator_in_every_format(reader: Reader) -> None:
    page = reader.open("/data?lang=en&indicator=births")
    expected = len((TABLES / "births.csv").read_text(encoding="utf-8").splitlines()) - 1
    name, path = download(page, "Download this indicator", "CSV")
    assert name.endswith("births_en.csv")
    assert len(list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))) == expected
    name, path = download(page, "Download this indicator", "XLSX (data, notes, sources)")
    assert name.endswith(".xlsx")
    with path.open("rb") as file:
        assert openpyxl.load_workbook(file)["Data"].max_row == expected + 1
    name, path = download(page, "Download this indicator", "GeoJSON (districts with values)")
    assert name.endswith(".geojson")
    assert len(json.loads(path.read_text(encoding="utf-8"))["features"]) == 8
    name, path = download(page, "Download this indicator", "GeoPackage (districts with values)")
    assert name.endswith(".gpkg")
    copy = path.with_suffix(".gpkg")
    copy.write_bytes(path.read_bytes())
    assert len(pyogrio.read_dataframe(copy)) == 8


def test_everything_at_once(reader: Reader) -> None:
    page = reader.open("/data?lang=kk")
    name, path = download(page, "Барлық деректі жүктеп алу", "Барлығы бір CSV файлында")
    assert name.endswith("all_kk.csv")
    assert len(list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))) == ROWS
    name, path = download(page, "Барлық деректі жүктеп алу", "Datapackage, ZIP")
    assert name.endswith(".zip")
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == 1 + len(list(TABLES.glob("*.csv")))


def test_a_name_of_the_catalogue_opens_the_indicator(reader: Reader, dataset: Dataset) -> None:
    page = reader.open("/data?lang=ru")
    title = dataset.indicators["bus_stops"].title["ru"]
    page.locator("table.catalogue").get_by_role("link", name=title, exact=True).click()
    reader.wait_for_query(indicator="bus_stops", lang="ru")
    expect(page.locator(".indicator-page h2")).to_have_text(title)
    expect(page.locator("table.catalogue a[aria-current]")).to_have_text(title)
