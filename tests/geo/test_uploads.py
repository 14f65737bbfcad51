"""A visitor's file in its process: what that may not do, how long it may take, what it leaves behind."""

import json
import math
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely

from geo.aggregate import aggregate
from geo.uploads import reader
from geo.uploads.reader import Remark, Unreadable
from geo.uploads.worker import read
from tests.geo.files import (
    PLACES,
    altered,
    collection,
    files,
    package,
    point,
    points,
    refusal,
    told,
    zipped,
)

pytestmark = pytest.mark.filterwarnings("ignore")


def viewed(sql: str, folder: Path) -> bytes:
    """A GeoPackage whose layer is computed when it is read."""
    return altered(
        package(folder, base=points(number=[1, 2, 3])),
        folder,
        f"CREATE VIEW computed AS {sql}",
        "UPDATE gpkg_contents SET table_name = 'computed', identifier = 'computed'",
        "UPDATE gpkg_geometry_columns SET table_name = 'computed'",
    )


def children() -> set[str]:
    """Processes that this one has started."""
    return {
        one for task in Path("/proc/self/task").iterdir() for one in (task / "children").read_text().split()
    }


def test_what_can_be_seen_from_outside_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subprocess.run", None)
    assert refusal("../x.vrt", b"<a/>", reader.read) == ("unknown_format", {"name": "x.vrt"})
    monkeypatch.setattr(reader, "MAX_BYTES", 2 * 2**20)
    large = b"{" * (2 * 2**20 + 1)
    assert refusal("a.json", large, reader.read) == ("too_large", {"size_mb": 3, "limit_mb": 2})


def test_codes_carry_the_values_they_declare() -> None:
    for wrong in (lambda: Unreadable("mixed", count=1), lambda: Remark("outside_city"), lambda: Remark("x")):
        with pytest.raises(ValueError, match="declared"):
            wrong()


