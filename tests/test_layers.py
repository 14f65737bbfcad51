"""Which way the arrows point, between rooms and floors of components; who may know of Streamlit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("tests", "app", "pages", "components", "data", "geo")
"""From left to right; a module imports only from its own room or from rooms to its right."""
FLOORS = (
    "text",
    "figure view selection arguments refusal bundles",
    "figures/drawing",
    "figures/charts figures/tables",
    "figures/maps",
    "figures/sections",
    "figures/registry",
    "export/rendering export/files export/records",
    "export/documents",
    "export/figure_output",
    "export/site",
    "controls",
    "web/http",
    "web/api",
    "web",
    "cli",
)
"""The floors of components, the lowest first; a module imports only from its own floor or from lower ones."""
STAIRS: dict[str, str] = {
    "components/text/sentences.py → components.figure": "the sentence of a source is built with its note",
    "components/bundles.py → components.figures.drawing": "a bundle holds markup",
    "components/export/rendering/plotly_svg.py → components.export.documents": "embeds the fonts",
}
"""Arrows up that are still there; each has to go."""
MAY_KNOW_STREAMLIT = ("app.py", "pages/", "components/controls/", "components/web/")


def modules() -> list[str]:
    """Every Python file of the app, as a path from the root."""
    files = [ROOT / "app.py", *(path for room in ROOMS[2:] for path in (ROOT / room).rglob("*.py"))]
    return sorted(path.relative_to(ROOT).as_posix() for path in files)


def imports(source: str, path: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, wherever in it; relative names made absolute."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            named = [*above, *([node.module] if node.module else [])]
            yield from ((node.lineno, ".".join([*named, alias.name])) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__"):
                yield node.lineno, str(node.args[0].value)


def arrows_to_the_left(source: str, path: str) -> list[str]:
    """A sentence for every import that a module of a room must not have."""
    own = path.removesuffix(".py").split("/")[0]
    found = []
    for line, name in imports(source, path):
        other = name.split(".")[0]
        if other in ROOMS and ROOMS.index(other) < ROOMS.index(own):
            found.append(f"{path}:{line}: {own} imports {name}, a room to its left")
        elif other in ("app", "pages"):
            found.append(f"{path}:{line}: imports {name}; {other} is never imported")
        if other.startswith("streamlit") and not path.startswith(MAY_KNOW_STREAMLIT):
            found.append(f"{path}:{line}: imports {name}; only controls, web and pages know of Streamlit")
    return found


def floor_of(path: str) -> tuple[int, str] | None:
    """The floor of a module of components and the name it has there; None for what belongs to no floor."""
    inside = path.removeprefix("components/")
    named = [(room, level) for level, floor in enumerate(FLOORS) for room in floor.split()]
    fitting = [(len(room), level, room) for room, level in named if f"{inside}/".startswith(f"{room}/")]
    return max(fitting)[1:] if fitting else None


def arrows_up(source: str, path: str) -> list[str]:
    """A sentence for every import of a module of components from a floor above its own."""
    own = floor_of(path.removesuffix(".py"))
    if own is None:
        return []
    sentences = []
    for line, name in imports(source, path):
        other = floor_of(name.replace(".", "/")) if name.startswith("components.") else None
        if other and other[0] > own[0] and not any(stair in f"{path} → {name}" for stair in STAIRS):
            sentences.append(f"{path}:{line}: {own[1]} imports {name}, a floor above it")
    return sentences


@pytest.mark.each("path", modules())
def test_no_arrow_points_left_or_up(path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    assert arrows_to_the_left(source, path) + arrows_up(source, path) == []


def test_every_module_of_components_stands_on_a_floor() -> None:
    inside = [path for path in modules() if path.startswith("components/") and "__init__" not in path]
    assert [path for path in inside if floor_of(path.removesuffix(".py")) is None] == []
    rooms = {room for floor in FLOORS for room in floor.split()} - {"arguments"}
    assert [room for room in rooms if not any(path.startswith(f"components/{room}") for path in inside)] == []


def test_the_walk_sees_every_room() -> None:
    rooms = {path.removesuffix(".py").split("/")[0] for path in modules()}
    assert rooms == {"app", "pages", "components", "data", "geo"}
    assert {"app.py", "data/periods.py", "geo/districts.py", "components/figures/maps/choropleth.py"} <= {
        *modules()
    }


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("geo/districts.py", "import data", 1),
        ("geo/districts.py", "x = 1\nfrom data.dataset import load", 2),
        ("data/periods.py", "from components.view import View", 1),
        ("data/periods.py", "def late():\n    import components.view as view", 2),
        ("data/periods.py", "if TYPE_CHECKING:\n    from components import view", 2),
        ("data/periods.py", "from tests.data import conftest", 1),
        ("components/figures/charts/trend.py", "import os, pages.map", 1),
        ("components/figures/charts/trend.py", "from ....pages import map", 1),
        ("components/cli/main.py", "import importlib\nimportlib.import_module('app')", 2),
        ("components/cli/main.py", "__import__('pages.map')", 1),
        ("pages/map.py", "from pages import data", 1),
        ("pages/map.py", "from . import data", 1),
        ("pages/map.py", "import app", 1),
        ("app.py", "import pages.map", 1),
        ("components/figures/charts/trend.py", "import streamlit as st", 1),
        ("components/view.py", "from streamlit.runtime import get_instance", 1),
        ("components/view.py", "from streamlit_folium import st_folium", 1),
        ("data/dataset.py", "import streamlit", 1),
        ("geo/layers.py", "def late():\n    import streamlit", 2),
    ],
)
def test_an_arrow_to_the_left_is_named_with_file_and_line(path: str, source: str, line: int) -> None:
    (sentence,) = arrows_to_the_left(source, path)
    assert sentence.startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("app.py", "import streamlit\nfrom components.controls import bar\nfrom data.dataset import load"),
        ("pages/map.py", "import streamlit as st\nfrom geo.districts import DISTRICTS"),
        ("components/controls/bar.py", "import streamlit\nfrom components.view import View"),
        ("components/web/server.py", "from streamlit.starlette import App"),
        (
            "components/figures/charts/trend.py",
            "from ... import view\nfrom data import periods\nimport geo.districts",
        ),
        ("data/transforms.py", "import numpy\nfrom data import periods\nfrom geo.districts import CITY"),
        ("geo/layers.py", "import json\nfrom geo.districts import LAYERS\nfrom . import districts"),
        ("geo/layers.py", "import database, geology\n'import data'\n# import data"),
    ],
)
def test_an_arrow_to_the_right_or_within_a_room_is_let_pass(path: str, source: str) -> None:
    assert arrows_to_the_left(source, path) == []


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("components/figure.py", "import os\nfrom components.figures.drawing.markup import element", 2),
        ("components/figures/drawing/frame.py", "from components.figures.charts import trend", 1),
        ("components/figures/drawing/frame.py", "from ..charts.trend import trend_figure", 1),
        (
            "components/figures/charts/lorenz.py",
            "def late():\n    import components.figures.maps.thumbnail",
            2,
        ),
        ("components/figures/maps/choropleth.py", "from components.figures.registry import FIGURES", 1),
        ("components/figures/registry.py", "from components.export.files import archives", 1),
        ("components/export/rendering/chromium.py", "from components.export import documents", 1),
        ("components/export/documents/html.py", "from components.export.figure_output import file", 1),
        ("components/export/figure_output.py", "from components.export.site import build", 1),
        ("components/export/site/build.py", "from components.controls import choose", 1),
        ("components/controls/bar.py", "from components.web import server", 1),
        ("components/web/http/responses.py", "from components.web.embeds import embed", 1),
        ("components/web/server.py", "from components.cli.main import main", 1),
    ],
)
def test_an_arrow_up_is_named_with_file_and_line(path: str, source: str, line: int) -> None:
    (sentence,) = arrows_up(source, path)
    assert sentence.startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "components/text/number_formats.py",
            "from components.text.strings import text\nfrom data import periods",
        ),
        ("components/figures/maps/choropleth.py", "from components.figures.tables import ranking"),
        ("components/figures/tables/ranking.py", "from components.figures.charts import theme"),
        ("components/export/site/build.py", "from components.export import figure_output, documents"),
        ("components/web/server.py", "from components.controls import bar\nfrom components.web import http"),
        ("components/cli/main.py", "from components.web.http.responses import answer"),
        ("data/periods.py", "import components.view"),
    ],
)
def test_an_arrow_down_or_on_one_floor_is_let_pass(path: str, source: str) -> None:
    assert arrows_up(source, path) == []
