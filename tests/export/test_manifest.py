"""What decides whether a published figure is made anew: every source that draws or writes one."""

import ast
from pathlib import Path

import pytest

from components.export.site import manifest

ROOT = Path(__file__).parents[2]


def path_of(module: str) -> Path | None:
    """The file of a module of the project; None of any other and of a name in a module."""
    stem = ROOT.joinpath(*module.split("."))
    return next((path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.is_file()), None)


def imported(path: Path) -> set[Path]:
    """The files of the project that a file imports, wherever in it, with the packages around them."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import is not followed"
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    every = {".".join(name.split(".")[: end + 1]) for name in names for end in range(name.count(".") + 1)}
    return {path for path in map(path_of, every) if path}


def reached(*modules: str) -> set[str]:
    """Paths from the root of everything that modules import, and what that imports, themselves included."""
    waiting = [path for path in map(path_of, modules) if path]
    assert len(waiting) == len(modules)
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += imported(path)
    return {path.relative_to(ROOT).as_posix() for path in seen}


def below(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


@pytest.fixture(scope="module")
def makers() -> set[str]:
    return reached("components.figures.registry", "components.export.figure_output")


def test_a_change_of_whatever_draws_or_writes_a_figure_is_seen(makers):
    assert {"geo/districts.py", "data/dataset.py", "components/figures/maps/choropleth.py"} <= makers
    assert [path for path in sorted(makers) if not below(path, manifest.AUTHORS)] == []
    assert [path for path in sorted(makers) if path.startswith(manifest.STRANGERS)] == []


def test_a_change_of_what_makes_files_makes_every_file_anew(makers):
    """What a figure shows is compared by itself; how it is written is in none of its parts."""
    drawn = reached("components.figures.registry")
    writers = makers - drawn
    assert "components/export/documents/figure_document.py" in writers
    assert [path for path in sorted(writers) if not below(path, manifest.DRAWERS)] == []


def test_every_named_folder_is_there():
    for name in (*manifest.DRAWERS, *manifest.AUTHORS, *manifest.STRANGERS):
        assert (ROOT / name).exists(), name
