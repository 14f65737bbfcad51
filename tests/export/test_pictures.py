"""Documents as PNG and as one SVG that needs no styles; both look alike."""

import io
import re
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from components.export.documents import district_document
from components.export.rendering import chromium
from components.export.rendering.inline_fonts import fonts
from components.export.rendering.page_images import png, svg
from components.export.rendering.plotly_svg import chart_svg
from components.figure import Figure
from components.figures.drawing.frame import heading, remainder, render_section
from components.figures.drawing.markup import element
from components.figures.maps.choropleth import map_figure
from components.figures.registry import FIGURES
from components.figures.sections.district_figure import district_figure
from components.figures.tables.parity_matrix import matrix_figure
from components.text.sentences import short_name
from components.text.strings import LANGS
from components.view import View
from geo.districts import DISTRICTS
from tests import inventory

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    *("svg", "title", "g", "defs", "clipPath", "pattern", "linearGradient", "stop"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
}
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
WIDTH = 900
NO_CONTROLS = "<style>.time-controls { display: none !important }</style></head>"


def document(figure: Figure) -> str:
    """A figure as a document of its own, without what a picture cannot do."""
    if isinstance(figure.picture, ElementTree.Element):
        content = render_section(figure, 1, tabled=False)
    else:
        drawn = ElementTree.fromstring(chart_svg(figure.picture, 720).svg.replace(' xmlns="', ' data-of="'))
        drawn.set("style", "display: block; width: 100%")
        content = element("section", heading(figure, 1), drawn, remainder(figure, tabled=False))
    html = district_document.document(content, figure.title, figure.view.lang)
    return html.replace("</head>", NO_CONTROLS)


def framed(drawn: str) -> str:
    """A drawn SVG as a document with the fonts it names."""
    style = "".join(fonts(drawn)) + "body { margin: 0 } svg { display: block; width: 100% }"
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style>{drawn}'


def simple(body: str, style: str = "") -> str:
    head = f'<meta charset="utf-8"><title>T</title><style>body {{ margin: 0 }} {style}</style>'
    return f"<!doctype html>{head}{body}"


def chunks(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Kind and content of every part of a PNG."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        yield content[at + 4 : at + 8].decode(), content[at + 8 : at + 8 + size]
        at += size + 12


def size(content: bytes) -> tuple[int, int]:
    return struct.unpack(">II", dict(chunks(content))["IHDR"][:8])


def colour(content: bytes, x: int, y: int) -> tuple[int, ...]:
    return Image.open(io.BytesIO(content)).convert("RGB").getpixel((x, y))


def shapes(drawn: str, tag: str) -> list[dict[str, str]]:
    """Every element of a kind, with what the groups around it hand down."""

    def walk(node: ElementTree.Element, given: dict[str, str]) -> Iterator[dict[str, str]]:
        own = {**given, **node.attrib}
        if node.tag == SVG + tag:
            yield own
        for child in node:
            yield from walk(child, own if node.tag == f"{SVG}g" else {})

    return list(walk(ElementTree.fromstring(drawn), {}))


def test_a_png_has_the_size_asked_for():
    html = simple('<div style="height: 120px; background: #369"></div>')
    assert size(png(html, 200, 90, 1)) == (200, 90)
    assert size(png(html, 200, 90, 2)) == (400, 180)
    assert size(png(html, 200, None, 1)) == (200, 120)
    assert size(png(html, 333, None, 1.5)) == (500, 180)
    assert size(png(simple('<div style="height: 4000px">'), 200, None, 1)) == (200, 4000)


def test_a_png_shows_the_document():
    content = png(
        simple('<div style="height: 3000px; background: linear-gradient(#369 50%, #fff 50%)">'), 100, None, 2
    )
    assert [colour(content, 100, y) for y in (10, 2990, 3010, 5990)] == [(51, 102, 153)] * 2 + [
        (255,) * 3
    ] * 2


def test_a_png_says_nothing_but_the_picture_and_is_the_same_twice(dataset):
    html = document(map_figure(View(lang="kk"), dataset))
    first = png(html, WIDTH, None, 2)
    assert png(html, WIDTH, None, 2) == first
    assert {kind for kind, _ in chunks(first)} <= {"IHDR", "sRGB", "IDAT", "IEND"}


def test_a_png_taken_while_others_are_drawn_is_whole(dataset):
    """Of those of a given height one in a hundred was blank, or half painted."""
    drawn = document(district_figure(View(lang="kk"), dataset))

    def one(at: int) -> bytes:
        return png(drawn, 1200, 630, 1) if at % 2 else svg(drawn, WIDTH).encode()

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(one, range(100)))) == 2


