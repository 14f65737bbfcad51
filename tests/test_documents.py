"""README and CONTRIBUTING hold: what they name is there, and every library is declared and explained."""

import re
import sys
import tomllib

import pytest

from tests.test_layers import ROOMS, ROOT, imports, modules

DOCUMENTS = ("README.md", "CONTRIBUTING.md")
WRITTEN_ELSEWHERE = {"data/tables/libraries.csv", "data/tables/libraries.toml"}
"""What a reader of the documents makes, and no file of ours."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LIBRARIES = {re.split(r"[<>=\[ ]", line)[0].lower() for line in PROJECT["dependencies"]}
NOT_IMPORTED = {"httptools", "jinja2", "xlsxwriter"}
"""Taken up by uvicorn, folium and pandas, under whose names they are used."""


def named_paths(document: str) -> set[str]:
    """Every path of a file or folder of ours that a document names in backticks."""
    text = (ROOT / document).read_text(encoding="utf-8")
    words = re.findall(r"`([\w./<>-]+)`", text)
    return {
        word
        for word in words
        if "/" in word and word.split("/")[0] in (*ROOMS, ".github") and "<" not in word
    } - WRITTEN_ELSEWHERE


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_that_is_named_exists(document: str) -> None:
    missing = sorted(path for path in named_paths(document) if not (ROOT / path).exists())
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_module_that_is_named_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    names = set(re.findall(r"`((?:components|data|geo)(?:\.\w+)+)`", text))
    missing = [
        name
        for name in sorted(names)
        if not any(
            (ROOT / f"{part.replace('.', '/')}.py").exists() for part in (name, name.rpartition(".")[0])
        )
    ]
    assert missing == []


def test_every_library_that_is_imported_is_declared_and_every_declared_one_is_imported() -> None:
    imported = {
        name.split(".")[0].replace("_", "-").lower()
        for path in modules()
        for _, name in imports((ROOT / path).read_text(encoding="utf-8"), path)
    }
    foreign = imported - {name.replace("_", "-").lower() for name in sys.stdlib_module_names} - {*ROOMS}
    assert foreign | NOT_IMPORTED == LIBRARIES


def test_readme_says_why_each_library_is_there() -> None:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Libraries, and why")[2]
    rows = re.findall(r"^\| ([a-z0-9, -]+) \|", table.partition("For development")[0], re.MULTILINE)
    explained = {library.strip() for row in rows for library in row.split(",")} - {"library", "---"}
    assert explained == LIBRARIES
