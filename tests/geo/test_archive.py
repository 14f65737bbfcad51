"""A zipped Shapefile: what an archive may hold, and what of it is unpacked."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from geo.uploads import shapefile_zip
from geo.uploads.reader import Unreadable
from geo.uploads.worker import read
from tests.geo.files import files, points, refusal, same_places, told, zipped

pytestmark = pytest.mark.filterwarnings("ignore")
BOMB = zipped({"a.shp": bytes(30 * 2**20), "a.dbf": b"", "a.shx": b""})
DAMAGED = ("damaged", {"expected": "shapefile"})


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, bytes]:
    return files(points(number=[1, 2, 3]), tmp_path)


def entries(content: bytes, at: int, value: bytes) -> bytes:
    """The archive with a field of every entry of its directory changed."""
    made, start = bytearray(content), content.find(shapefile_zip.ENTRY)
    while start >= 0:
        made[start + at : start + at + len(value)] = value
        start = made.find(shapefile_zip.ENTRY, start + 4)
    return bytes(made)


@pytest.mark.parametrize("member", ["../a.shp", "/etc/a.shp", "x/../../a.shp", "..\\a.shp", "C:\\a.shp"])
def test_a_path_out_of_the_archive_is_refused(member: str, parts: dict[str, bytes]) -> None:
    assert refusal("a.zip", zipped({**parts, member: b"x"})) == ("path_in_archive", {"member": member})


def test_a_symbolic_link_is_refused() -> None:
    link = zipfile.ZipInfo("a.shp")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr(link, "/etc/passwd")
    assert refusal("a.zip", buffer.getvalue()) == ("path_in_archive", {"member": "a.shp"})


def test_a_bomb_is_refused_by_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = entries(zipped({"a.shp": b"", "a.dbf": b"", "a.shx": b""}), 24, struct.pack("<I", 2**31))
    crowd = zipped({f"{one}.txt": b"" for one in range(1001)})
    monkeypatch.setattr(shapefile_zip, "_unpacked", None)
    for bomb in (BOMB, declared, crowd):
        assert refusal("a.zip", bomb) == ("zip_bomb", {"limit_mb": 200})


def test_members_are_as_long_and_as_packed_as_they_say(parts: dict[str, bytes]) -> None:
    content = zipped(parts)
    for size in (10, 5_000):
        assert refusal("a.zip", entries(content, 24, struct.pack("<I", size))) == DAMAGED
    assert refusal("a.zip", entries(content, 8, b"\1\0"))[0] == "encrypted"
    assert refusal("a.zip", zipped(parts, zipfile.ZIP_LZMA)) == DAMAGED


def test_only_the_parts_of_one_shapefile_are_unpacked(
    parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {f"data/{name.upper()}": content for name, content in parts.items()}
    second = {f"z/{name}": content for name, content in parts.items()}
    rest = {"__MACOSX/data/._a.shp": b"x", "readme.html": b"<script>", "a.vrt": b"<", "more.zip": BOMB}
    opened: list[str] = []
    whole = shapefile_zip._unpacked
    monkeypatch.setattr(
        shapefile_zip, "_unpacked", lambda of, one: opened.append(one.filename) or whole(of, one)
    )
    some = read("a.zip", zipped({**rest, **second, **first}))
    assert same_places(some)
    assert sorted(opened) == sorted(first)
    assert told(some) == {"several_layers": {"taken": "data/A", "layers": "data/A, z/a"}}


def test_shapefiles_of_one_name_in_several_folders_are_several(parts: dict[str, bytes]) -> None:
    first = {f"a/{name}": content for name, content in parts.items()}
    half = {f"b/{name}": b"x" for name in parts if name != "a.dbf"}
    some = read("a.zip", zipped({**half, **first}))
    assert same_places(some)
    assert told(some) == {"several_layers": {"taken": "a/a", "layers": "a/a, b/a"}}


def test_an_archive_without_a_shapefile_or_with_half_of_one(parts: dict[str, bytes]) -> None:
    for members in ({}, {"a.txt": b"x", "a.dbf": b"x"}):
        assert refusal("a.zip", zipped(members)) == ("no_shapefile_in_archive", {})
    for part in ("shx", "dbf"):
        half = {name: content for name, content in parts.items() if name != f"a.{part}"}
        assert refusal("a.zip", zipped(half)) == ("missing_part", {"part": f".{part}"})
    assert refusal("a.zip", zipped({**parts, "a.shp": b"\0" + parts["a.shp"]})) == DAMAGED


@pytest.mark.parametrize(
    ("codec", "declared", "text", "encoding"),
    [
        ("cp1251", False, "Сатпаев", "windows-1251"),
        ("cp866", True, "Сатпаев", None),
        ("utf-8", False, "Сәтбаев", None),
        ("cp1251", True, "Сатпаев", None),
    ],
)
def test_the_table_of_a_shapefile_is_decoded(
    codec: str, declared: bool, text: str, encoding: str | None, tmp_path: Path
) -> None:
    some = files(points(имя=[text, "Жибек Жолы", "б"]), tmp_path, encoding=codec)
    if not declared:
        del some["a.cpg"]
    layer = read("a.zip", zipped(some))
    assert layer.table["имя"].to_list() == [text, "Жибек Жолы", "б"]
    assert told(layer) == ({"decoded": {"encoding": encoding}} if encoding else {})


def test_kazakh_letters_in_the_windows_page_are_told_apart(tmp_path: Path) -> None:
    bytes_as_russian = "Әуезов".encode("kz1048").decode("cp1251")
    some = files(points(name=[bytes_as_russian, "a", "b"]), tmp_path, encoding="cp1251")
    del some["a.cpg"]
    layer = read("a.zip", zipped(some))
    assert layer.table["name"].to_list() == ["Әуезов", "a", "b"]
    assert told(layer) == {"decoded": {"encoding": "kz1048"}}


@pytest.mark.parametrize(
    ("part", "at", "value"),
    [
        ("dbf", 4, struct.pack("<I", 2**31 - 1)),
        ("dbf", 8, struct.pack("<HH", 2, 1)),
        ("shp", 24, struct.pack(">i", 2**30)),
        ("shx", 24, struct.pack(">i", 2**30)),
        ("shp", 104, struct.pack(">i", 2**30)),
        ("shp", 104, struct.pack(">i", -1)),
        ("shp", 144, struct.pack("<ii", 2**30, 2**30)),
        ("shp", 148, struct.pack("<i", -1)),
    ],
)
def test_a_shapefile_that_declares_what_is_not_there_does_no_harm(
    part: str, at: int, value: bytes, tmp_path: Path
) -> None:
    some = files(gpd.GeoDataFrame({"v": [1]}, geometry=[box(76.9, 43.2, 77, 43.3)], crs=4326), tmp_path)
    broken = bytearray(some[f"a.{part}"])
    broken[at : at + len(value)] = value
    try:
        assert len(read("a.zip", zipped({**some, f"a.{part}": bytes(broken)})).table) <= 1
    except Unreadable as no:
        assert no.code in ("damaged", "nothing_readable", "empty", "too_many")  # noqa: PT017
