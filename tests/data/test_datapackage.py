"""The data package: valid by another's reading of the standard, and made of the very tables."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import frictionless
import pytest

from components.cli.main import main
from data.dataset import DATA, Dataset

TABLES = sorted((DATA / "tables").glob("*.csv"))


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as the command line writes it, into a folder that does not exist yet."""
    folder = tmp_path_factory.mktemp("package") / "new" / "folder"
    assert main(["datapackage", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def descriptor(package: Path) -> dict[str, Any]:
    return dict(json.loads((package / "datapackage.json").read_text(encoding="utf-8")))


def test_frictionless_finds_it_valid(package: Path) -> None:
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.flatten(["type", "message"]) == []
    assert report.valid
    rows = {task.place: task.stats["rows"] for task in report.tasks}
    assert len(rows) == len(TABLES)
    for path in TABLES:
        with path.open(encoding="utf-8", newline="") as file:
            assert rows[f"tables/{path.name}"] == sum(1 for _ in csv.DictReader(file))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("alatau,2024,8270", "alatau,2024,8271", "hash-count"),
        ("alatau,2024,8270", "talgar,2024,8270", "constraint-error"),
        ("alatau,2024,8270", "alatau,2024,-827", "constraint-error"),
        ("alatau,2024,8270", "alatau,2024,8 70", "type-error"),
        ("alatau,2024,8270", "alatau,2022,8270", "primary-key"),
    ],
)
def test_frictionless_finds_a_table_that_was_tampered_with(
    before: str, after: str, kind: str, package: Path, tmp_path: Path
) -> None:
    """So the schema and the hash say something."""
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [one for one in described["resources"] if one["name"] == "births"]
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    (tmp_path / "tables").mkdir()
    text = (package / "tables" / "births.csv").read_text(encoding="utf-8")
    assert text.count(before) == 1
    (tmp_path / "tables" / "births.csv").write_text(text.replace(before, after), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert kind in [found for (found,) in report.flatten(["type"])]


def test_hashes_and_sizes_are_those_of_the_tables(descriptor: dict[str, Any], package: Path) -> None:
    resources = {one["path"]: one for one in descriptor["resources"]}
    assert set(resources) == {f"tables/{path.name}" for path in TABLES}
    for path in TABLES:
        content = path.read_bytes()
        resource = resources[f"tables/{path.name}"]
        assert (package / resource["path"]).read_bytes() == content
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)


def test_every_resource_credits_the_sources_of_its_rows(descriptor: dict[str, Any], dataset: Dataset) -> None:
    for resource in descriptor["resources"]:
        with (DATA / resource["path"]).open(encoding="utf-8", newline="") as file:
            keys = {key for row in csv.DictReader(file) for key in row["source"].split(";")}
        credited = {(one["title"], one["path"]) for one in resource["sources"]}
        assert credited == {(dataset.sources[key].title, dataset.sources[key].url) for key in keys}
        assert resource["unit"].strip()
        assert resource["title"].strip()
    assert len(descriptor["sources"]) == len(dataset.sources)
    assert descriptor["licenses"]
