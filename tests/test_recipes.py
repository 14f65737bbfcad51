"""The recipes of CONTRIBUTING, followed to the letter in a copy of the project.

An indicator, a figure, a page, a source and a fourth language: each is found on page, embed, interface and in
the lists of what is tested, without another change.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo.languages import LANGS

ROOT = Path(__file__).parents[1]
ROOMS = (
    "app.py",
    "pages",
    "components",
    "data",
    "geo",
    "tests",
    "pyproject.toml",
    "README.md",
    "CONTRIBUTING.md",
)
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FOURTH = "uz"
LOOK = """
import json
from streamlit.testing.v1 import AppTest
from tests.inventory import FIGURES, PAGES, VIEWS
from tests.browser.screenshots import EVERY
from tests.browser.test_axe import CASES
from tests.components.visiting import ask, fresh

figures = fresh()
found = {
    "figures": list(FIGURES),
    "pages": list(PAGES),
    "axe": list(CASES),
    "screenshots": list(EVERY),
    "embed": ask("/embed/city_values?indicator=libraries&lang=uz", figures).text,
    "refused": ask("/figures/city_values.csv?indicator=nothing&strict=1", figures).status,
    "csv": ask("/figures/city_values.csv?indicator=libraries&lang=uz", figures).text,
    "observations": ask("/api/v1/observations?indicator=libraries").json(),
    "indicator": ask("/api/v1/indicators/libraries").json(),
}
page = AppTest.from_file("app.py", default_timeout=60)
page.query_params = {"lang": "uz", "indicator": "libraries"}
page.run()
page.switch_page("pages/city.py").run()
assert not page.exception, page.exception
found["page"] = "".join(
    json.loads(block.proto.json)["content"] for block in page.main if block.type == "bidi_component"
)
print(json.dumps(found))
"""


def apply_block(project: Path, kind: str, path: str, body: str) -> None:
    """Write a file as a block shows it, or add the lines that a diff adds beside the lines it shows."""
    file = project / path
    if kind != "diff":
        file.write_text(body, encoding="utf-8")
        return
    lines = body.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if not line.startswith("+"))
    after = "".join(line[1:] for line in lines)
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path} does not have the lines that CONTRIBUTING shows:\n{before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def translate(project: Path) -> None:
    """Give every text of the project a fourth language: the English words, marked."""
    words = project / "components" / "text"
    shutil.copy(words / "en.toml", words / f"{FOURTH}.toml")
    for file in (*(project / "data").rglob("*.toml"), *(project / "geo").rglob("*.toml")):
        text = file.read_text(encoding="utf-8")
        text = re.sub(r'^en = "(.*)"$', rf'en = "\1"\n{FOURTH} = "\1 ({FOURTH})"', text, flags=re.MULTILINE)
        text = re.sub(r'\ben = "((?:[^"\\]|\\.)*)"(?= *})', rf'en = "\1", {FOURTH} = "\1 ({FOURTH})"', text)
        file.write_text(text, encoding="utf-8")
    for file in (project / "geo" / "layers").glob("*.geojson"):
        layer = json.loads(file.read_text(encoding="utf-8"))
        for feature in layer["features"]:
            if "name_en" in feature["properties"]:
                feature["properties"][f"name_{FOURTH}"] = feature["properties"]["name_en"]
        file.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with everything that the recipes add."""
    copy = tmp_path_factory.mktemp("recipes") / "project"
    copy.mkdir()
    for room in ROOMS:
        source = ROOT / room
        if source.is_dir():
            shutil.copytree(source, copy / room, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, copy / room)
    shutil.copytree(ROOT / ".streamlit", copy / ".streamlit")
    for kind, path, body in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        apply_block(copy, kind, path, body)
    tables = copy / "data" / "tables"
    copied = (tables / "parks_squares.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    declaration = "".join(line for line in copied if not line.startswith(("family", "profile")))
    sources = re.sub(r"^sources = .*$", 'sources = ["city-libraries"]', declaration, flags=re.MULTILINE)
    (tables / "libraries.toml").write_text(sources.replace('"Parks', '"Libraries'), encoding="utf-8")
    rows = (tables / "parks_squares.csv").read_text(encoding="utf-8").splitlines()
    head = rows[0].split(",")
    cells = [dict(zip(head, row.split(","), strict=False)) for row in rows[1:]]
    written = [",".join([*(cell[key] for key in head[:-2]), "city-libraries", ""]) for cell in cells]
    (tables / "libraries.csv").write_text("\n".join([rows[0], *written, ""]), encoding="utf-8")
    translate(copy)
    return copy


def run(project: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=project, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def test_the_recipes_touch_what_they_say() -> None:
    """Each recipe is there, and adds no more than its files and a line or two elsewhere."""
    blocks = BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    new = {path for kind, path, _ in blocks if kind != "diff"}
    assert new == {"components/figures/tables/city_values.py", "pages/city.py"}
    added = {
        path: sum(line.startswith("+") for line in body.splitlines())
        for kind, path, body in blocks
        if kind == "diff" and path != "data/sources.toml"
    }
    assert set(added) == {
        "components/figures/registry.py",
        "app.py",
        "geo/languages.py",
        *(f"components/text/{lang}.toml" for lang in LANGS),
    }
    assert max(added.values()) <= 2


def test_the_data_are_sound(project: Path) -> None:
    assert "no problems" in run(project, "-c", "from components.cli.main import main; main(['check'])")


def test_what_was_added_is_found_everywhere(project: Path) -> None:
    found = json.loads(run(project, "-W", "ignore", "-c", LOOK).splitlines()[-1])
    assert "city_values" in found["figures"]
    assert "city" in found["pages"]
    assert "city" in found["axe"]
    assert {f"city-{lang}-{width}" for lang in (*LANGS, FOURTH) for width in (375, 1440)} <= {
        *found["screenshots"]
    }
    assert '<html lang="uz"' in found["embed"]
    assert found["refused"] == 400
    assert "Libraries" in found["embed"]
    assert "Libraries" in found["page"]
    values = {
        row["period"]: row["value"]
        for row in found["observations"]["observations"]
        if row["area"] == "alatau"
    }
    assert values
    assert found["indicator"]["id"] == "libraries"
    assert found["indicator"]["title"][FOURTH] == f"{found['indicator']['title']['en']} ({FOURTH})"
    assert found["csv"].count("\n") >= 2


def test_the_tests_of_the_project_hold_with_what_was_added(project: Path) -> None:
    run(
        project,
        *("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"),
        *("tests/test_layers.py", "tests/test_names.py", "tests/data/test_tables.py"),
    )