def test_a_png_that_is_too_large_is_refused():
    with pytest.raises(chromium.RenderingFailed, match="17000 × 100 pixels is too large; 16384 a side"):
        png(simple("x"), 8500, 50, 2)


def test_the_width_is_not_taken_by_a_scrollbar():
    html = simple('<div style="aspect-ratio: 1 / 4"></div>')
    assert 'viewBox="0 0 300 1200"' in svg(html, 300)
    wide = simple('<div style="background: #000; height: 2000px"></div>')
    assert colour(png(wide, 300, None, 1), 299, 700) == (0, 0, 0)


def test_no_script_runs_and_nothing_is_fetched():
    html = simple('<p id="p">as written</p><script>p.textContent = "changed"</script>')
    assert "as written" in svg(html, 200)
    assert "changed" not in svg(html, 200)
    with pytest.raises(chromium.RenderingFailed, match="font or an image"):
        png(simple('<img src="http://127.0.0.1:9/x.png">'), 99, 99, 1)


@pytest.fixture(scope="module")
def drawn() -> Callable[[str], tuple[str, str]]:
    """Document and SVG of a figure, the language taking turns."""

    @cache
    def draw(name: str) -> tuple[str, str]:
        html = document(inventory.drawn(name, LANGS[list(FIGURES).index(name) % len(LANGS)]))
        return html, svg(html, WIDTH)

    return draw


@pytest.mark.parametrize("name", FIGURES)
def test_the_svg_looks_like_the_document(name, drawn):
    html, picture = drawn(name)
    pair = [
        Image.open(io.BytesIO(png(one, WIDTH, None, 1))).convert("RGB") for one in (html, framed(picture))
    ]
    assert pair[0].size == pair[1].size
    histogram = ImageChops.difference(*pair).convert("L").histogram()
    differing = sum(histogram[64:]) / sum(histogram)
    limit = 0.01 if name == "standings" else 0.006  # many coloured cells
    assert differing < limit, f"{differing:.2%} of the pixels differ"


@pytest.mark.parametrize("name", FIGURES)
def test_the_svg_stands_alone(name, drawn):
    _, picture = drawn(name)
    root = ElementTree.fromstring(picture)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    assert root.get("viewBox").startswith(f"0 0 {WIDTH} ")
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    attributes = {(key, value) for one in root.iter() for key, value in one.items()}
    assert not {key for key, _ in attributes} & {"class", "href", "vector-effect"}
    assert {value for key, value in attributes if key == "style"} <= {"font-variant-numeric:tabular-nums"}
    assert not [
        value
        for _, value in attributes
        if re.search(r"var\(|color-mix|currentColor|NaN|undefined|cqw", value)
    ]
    used = {*re.findall(r"url\(#([^)]+)\)", picture)}
    assert used == {one.get("id") for one in root.iter() if one.get("id")}
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)|data:\S", picture) == []


def test_a_map_keeps_its_names_its_hatch_and_its_colours(dataset, drawn):
    _, picture = drawn("map")
    words = "".join(ElementTree.fromstring(picture).itertext())
    assert all(short_name(area, "kk") in words for area in DISTRICTS)
    assert set("ңғқұөәі") <= set(words)
    fills = {one.get("fill") for one in shapes(picture, "path") if "stroke" in one}
    assert {"#b35806", "#e08a2e", "#c9c5e2", "#9388c0"} <= fills, "the classes of the scale"
    assert any(fill.startswith("url(#") for fill in fills), "the district without a value"


def test_the_same_document_gives_the_same_svg(drawn):
    html, picture = drawn("map")
    assert svg(html, WIDTH) == picture


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_word_of_a_document_is_in_its_svg(lang, dataset):
    figure = matrix_figure(View(lang=lang), dataset)
    picture = svg(document(figure), WIDTH)
    lines = [
        " ".join("".join(one.itertext()).split())
        for one in ElementTree.fromstring(picture).iter(f"{SVG}text")
    ]
    said = "".join("".join(lines).split())
    for words in (figure.title, figure.sentence, figure.subtitle, *figure.foot):
        assert "".join(words.split()) in said


