"""A visitor's file to a layer: what is read, what is told, what is refused."""

import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from geo.uploads import columns, delimited_text, reader, worker
from geo.uploads.reader import Remark, Unreadable
from geo.uploads.worker import read
from tests.geo.files import (
    PLACES,
    Values,
    altered,
    collection,
    document,
    files,
    package,
    point,
    points,
    refusal,
    same_places,
    told,
    zipped,
)

pytestmark = pytest.mark.filterwarnings("ignore")
NAMES = ["a.geojson", "a.gpkg", "a.zip", "a.CSV"]


@pytest.mark.parametrize("name", NAMES)
def test_a_plain_file_is_a_layer_of_its_rows(name: str, good: dict[str, bytes]) -> None:
    some = read(name, good[name])
    assert some.kind == "points"
    assert some.table.crs.to_epsg() == 4326
    assert same_places(some)
    assert some.table["имя"].to_list() == ["Абай", "Сәтбаев", "x"]
    assert some.table["number"].to_list() == [1, 2, 3]
    assert set(told(some)) == ({"assumed_crs", "columns_taken"} if name == "a.CSV" else set())


@pytest.mark.parametrize("name", NAMES)
def test_a_cut_file_is_refused_or_read_never_worse(name: str, good: dict[str, bytes]) -> None:
    for end in range(0, len(good[name]), max(1, len(good[name]) // 30)):
        with suppress(Unreadable):
            assert len(read(name, good[name][:end]).table) <= 3


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), changes=st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=3))))
def test_a_changed_file_is_refused_or_read_never_worse(
    name: str, changes: list[tuple[float, bytes]], good: dict[str, bytes]
) -> None:
    content = bytearray(good[name])
    for at, put in changes:
        start = int(at * len(content))
        content[start : start + len(put)] = put
    with suppress(Unreadable):
        read(name, bytes(content))


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from([b"", b"{", b"PK\3\4", b"SQLite format 3\0gpkg_contents", b"lon,lat\n"]),
    content=st.binary(max_size=300),
    suffix=st.sampled_from(sorted(reader.FORMATS)),
)
def test_any_bytes_under_any_suffix_are_refused_or_read(start: bytes, content: bytes, suffix: str) -> None:
    with suppress(Unreadable):
        read("a" + suffix, start + content)


@pytest.mark.parametrize("suffix", sorted(reader.FORMATS))
def test_an_empty_file_is_empty(suffix: str) -> None:
    assert refusal("a" + suffix, b"") == refusal("a" + suffix, b" \n\n") == ("empty", {})


@pytest.mark.parametrize(
    ("name", "holds", "expected"),
    [
        ("a.gpkg", "a.geojson", "gpkg"),
        ("a.gpkg", "a.zip", "gpkg"),
        ("a.geojson", "a.CSV", "geojson"),
        ("a.zip", "a.gpkg", "shapefile"),
        ("a.csv", "a.geojson", "csv"),
        ("a.csv", "a.zip", "csv"),
    ],
)
def test_a_file_under_another_suffix_is_named(
    name: str, holds: str, expected: str, good: dict[str, bytes]
) -> None:
    assert refusal(name, good[holds]) == ("not_this_format", {"expected": expected})


