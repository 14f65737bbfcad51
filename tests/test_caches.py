"""No cache grows by what a reader types: without a bound only what has no arguments, or a listed reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("pages", "components", "data", "geo")
UNBOUNDED = {
    "components/bundles.py:asset": "our scripts and sheets",
    "components/bundles.py:path": "our scripts",
    "components/export/documents/css_subset.py:_sheet": "our sheets",
    "components/export/files/district_layers.py:_geometries": "levels of detail",
    "components/export/files/district_layers.py:oriented": "levels of detail",
    "components/export/records/catalogue.py:described": "indicators of the catalogue",
    "components/export/records/observations.py:rows": "indicators and transforms of the catalogue",
    "components/export/rendering/inline_fonts.py:_base64": "our fonts",
    "components/figures/drawing/outlines.py:_frame": "levels of detail",
    "components/figures/drawing/outlines.py:outlines": "levels of detail",
    "components/text/strings.py:strings": "languages",
    "components/bundles.py:address": "our scripts and sheets",
    "components/web/http/static_files.py:_content": "files of Streamlit, named by _names",
    "components/web/http/static_files.py:_packed": "files of Streamlit by content coding",
    "geo/districts.py:districts": "levels of detail",
}
"""What the arguments of each range over: a set that no reader can widen."""


def called(decorator: ast.expr) -> str:
    """The last name of a decorator: ``cache`` of ``@functools.cache``."""
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_unbounded(decorator: ast.expr) -> bool:
    """``@cache``, or ``@lru_cache`` with no other bound than None."""
    if called(decorator) == "cache":
        return True
    if called(decorator) != "lru_cache" or not isinstance(decorator, ast.Call):
        return False
    sizes = [*decorator.args[:1], *(word.value for word in decorator.keywords if word.arg == "maxsize")]
    return any(isinstance(size, ast.Constant) and size.value is None for size in sizes)


def unbounded_caches(source: str) -> Iterator[str]:
    """Functions with arguments of which a result is kept for each that was ever passed."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            takes = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            if (takes or node.args.vararg or node.args.kwarg) and any(map(is_unbounded, node.decorator_list)):
                yield node.name


def every_unbounded_cache() -> set[str]:
    files = [ROOT / "app.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    return {
        f"{path.relative_to(ROOT).as_posix()}:{name}"
        for path in files
        for name in unbounded_caches(path.read_text(encoding="utf-8"))
    }


def test_a_cache_without_a_bound_is_listed_with_its_reason() -> None:
    assert every_unbounded_cache() - set(UNBOUNDED) == set()


def test_the_list_names_no_cache_that_is_gone() -> None:
    assert set(UNBOUNDED) - every_unbounded_cache() == set()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("@cache\ndef f(a): ...", ["f"]),
        ("@functools.cache\ndef f(*, a): ...", ["f"]),
        ("@lru_cache(maxsize=None)\ndef f(a): ...", ["f"]),
        ("@lru_cache(None)\nasync def f(*a): ...", ["f"]),
        ("class A:\n @cache\n def f(self): ...", ["f"]),
        ("@cache\ndef f(): ...", []),
        ("@lru_cache\ndef f(a): ...", []),
        ("@lru_cache(maxsize=8)\ndef f(a): ...", []),
        ("@cached_property\ndef f(self): ...", []),
    ],
)
def test_the_walk_tells_caches_apart(source: str, names: list[str]) -> None:
    assert list(unbounded_caches(source)) == names
