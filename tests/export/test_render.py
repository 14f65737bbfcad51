"""One figure from the command line: every format opens, mistakes are sentences, no half of a file."""

import csv
import io
import json
from typing import get_args

import geopandas as gpd
import openpyxl
import pypdf
import pytest

from components.cli.main import almaty2050, main
from components.export.files import figure_tables
from components.export.rendering.page_images import Size
from geo.districts import DISTRICTS


def render(
    out, *words: str, figure: str = "map", view: str = "lang=ru&indicator=avg_wage&period=2023"
) -> int:
    return main(["render", figure, "--view", view, "--out", str(out), *words])


def test_every_table_opens(tmp_path, capsys):
    paths = {ending: tmp_path / "deep" / f"map.{ending}" for ending in figure_tables.WRITERS}
    for path in paths.values():
        assert render(path) == 0
    assert capsys.readouterr().out.split() == [str(path) for path in paths.values()]
    rows = list(csv.DictReader(io.StringIO(paths["csv"].read_text(encoding="utf-8-sig"))))
    assert {row["area"] for row in rows} >= set(DISTRICTS)
    assert json.loads(paths["json"].read_text(encoding="utf-8"))["view"]["lang"] == "ru"
    assert len(openpyxl.load_workbook(paths["xlsx"]).sheetnames) == 2
    for ending in ("geojson", "gpkg"):
        assert set(gpd.read_file(paths[ending])["id"]) == set(DISTRICTS)


@pytest.mark.parametrize(("size", "width"), [("1x", 900), ("2x", 1800), ("card", 1200)])
def test_an_image_has_the_size_that_was_asked_for(size, width, tmp_path):
    assert render(tmp_path / "map.png", "--size", size) == 0
    content = (tmp_path / "map.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) == width


def test_the_sizes_of_the_command_are_those_of_an_image():
    (size,) = (option for option in almaty2050.commands["render"].params if option.name == "size")
    assert tuple(size.type.choices) == get_args(Size)


def test_pictures_say_what_they_show(tmp_path):
    assert render(tmp_path / "trend.svg", figure="trend") == 0
    assert render(tmp_path / "trend.pdf", figure="trend") == 0
    assert "Среднемесячная" in (tmp_path / "trend.svg").read_text(encoding="utf-8")
    assert "Среднемесячная" in pypdf.PdfReader(tmp_path / "trend.pdf").pages[0].extract_text()


@pytest.mark.parametrize("figure", ["map", "trend", "table"])
def test_the_document_works_from_a_disk_without_a_network(figure, tmp_path, browser):
    out = tmp_path / "figure.html"
    assert render(out, figure=figure, view="lang=kk&indicator=births") == 0
    page = browser.new_page(viewport={"width": 700, "height": 700})
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(out.as_uri())
    assert page.locator("h1").inner_text()
    assert page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].some(f => f.status == 'loaded'))"
    )
    if figure == "map":
        page.locator("path.district").first.hover()
        assert page.locator(".tip").inner_text()
        before = page.locator(".time output").inner_text()
        page.locator(".time input").focus()
        page.keyboard.press("ArrowLeft")
        assert page.locator(".time output").inner_text() != before
    assert page.locator("a[href^='/']").count() == 0
    page.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_still_has_no_script_and_nothing_that_needs_one(tmp_path):
    assert render(tmp_path / "map.html", "--still", view="lang=kk&indicator=births") == 0
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert 'class="time"' not in html


def test_a_bad_part_of_a_view_is_named_and_the_rest_drawn(tmp_path, capsys):
    view = "lang=ru&indicator=avg_wag&colour=red"
    assert render(tmp_path / "map.csv", view=view) == 0
    assert "not understood: indicator=avg_wag, colour=red" in capsys.readouterr().err
    assert (tmp_path / "map.csv").exists()
    assert render(tmp_path / "strict.csv", "--strict", view=view) == 1
    assert "not understood: indicator=avg_wag" in capsys.readouterr().err
    assert not (tmp_path / "strict.csv").exists()


@pytest.mark.parametrize(
    ("figure", "name", "said"),
    [
        ("mop", "mop.svg", 'figure "mop" is unknown; there are map, trend'),
        ("map", "map.tiff", 'format "tiff" is unknown; there are svg, png'),
        ("map", "map", 'format "" is unknown; there are svg, png'),
        ("trend", "trend.gpkg", 'figure "trend" has no geometry; there are map'),
        ("lorenz", "lorenz.csv", 'there is no figure "lorenz"'),
    ],
)
def test_what_does_not_exist_is_a_sentence(figure, name, said, tmp_path, capsys):
    assert render(tmp_path / name, figure=figure) == 1
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["png", "html", "svg"])
def test_without_a_chromium_a_chart_says_what_to_install_and_the_old_file_stays(
    ending, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    monkeypatch.setattr("components.export.rendering.chromium._chromium", _None)
    out = tmp_path / f"trend.{ending}"
    out.write_bytes(b"old")
    assert render(out, figure="trend", view="lang=kk&indicator=deaths_suicide") == 1
    assert "install Chromium" in capsys.readouterr().err
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_folder_that_cannot_be_written_is_named(tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert render(tmp_path / "taken" / "map.csv") == 1
    assert "cannot be written" in capsys.readouterr().err


class _None:
    """A browser that is looked for anew."""

    def run(self, *_: object) -> None:
        from components.export.rendering.chromium import _path

        _path()