def test_visitors_at_the_same_time_and_elsewhere_get_what_one_alone_gets(
    good: dict[str, bytes],
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path_factory.mktemp("more")
    good = {
        **good,
        "windows.zip": zipped(files(points(имя=["Абай", "ы", "ё"]), folder, encoding="cp1251")),
        "pulkovo.gpkg": package(folder, first=points(v=[1, 2, 3]).to_crs(28413)),
    }
    monkeypatch.chdir(tmp_path)
    before = children()
    with ThreadPoolExecutor(2) as visitors:
        found = dict(zip(good, visitors.map(reader.read, good, good.values()), strict=True))
    for name, content in good.items():
        alone, answer = read(name, content), found[name]
        assert (answer.kind, answer.count, answer.remarks) == (alone.kind, len(alone.table), alone.remarks)
        assert set(answer.columns) == set(alone.table.select_dtypes("number")), name
        places = alone.table.geometry.map(lambda shape: [round(shape.y, 5), round(shape.x, 5)])
        assert answer.drawn == list(places), name
        assert answer.by_district is None
    assert list(tmp_path.iterdir()) == []
    assert children() <= before


def test_what_is_asked_for_arrives() -> None:
    bow = {"type": "Polygon", "coordinates": [[[43.2, 76.9], [43.22, 76.92], [43.2, 76.92], [43.22, 76.9]]]}
    bow["coordinates"][0].append([43.2, 76.9])
    options: dict[str, Any] = {"kind": "areas", "repair": True, "swap": True}
    content = collection(bow, point(1, 2))
    some = reader.read("a.json", content, **options, by_district=True)
    assert (some.kind, some.count) == ("areas", 1)
    assert told(some) == {
        "other_kinds": {"kept": "areas", "count": 1},
        "repaired": {"count": 1},
        "swapped": {"count": 1},
    }
    assert some.by_district is not None
    pd.testing.assert_frame_equal(some.by_district, aggregate(read("a.json", content, **options).table))
    # Half of the box, in two triangles: 0.02 degrees of latitude times 0.02 of longitude, halved.
    box = 0.02 * 111.1 * 0.02 * 111.3 * math.cos(math.radians(43.21))
    assert some.by_district["area_km2"].sum() == pytest.approx(box / 2, rel=0.01)


def test_mean_and_sum_by_district_pass_the_process_unrounded() -> None:
    table = points(v=[0.1, 0.2, 1e-9])
    content = table.to_json().encode()
    found = reader.read("a.json", content, by_district=True, value="v").by_district
    assert found is not None
    pd.testing.assert_frame_equal(found, aggregate(table, "v"))


def test_what_is_drawn_is_bounded_and_spread_over_the_layer() -> None:
    many = collection(*(point(76.9 + number / 1e6, 43.2) for number in range(7000)))
    some = reader.read("a.json", many)
    assert some.count == 7000
    assert 2000 < len(some.drawn) <= 3000
    assert some.drawn[0] == [43.2, 76.9]
    assert some.drawn[-1][1] > 76.9069
    ring = shapely.Point(76.9, 43.25).buffer(0.05, quad_segs=4000)
    areas = collection(*[shapely.geometry.mapping(ring)] * 20)
    drawn = reader.read("b.json", areas).drawn
    assert len(drawn) == 20
    assert sum(len(ring) for area in drawn for part in area for ring in part) < 20_000
    nearest = min(abs(one - 43.3) for one, _ in drawn[0][0][0])
    assert nearest < 0.0003, "the drawn ring is not the ring that was sent"


ESRI = {
    "geometryType": "esriGeometryPoint",
    "spatialReference": {"wkid": 4326},
    "features": [{"geometry": {"x": 76.9, "y": 43.2}, "attributes": {}}],
}
TOPOLOGY = {"type": "Topology", "objects": {"a": point(*PLACES[0])}, "arcs": []}


def test_json_that_another_driver_would_open_is_not_geojson() -> None:
    documents = [json.dumps(one).encode() for one in (ESRI, TOPOLOGY)]
    with ThreadPoolExecutor(2) as visitors:
        answers = visitors.map(lambda one: refusal("a.json", one, reader.read), documents)
    assert list(answers) == [("not_this_format", {"expected": "geojson"})] * 2


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.zip", "a.csv"])
@pytest.mark.parametrize(
    "content",
    [
        b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>",
        b"<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'></kml>",
    ],
)
def test_a_virtual_dataset_or_kml_is_no_layer_under_any_name(name: str, content: bytes) -> None:
    assert refusal(name, content, reader.read)[0] == "not_this_format"


CONFINED = """
import json, os, socket, sys
import pyogrio
from geo.uploads.worker import _confine
_confine(60)
def fails(act):
    try:
        act()
    except Exception as error:
        return type(error).__name__
    return ""
json.dump({
    "drivers": sorted(pyogrio.list_drivers()),
    "nice": os.nice(0),
    "file": fails(lambda: open("/etc/passwd")),
    "new": fails(lambda: open("/tmp/new", "w")),
    "socket": fails(socket.socket),
    "url": fails(lambda: pyogrio.read_info("/vsicurl/http://127.0.0.1:9/a.geojson")),
    "vrt": fails(lambda: pyogrio.read_info(b"<OGRVRTDataSource></OGRVRTDataSource>")),
    "memory": fails(lambda: bytearray(3 * 2**30)),
    "environment": sorted(os.environ),
}, sys.stdout)
"""


def test_the_process_has_no_files_no_network_and_three_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    done = subprocess.run(
        [sys.executable, "-c", CONFINED],
        cwd=Path(reader.__file__).parents[2],
        env=reader._environment(),
        check=True,
        stdout=subprocess.PIPE,
    )
    found = json.loads(done.stdout)
    assert set(found.pop("drivers")) == reader.DRIVERS
    assert found.pop("nice") >= 10
    assert "SECRET" not in found.pop("environment")
    assert found == {
        "file": "OSError",
        "new": "OSError",
        "socket": "OSError",
        "url": "DataSourceError",
        "vrt": "DataSourceError",
        "memory": "MemoryError",
    }


def test_an_address_in_a_file_is_not_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        crs = {"type": "link", "properties": {"href": address, "type": "proj4"}}
        assert reader.read("a.json", collection(point(*PLACES[0]), crs=crs)).count == 1
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)"
    content = viewed(f"{endless} SELECT max(x) AS v, 1 AS fid, NULL AS geom FROM r", tmp_path)
    monkeypatch.setattr(reader, "SECONDS", 6)
    before = children()
    assert refusal("a.gpkg", content, reader.read) == ("too_demanding", {"seconds": 6})
    assert children() <= before


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    columns = ", ".join(f"hex(zeroblob(400000000)) AS c{number}" for number in range(4))
    content = viewed(f"SELECT fid, geom, {columns} FROM base", tmp_path)
    assert refusal("a.gpkg", content, reader.read)[0] == "too_demanding"


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        (-signal.SIGXCPU, "too_demanding"),
        (-signal.SIGKILL, "too_demanding"),
        (-signal.SIGABRT, "too_demanding"),
        (-signal.SIGSEGV, "damaged"),
        (1, "damaged"),
    ],
)
def test_a_process_that_ends_early_is_a_refusal_and_never_sees_a_name(
    ended: int, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        assert not any("; rm" in one for one in (*command, *options["env"].values()))
        return subprocess.CompletedProcess(command, ended, b'{"remarks": [')

    monkeypatch.setattr("subprocess.run", run)
    assert refusal("$(x); rm.geojson", b"{}", reader.read)[0] == code
