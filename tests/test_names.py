"""What a newcomer may rely on: names that say what a thing is, modules and folders small enough to read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_layers import ROOT, modules

VAGUE = {"one", "found", "shown", "known"}
"""Identifiers that name nothing of the field."""
CATCH_ALL = {"utils", "helpers", "common", "misc", "manager"}
LONGEST_MODULE = 300
"""Lines."""
LARGEST_FOLDER = 14
"""Modules."""
LONGER: dict[str, str] = {
    "components/arguments.py": "one table of all arguments, and the reader that the rows are read by",
    "components/export/records/models.py": "one row per field of every answer of the interface",
    "data/transforms.py": "six transforms of one table, which share what they divide by",
    "data/inequality.py": "the formulas with their papers, each a few lines",
}
"""Modules that may be longer, and why."""
LARGER: dict[str, str] = {
    "data": "one flat room: every module is a measure or a table that stands beside the others"
}
"""Folders that may hold more modules, and why."""


def folder_of(path: str) -> str:
    """The folder of a module, from the root."""
    return Path(path).parent.as_posix()


def identifiers(source: str) -> Iterator[tuple[int, str]]:
    """Line and name of every variable, argument, attribute, keyword, function and class of a module."""
    for node in ast.walk(ast.parse(source)):
        for field in ("id", "arg", "attr", "name", "asname"):
            if isinstance(name := getattr(node, field, None), str):
                yield getattr(node, "lineno", 0), name


def vague(source: str, path: str) -> list[str]:
    """A sentence for every identifier that names nothing."""
    return [
        f"{path}:{line}: {name} names nothing; use a noun of the field"
        for line, name in identifiers(source)
        if name in VAGUE
    ]


@pytest.mark.each("path", modules())
def test_every_identifier_names_something(path: str) -> None:
    assert vague((ROOT / path).read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    "source",
    [
        "one = 1",
        "def found(): ...",
        "class Shape:\n    shown: int",
        "def show(*, known=1): ...",
        "show(known=1)",
        "print(series.found)",
        "lambda one: one",
        "[1 for one in ()]",
        "import numpy as one",
    ],
)
def test_a_vague_identifier_is_named_with_its_line(source: str) -> None:
    assert vague(source, "data/periods.py")[0].startswith("data/periods.py:")


def test_words_of_texts_and_longer_names_are_let_pass() -> None:
    assert vague('"one"\n# found\nshown_value = known_periods = {"one": "found"}', "data/periods.py") == []


def test_no_module_or_folder_is_a_catch_all() -> None:
    names = {part for path in modules() for part in Path(path).with_suffix("").parts}
    assert names & CATCH_ALL == set()
    assert {"components", "figures", "trend"} <= names


def test_modules_are_short_enough_to_read() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {
        path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE and path not in LONGER
    } == {}
    assert [path for path in LONGER if lengths.get(path, 0) <= LONGEST_MODULE] == []


def test_folders_are_small_enough_to_know() -> None:
    folders: dict[str, int] = {}
    for path in modules():
        if not path.endswith("__init__.py"):
            folder = folder_of(path)
            folders[folder] = folders.get(folder, 0) + 1
    assert {
        name: count for name, count in folders.items() if count > LARGEST_FOLDER and name not in LARGER
    } == {}
    assert [name for name in LARGER if folders.get(name, 0) <= LARGEST_FOLDER] == []
