"""The data as files, each opened with a reader of its own and compared with the tables."""

import csv
import hashlib
import io
import json
import time
import zipfile
from math import isnan

import openpyxl
import pyogrio
import pytest

from components.export.files import dataset_tables, district_layers
from components.export.files.indicator_layers import every_period
from tests.components.published import TABLES, figures_of, rows_of
from tests.components.visiting import ask

DISTRICTS = ["alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu"]
SHEETS = {
    "kk": ["Деректер", "Ескертпелер", "Дереккөздер"],
    "ru": ["Данные", "Примечания", "Источники"],
    "en": ["Data", "Notes", "Sources"],
}


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_of_one_indicator_has_every_row_of_the_file(key, dataset):
    found = read_csv(dataset_tables.csv(dataset, [key], "ru"))
    expected = rows_of(key)
    fields = ("area", "period", "obs_status", "method", "source", "note")

    def content(rows: list[dict[str, str]]) -> list[tuple]:
        return sorted((*(row[field] for field in fields), float(row["value"])) for row in rows)

    assert content(found) == content(expected)
    assert {row["indicator"] for row in found} == {key}
    assert {row["title"] for row in found} == {dataset.indicators[key].title["ru"]}
    assert {row["unit"] for row in found} == {dataset.indicators[key].unit["ru"]}


@pytest.mark.parametrize("transform", ["value", "per_1000"])
def test_every_table_of_observations_has_the_same_columns(transform, dataset):
    tables = [
        ask(f"/api/v1/observations?indicator=sme_active&format=csv&limit=1&as={transform}").body,
        dataset_tables.csv(dataset, ["births"], "kk"),
        dataset_tables.csv(dataset, list(dataset.indicators), "ru"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(dataset_tables.xlsx(dataset, ["births"], "en")), read_only=True)
    headers = [next(csv.reader(io.StringIO(table.decode("utf-8-sig")))) for table in tables]
    headers.append([cell.value for cell in next(iter(book["Data"].iter_rows()))])
    assert [header == list(dataset_tables.COLUMNS) for header in headers] == [True] * 4
    with zipfile.ZipFile(io.BytesIO(dataset_tables.package(dataset))) as archive:
        packed = archive.read("tables/births.csv").decode().splitlines()[0].split(",")
    assert packed == [name for name in dataset_tables.COLUMNS if name in packed]


def test_csv_of_everything(dataset, lang):
    content = dataset_tables.csv(dataset, list(dataset.indicators), lang)
    assert content.startswith(b"\xef\xbb\xbf"), "without the mark a spreadsheet takes Cyrillic for Latin"
    found = read_csv(content)
    assert len(found) == sum(len(rows_of(path.stem)) for path in TABLES.glob("*.csv"))
    assert {row["area_name"] for row in found if row["area"] == "medeu"} == {
        {"kk": "Медеу ауданы", "ru": "Медеуский район", "en": "Medeu district"}[lang]
    }


def test_workbook_has_data_notes_and_sources(dataset, lang):
    key = "avg_wage"
    book = openpyxl.load_workbook(io.BytesIO(dataset_tables.xlsx(dataset, [key], lang)))
    assert book.sheetnames == SHEETS[lang]
    data, notes, sources = (
        [list(row) for row in book[name].iter_rows(values_only=True)] for name in book.sheetnames
    )
    rows, one = rows_of(key), dataset.indicators[key]
    assert len(data) == 1 + len(rows)
    value = data[0].index("value")
    assert sorted(row[value] for row in data[1:]) == sorted(float(row["value"]) for row in rows)
    assert len(notes) == 1 + 1 + len(one.notes) + len(one.breaks)
    assert {row[-1] for row in notes[1:]} >= {one.description[lang], *(note[lang] for note in one.notes)}
    assert {row[0] for row in sources[1:]} == {name for row in rows for name in row["source"].split(";")}
    assert all(cell for row in sources[1:] for cell in (row[1], row[2], row[3], row[6])), (
        "a source without facts"
    )
    assert all(sheet.freeze_panes == "A2" for sheet in book)


def test_workbook_of_everything(dataset):
    book = openpyxl.load_workbook(
        io.BytesIO(dataset_tables.xlsx(dataset, list(dataset.indicators), "en")), read_only=True
    )
    lengths = {sheet.title: sum(1 for _ in sheet.iter_rows(values_only=True)) - 1 for sheet in book}
    assert lengths["Data"] == sum(len(rows_of(path.stem)) for path in TABLES.glob("*.csv"))
    assert lengths["Notes"] == sum(
        1 + len(one.notes) + len(one.breaks) for one in dataset.indicators.values()
    )
    used = {
        name
        for path in TABLES.glob("*.csv")
        for row in rows_of(path.stem)
        for name in row["source"].split(";")
    }
    assert lengths["Sources"] == len(used)


def test_a_workbook_is_the_same_bytes_two_seconds_later(dataset):
    content = dataset_tables.xlsx(dataset, ["avg_wage"], "en")
    time.sleep(2.1)  # what an archive can tell apart
    assert dataset_tables.xlsx(dataset, ["avg_wage"], "en") == content


def test_no_cell_of_a_workbook_is_a_formula(dataset):
    book = openpyxl.load_workbook(io.BytesIO(dataset_tables.xlsx(dataset, list(dataset.indicators), "kk")))
    assert not [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("one", ["avg_wage", "births", "migration_net"])
def test_geojson_has_eight_districts_with_the_values_of_the_file(one, dataset):
    layer = json.loads(district_layers.geojson(every_period(dataset, one)))
    assert layer["type"] == "FeatureCollection"
    by_id = {feature["properties"]["id"]: feature for feature in layer["features"]}
    assert list(by_id) == DISTRICTS
    assert {feature["geometry"]["type"] for feature in by_id.values()} <= {"Polygon", "MultiPolygon"}
    values = figures_of(one)
    for (area, period), value in values.items():
        if area != "city":
            assert by_id[area]["properties"][period] == value
    for period in {period for _, period in values}:
        for area in DISTRICTS:
            if (area, period) not in values:
                assert by_id[area]["properties"][period] is None, "missing has to be null, never 0"


def test_geopackage_opens_as_a_layer_named_after_the_indicator(dataset, tmp_path):
    path = tmp_path / "layer.gpkg"
    path.write_bytes(district_layers.geopackage(every_period(dataset, "avg_wage"), "avg_wage"))
    assert [name for name, _ in pyogrio.list_layers(path)] == ["avg_wage"]
    layer = pyogrio.read_dataframe(path, layer="avg_wage").set_index("id")
    assert list(layer.index) == DISTRICTS
    assert layer.crs.to_epsg() == 4326
    assert layer.geometry.is_valid.all()
    assert isnan(layer.loc["almaly", "2023"])
    (expected,) = (
        row["value"] for row in rows_of("avg_wage") if (row["area"], row["period"]) == ("medeu", "2023")
    )
    assert layer.loc["medeu", "2023"] == float(expected)


def test_package_is_the_same_bytes_each_time_and_holds_the_files_themselves(dataset, monkeypatch):
    content = dataset_tables.package(dataset)
    monkeypatch.setattr(zipfile.time, "time", lambda: 2e9)  # another day
    assert content == dataset_tables.package(dataset)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert names == {"datapackage.json"} | {f"tables/{path.name}" for path in TABLES.glob("*.csv")}
        described = json.loads(archive.read("datapackage.json"))
        assert len(described["resources"]) == len(names) - 1
        for resource in described["resources"]:
            content = archive.read(resource["path"])
            assert content == (TABLES.parent / resource["path"]).read_bytes()
            assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
            assert resource["bytes"] == len(content)
