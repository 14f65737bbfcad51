"""Figures as files, read by other programs: the published values, the name, the same bytes each time."""

import csv
import io
import json
import re
import struct
import time
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyogrio
import pypdf
import pytest

from components.export import figure_output
from components.export.documents.urls import UrlBuilder
from components.export.files.file_formats import FIGURE_FORMATS
from components.figures.registry import draw
from components.refusal import RequestError
from components.text.strings import LANGS
from components.view import View
from tests.components.reading import squeezed

ROOT = Path(__file__).parents[2]
PLACE = UrlBuilder("https://almaty.example", str)
WAGE = View(lang="en", indicator="avg_wage", period="2023", transform="value")
SVG = "{http://www.w3.org/2000/svg}"


def published(indicator: str, period: str) -> dict[str, float]:
    """What the table of an indicator says, read line by line."""
    with (ROOT / "data" / "tables" / f"{indicator}.csv").open(encoding="utf-8", newline="") as file:
        rows = [one for one in csv.DictReader(file) if one["period"] == period and one["value"]]
    return {one["area"]: float(one["value"]) for one in rows}


def made(name: str, view: View, dataset, ending: str, size: str = "1x") -> tuple[bytes, str]:
    figure = draw(name, view, dataset)
    return figure_output.file(figure, PLACE, ending, size), figure_output.file_name(figure, ending)


@pytest.fixture(scope="module")
def truth() -> dict[str, float]:
    found = published("avg_wage", "2023")
    assert len(found) > 5
    return found


@pytest.mark.parametrize("name", ["map", "ranking"])
def test_csv_and_json_hold_the_published_values(name, dataset, truth):
    content, _ = made(name, WAGE, dataset, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {one["area"]: float(one["value"]) for one in rows if one["value"]} == truth
    assert all(one["source"] for one in rows)
    record = json.loads(made(name, WAGE, dataset, "json")[0])
    assert {one["area"]: one["value"] for one in record["table"] if one["value"] is not None} == truth
    assert record["address"].startswith("https://almaty.example/f/")
    assert record["sources"]
    assert record["checked_on"]


def test_a_workbook_opens_and_holds_the_published_values(dataset, truth):
    book = openpyxl.load_workbook(io.BytesIO(made("map", WAGE, dataset, "xlsx")[0]))
    data, about = book.worksheets
    found = {cell for row in data.iter_rows(min_row=2, values_only=True) for cell in row}
    assert set(truth.values()) <= found
    words = " ".join(str(cell) for row in about.iter_rows(values_only=True) for cell in row if cell)
    assert "https://almaty.example/f/map?lang=en" in words
    assert any(source.url in words for source in dataset.sources.values())


def test_layers_open_in_another_program_and_hold_the_published_values(dataset, truth, tmp_path):
    for ending in ("geojson", "gpkg"):
        path = tmp_path / f"one.{ending}"
        path.write_bytes(made("map", WAGE, dataset, ending)[0])
        layer = pyogrio.read_dataframe(path)
        assert len(layer) == 8
        assert layer.crs.to_epsg() == 4326
        assert layer.geometry.is_valid.all()
        west, south, east, north = layer.total_bounds
        assert (76 < west < east < 78, 42 < south < north < 44) == (True, True)
        values = layer.set_index("id")["value"].dropna().to_dict()
        assert values == {key: value for key, value in truth.items() if key in values}
        assert set(values) == set(truth) - {"city"}


def test_a_trend_holds_every_published_period(dataset):
    rows = list(csv.DictReader(io.StringIO(made("trend", WAGE, dataset, "csv")[0].decode("utf-8-sig"))))
    assert {one["period"] for one in rows} >= {str(year) for year in range(2017, 2024)}
    for year in ("2017", "2023"):
        (row,) = [one for one in rows if one["period"] == year]
        known = published("avg_wage", year)
        assert {key: float(row[key]) for key in known} == known


@pytest.mark.parametrize(
    ("name", "view", "ending", "called"),
    [
        ("map", WAGE, "csv", "almaty2050_map_avg_wage_2023_en.csv"),
        ("map", View(lang="kk", indicator="births", period="2024-01-01/P9M"), "json", None),
        ("matrix", View(lang="ru"), "json", "almaty2050_matrix_ru.json"),
        ("compare", View(lang="kk", a="medeu", b="city"), "svg", "almaty2050_compare_medeu_city_kk.svg"),
        ("district", View(lang="en", district=("medeu",)), "csv", "almaty2050_district_medeu_en.csv"),
        ("district", View(lang="en"), "csv", "almaty2050_district_alatau_en.csv"),
    ],
)
def test_a_file_is_called_after_what_is_in_it(name, view, ending, called, dataset):
    found = made(name, view, dataset, ending)[1]
    assert called in (None, found)
    assert re.fullmatch(rf"almaty2050_{name}(_[a-z0-9_]+)*?(_[0-9-TPM]+)?_{view.lang}\.{ending}", found), (
        found
    )


@pytest.mark.parametrize(("name", "lang"), [("map", "kk"), ("trend", "ru"), ("table", "en")])
def test_an_image_says_where_it_is_from(name, lang, dataset):
    view = View(lang=lang)
    record = json.loads(made(name, view, dataset, "json")[0])
    wanted = [record["title"], record["sentence"], *(one["body"] for one in record["sources"])]
    root = ElementTree.fromstring(made(name, view, dataset, "svg")[0])
    assert root.tag == SVG + "svg"
    drawn = squeezed("".join(root.itertext()))
    pdf = pypdf.PdfReader(io.BytesIO(made(name, view, dataset, "pdf")[0]))
    printed = squeezed("".join(page.extract_text() for page in pdf.pages))
    for words in [*wanted, "https://almaty.example/f/"]:
        assert squeezed(words) in drawn
        assert squeezed(words) in printed
    assert pdf.trailer["/Root"]["/Lang"] == lang
    assert not [
        one for one in root.iter() if one.tag in (SVG + "script", SVG + "foreignObject", SVG + "image")
    ]


@pytest.mark.parametrize("name", ["map", "trend"])
def test_pictures_have_the_size_that_was_asked_for(name, dataset):
    sizes = {}
    for size in ("1x", "2x", "card"):
        content, _ = made(name, View(lang=LANGS[0]), dataset, "png", size)
        assert content[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
        sizes[size] = struct.unpack(">II", content[16:24])
    assert sizes["1x"][0] == 900
    assert sizes["2x"] == (1800, 2 * sizes["1x"][1])
    assert sizes["card"] == (1200, 630)


def test_the_same_figure_is_the_same_bytes_two_seconds_later(dataset):
    cases = [("map", ending) for ending in FIGURE_FORMATS]
    first = {case: made(case[0], WAGE, dataset, case[1])[0] for case in cases}
    time.sleep(2.1)
    assert [case for case in cases if made(case[0], WAGE, dataset, case[1])[0] != first[case]] == []


def test_a_figure_that_is_not_of_districts_has_no_layer(dataset):
    for ending in ("geojson", "gpkg"):
        with pytest.raises(RequestError, match="no geometry"):
            made("trend", WAGE, dataset, ending)