def test_lines_of_text_are_where_they_were():
    html = simple(
        f'<p class="a">aaaa bbbb</p><p class="b">right</p><p class="c">{LETTERS}</p>',
        """.a { margin: 10px 20px; width: 60px; font: 700 20px/30px sans-serif; color: rgb(1, 2, 3) }
        .b { margin: 0 20px; font: 10px sans-serif; text-align: right }
        .c { margin: 0; text-align: center; opacity: 0.5 }""",
    )
    first, second, right, centre = shapes(svg(html, 200), "text")
    assert float(second["y"]) - float(first["y"]) == 30
    assert (first["x"], first["font-size"], first["font-weight"], first["fill"]) == (
        "20",
        "20",
        "700",
        "#010203",
    )
    assert (right["x"], right["text-anchor"]) == ("180", "end")
    assert (float(centre["x"]), centre["text-anchor"], centre["opacity"]) == (
        pytest.approx(100, abs=0.5),
        "middle",
        "0.5",
    )
    assert LETTERS in svg(html, 200)


def test_boxes_borders_and_grounds():
    style = """
    div { position: absolute; box-sizing: border-box; left: 10px; width: 40px; height: 20px }
    .a { top: 0; background: rgba(255, 0, 0, 0.5); border-radius: 4px }
    .b { top: 30px; border: 2px solid #00f; border-radius: 50%; height: 40px }
    .c { top: 80px; border-bottom: 3px solid #0a0 }
    .d { top: 110px; background: linear-gradient(90deg, #f00, #0f0, #00f) }
    .e { top: 140px; background: repeating-linear-gradient(135deg, transparent 0 4px, #123456 4px 6px) }
    """
    picture = svg(simple("".join(f'<div class="{one}"></div>' for one in "abcde"), style), 100)
    a, b, c, d, e = (
        one
        for one in shapes(picture, "rect")
        if "x" in one and one.get("y") is not None and float(one["y"]) >= 0 and one["x"] in ("10", "11")
    )
    assert (a["fill"], a["fill-opacity"], a["rx"], a["width"], a["height"]) == (
        "#ff0000",
        "0.5",
        "4",
        "40",
        "20",
    )
    assert (b["stroke"], b["stroke-width"], b["fill"], b["x"], b["y"], b["rx"]) == (
        "#0000ff",
        "2",
        "none",
        "11",
        "31",
        "19",
    )
    assert (c["y"], c["height"], c["fill"]) == ("97", "3", "#00aa00")
    assert d["fill"].startswith("url(#")
    assert e["fill"].startswith("url(#")
    assert [one["stop-color"] for one in shapes(picture, "stop")] == ["#ff0000", "#00ff00", "#0000ff"]
    assert "#123456" in picture


def test_a_picture_inside_is_drawn_at_its_place_and_size():
    inside = """<svg viewBox="0 0 10 10" width="100" height="100" style="display: block; margin: 5px">
    <style>path { fill: rgb(9, 8, 7); stroke: color-mix(in srgb, #000 50%, #fff); stroke-width: 0.5 }
    circle { fill: none; stroke: #111; stroke-width: 3px; vector-effect: non-scaling-stroke }</style>
    <path d="M1,1h4v4l-1,1z"/><circle cx="5" cy="5" r="2"/>
    <g transform="translate(2 3)">
    <text x="1" y="1" font-size="2" text-anchor="middle">in<tspan x="1" dy="2">side</tspan></text></g>
    <path d="M0,0h1" transform="rotate(90)" visibility="hidden"/></svg>"""
    picture = svg(simple(inside), 200)
    (path,) = shapes(picture, "path")
    assert (path["d"], path["fill"], path["stroke"], path["stroke-width"]) == (
        "M15 15h40v40l-10 10z",
        "#090807",
        "#808080",
        "5",
    )
    (circle,) = shapes(picture, "circle")
    assert [circle[key] for key in ("cx", "cy", "r", "stroke-width")] == ["55", "55", "20", "3"]
    first, second = shapes(picture, "text")
    assert [first[key] for key in ("x", "y", "font-size", "text-anchor")] == ["35", "45", "20", "middle"]
    assert (second["x"], second["y"]) == ("35", "65")


def test_what_is_not_shown_is_left_out():
    body = """<p hidden>one</p><p style="visibility: hidden">two</p><p style="display: none">three</p>
    <details><summary>four</summary><p>five</p></details>
    <details open><summary>six</summary><p>seven</p></details>"""
    words = "".join(ElementTree.fromstring(svg(simple(body), 300)).itertext())
    assert [word in words for word in ("one", "two", "three", "four", "five", "six", "seven")] == [
        False
    ] * 3 + [True, False, True, True]


def test_hostile_words_stay_words():
    text = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/text&gt;&lt;svg onload=x&gt; ]]&gt; &amp;amp;"
    root = ElementTree.fromstring(svg(simple(f"<p>{text}</p><svg><text y='9'>{text}</text></svg>"), 900))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    said = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    assert said == ["<script>alert(1)</script></text><svg onload=x> ]]> &amp;"] * 2