@pytest.mark.parametrize("name", NAMES)
def test_one_feature_too_many_is_refused(
    name: str, good: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (worker, delimited_text):
        monkeypatch.setattr(module, "MAX_FEATURES", 2)
    assert refusal(name, good[name]) == ("too_many", {"limit": 2})


# Where it lies


def test_swapped_coordinates_are_seen_and_exchanged() -> None:
    content = collection(*(point(y, x) for x, y in PLACES))
    some = read("a.geojson", content)
    assert told(some) == {"swapped_coordinates": {"count": 3}, "outside_city": {"count": 3}}
    right = read("a.geojson", content, swap=True)
    assert same_places(right)
    assert told(right) == {"swapped": {"count": 3}}


def test_a_right_layer_with_stray_points_is_not_taken_for_swapped() -> None:
    some = read("a.geojson", collection(*(point(*one) for one in PLACES), point(43.25, 76.95), point(70, 50)))
    assert told(some) == {"outside_city": {"count": 2}}
    across = {"type": "LineString", "coordinates": [[70, 43.25], [76.9, 43.25]]}
    far = {"type": "LineString", "coordinates": [[70, 50], [71, 50]]}
    assert told(read("a.geojson", collection(far, across))) == {"outside_city": {"count": 1}}


@pytest.mark.parametrize("epsg", [4326, 32643, 3857])
def test_a_shapefile_without_system_is_placed_in_the_city(epsg: int, tmp_path: Path) -> None:
    parts = files(points(number=[1, 2, 3]).to_crs(epsg), tmp_path)
    named = read("a.zip", zipped(parts))
    del parts["a.prj"]
    some = read("a.zip", zipped(parts))
    assert same_places(named)
    assert same_places(some)
    assert some.remark("assumed_crs") == Remark("assumed_crs", {"crs": f"EPSG:{epsg}"})
    assert named.remark("assumed_crs") is None
    assert ("converted" in told(some)) == ("converted" in told(named)) == (epsg != 4326)


def test_what_fits_no_system_is_degrees_or_refused() -> None:
    assert told(read("a.csv", b"x;y\n2,35;48,85\n")) == {
        "assumed_crs": {"crs": "EPSG:4326"},
        "columns_taken": {"longitude": "x", "latitude": "y"},
        "outside_city": {"count": 1},
    }
    assert refusal("a.csv", b"x,y\n5655000,790000\n") == ("no_crs", {})
    assert refusal("a.geojson", collection(point(5655000, 790000))) == ("no_crs", {})


def test_geojson_in_metres_has_the_system_it_names_or_one_that_fits() -> None:
    shapes = [point(one.x, one.y) for one in points().to_crs(32643).geometry]
    utm = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32643"}}
    some = read("a.geojson", collection(*shapes, crs=utm))
    assert told(some) == {"converted": {"crs": "WGS 84 / UTM zone 43N"}}
    assert same_places(some)
    assert same_places(read("a.geojson", collection(*shapes)))
    crs84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert told(read("a.geojson", collection(point(*PLACES[0]), crs=crs84))) == {}


def test_a_system_without_a_place_on_earth_is_refused(tmp_path: Path) -> None:
    content = altered(
        package(tmp_path, first=points(number=[1, 2, 3])),
        tmp_path,
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('own', 77, 'me', 1, 'LOCAL_CS[\"a\",UNIT[\"m\",1]]', '')",
        "UPDATE gpkg_geometry_columns SET srs_id = 77",
    )
    assert refusal("a.gpkg", content)[0] == "unknown_crs"


# Geometry

BOW = {
    "type": "Polygon",
    "coordinates": [[[76.9, 43.2], [76.92, 43.22], [76.92, 43.2], [76.9, 43.22], [76.9, 43.2]]],
}
LINE = {"type": "LineString", "coordinates": [[76.9, 43.2], [76.91, 43.2]]}
BOTH = {"type": "GeometryCollection", "geometries": [LINE, point(*PLACES[0])]}


def test_an_area_that_crosses_itself_is_told_and_repaired() -> None:
    flat = {"type": "Polygon", "coordinates": [[[76.9, 43.2], [76.92, 43.22], [76.9, 43.2], [76.9, 43.2]]]}
    content = collection(BOW, json.loads(shapely.to_geojson(box(76.9, 43.2, 76.91, 43.21))), flat)
    some = read("a.geojson", content)
    assert (some.kind, told(some)) == ("areas", {"invalid_geometries": {"count": 2}})
    fixed = read("a.geojson", content, repair=True)
    assert told(fixed) == {"repaired": {"count": 1}, "without_geometry": {"count": 1}}
    assert fixed.table.geometry.is_valid.all()
    assert shapely.area(fixed.table.geometry.to_numpy()).tolist() == pytest.approx([0.02 * 0.01, 1e-4])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", '"76"', "[1]", "9" * 400, "null"])
def test_places_that_are_none_are_counted(number: str) -> None:
    content = collection(point(*PLACES[0]), None, {"type": "Point", "coordinates": []}, point("HERE", 43))
    try:
        some = read("a.geojson", content.replace(b'"HERE"', number.encode()))
    except Unreadable as no:
        assert no.code == "damaged"  # noqa: PT017 - which of the two is GDAL's affair
    else:
        assert told(some) == {"without_geometry": {"count": 3}}


def test_a_file_of_no_places_says_so() -> None:
    assert refusal("a.geojson", collection(None, None)) == ("nothing_readable", {"count": 2})
    assert refusal("a.geojson", collection()) == ("empty", {})


def test_a_mixed_file_is_refused_with_its_kinds_or_one_is_kept() -> None:
    content = collection(point(*PLACES[0]), LINE, LINE, BOTH)
    assert refusal("a.geojson", content) == ("mixed", {"points": 1, "lines": 2, "areas": 0})
    kept = read("a.geojson", content, kind="lines")
    assert (kept.kind, kept.table["number"].to_list()) == ("lines", [1, 2])
    assert told(kept) == {"other_kinds": {"kept": "lines", "count": 2}}
    assert refusal("a.geojson", content, kind="areas")[0] == "mixed"


def test_a_file_of_collections_has_no_kind_to_keep() -> None:
    for kind in (None, "lines"):
        assert refusal("a.geojson", collection(BOTH, None, BOTH), kind=kind) == ("collections", {"count": 2})


def test_heights_are_dropped_and_one_of_several_is_one() -> None:
    several = {"type": "MultiPoint", "coordinates": [[*PLACES[1], 800.0]]}
    some = read("a.geojson", collection({"type": "Point", "coordinates": [*PLACES[0], 900]}, several)).table
    assert list(some.geom_type) == ["Point", "Point"]
    assert not some.has_z.any()


# Attributes


def test_values_are_plain_text_or_numbers_whatever_they_were() -> None:
    script = "<script>alert(1)</script>=cmd|' /C calc'!A0{{7*7}}"
    here = point(*PLACES[0])
    one: Values = {"whole": 1, "real": 1, "word": script, "tree": {"a": [1]}, "list": [1, 2], "geometry": "g"}
    other = {"whole": 2, "real": None, "word": "b\x1b[31m", "tree": [], "late": 4}
    some = read("a.json", document((one, here), (other, here))).table
    assert some["whole"].to_list() == [1, 2]
    assert some["real"].dropna().to_list() == [1.0]
    assert some["word"].to_list() == [script, "b[31m"]
    assert json.loads(some["tree"][0]) == {"a": [1]}
    assert json.loads(some["list"][0]) == [1, 2]
    assert list(some.columns).count("geometry") == 1


def test_columns_and_texts_are_bounded_and_that_is_told() -> None:
    wide = {"long": "я" * 600, **{f"c{number:03}": number for number in range(70)}}
    some = read("a.json", document((wide, point(*PLACES[0]))))
    assert len(some.table.columns) == 50 + 1
    assert some.table.loc[0, "long"] == "я" * 499 + "…"
    assert told(some) == {
        "columns_left_out": {"count": 21, "kept": 50},
        "texts_shortened": {"count": 1, "limit": 500},
    }
    huge = read("a.csv", b"lon,lat,t\n76.9,43.2,%s\n" % (b"x" * 10_000_000))
    assert len(huge.table.loc[0, "t"]) == 500


def test_names_of_columns_are_short_filled_and_different() -> None:
    assert columns.named(["geometry", "a", "A", "", "x" * 90, "x" * 91, " b\n\tc\x00 "]) == [
        *("geometry_2", "a", "A_2", "column_4"),
        *("x" * 60, "x" * 60 + "_2", "b c"),
    ]


# GeoJSON and GeoPackage


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"FeatureCollection","features":[',
        '{"type":"FeatureCollection" "features":[]}',
        '{"type":"FeatureCollection","features":[{"a":' + "[" * 100_000 + "]}",
        '{"a":' * 100_000,
        "{5:1}",
        "{}",
    ],
)
def test_broken_or_deep_geojson_is_refused(text: str) -> None:
    assert refusal("a.geojson", text.encode())[0] in ("damaged", "not_this_format", "empty")


def test_nested_collections_do_not_end_the_process() -> None:
    deep: Any = point(*PLACES[0])
    for _ in range(400):
        deep = {"type": "GeometryCollection", "geometries": [deep]}
    assert refusal("a.geojson", collection(deep))[0] in ("collections", "nothing_readable", "damaged")


@pytest.mark.parametrize(
    ("mark", "codec", "encoding"),
    [
        ("", "cp1251", "windows-1251"),
        ("\ufeff", "utf-8", None),
        ("\ufeff", "utf-16-le", "utf-16-le"),
        ("\ufeff", "utf-16-be", "utf-16-be"),
    ],
)
def test_geojson_in_another_encoding_is_decoded(mark: str, codec: str, encoding: str | None) -> None:
    text = collection(point(*PLACES[0])).decode().replace("number", "номер")
    some = read("a.geojson", (mark + text).encode(codec))
    assert some.table["номер"].to_list() == [0]
    assert told(some) == ({"decoded": {"encoding": encoding}} if encoding else {})


def test_of_several_layers_the_first_is_taken(tmp_path: Path) -> None:
    second = gpd.GeoDataFrame({"v": [5]}, geometry=[box(76.9, 43.2, 76.91, 43.21)], crs=4326)
    some = read("a.gpkg", package(tmp_path, first=points(number=[1, 2, 3]), second=second))
    assert same_places(some)
    assert told(some) == {"several_layers": {"taken": "first", "layers": "first, second"}}


def test_an_sqlite_file_without_layers_is_not_a_geopackage(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "plain.sqlite")) as base:
        base.execute("CREATE TABLE a (b)")
        base.commit()
    content = (tmp_path / "plain.sqlite").read_bytes()
    assert refusal("a.gpkg", content) == ("not_this_format", {"expected": "gpkg"})


def test_a_geopackage_written_with_a_log_is_read(good: dict[str, bytes]) -> None:
    content = good["a.gpkg"]
    assert same_places(read("a.gpkg", content[:18] + b"\2\2" + content[20:]))
