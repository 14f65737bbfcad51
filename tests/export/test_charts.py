"""Charts that Chromium drew: clean SVG, points where the data say, one render for all who ask."""

import asyncio
import os
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import brotli
import pandas as pd
import plotly.graph_objects as go
import pytest

from components.export.rendering import chromium, devtools, page_images, plotly_svg
from components.export.rendering.cache import Cache
from components.export.rendering.plotly_svg import ChartDrawing, chart_svg
from components.figures.charts.trend import trend_figure
from components.text.number_formats import number
from components.text.sentences import short_name
from components.view import View
from geo.districts import DISTRICTS
from tests.export.test_chromium import process

LARGEST = "schools_public_opened"
SIZE_LIMIT = 7_000
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "g", "defs", "clipPath", "pattern", "path", "rect", "circle", "text", "tspan"}
LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
WIDTH, HEIGHT = 600, 400
MARGIN = {"l": 50, "r": 70, "t": 20, "b": 30}


@pytest.fixture
def forgotten(monkeypatch) -> None:
    """Nothing has been drawn yet."""
    monkeypatch.setattr(plotly_svg, "_drawn", Cache(plotly_svg.LIMIT, plotly_svg._weight))


def plain(*traces: object, **layout: object) -> go.Figure:
    """A chart whose axes and margins are all given, so that a test can compute where a point is."""
    axis = {"automargin": False, "autorange": False}
    fixed = {"height": HEIGHT, "margin": MARGIN, "showlegend": False, "template": "none"}
    return go.Figure(
        traces,
        {**fixed, "xaxis": {**axis, "range": [0, 10]}, "yaxis": {**axis, "range": [-20, 80]}, **layout},
    )


def place(x: float, y: float) -> tuple[float, float]:
    """The pixel of a value in such a chart."""
    wide, high = WIDTH - MARGIN["l"] - MARGIN["r"], HEIGHT - MARGIN["t"] - MARGIN["b"]
    return MARGIN["l"] + x / 10 * wide, MARGIN["t"] + (80 - y) / 100 * high


def tree(drawn: ChartDrawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawn.svg)


def words(drawn: ChartDrawing) -> list[str]:
    return ["".join(one.itertext()) for one in tree(drawn).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def trends(dataset) -> dict[str, ChartDrawing]:
    """The chart of most points in three languages."""
    return {
        lang: chart_svg(trend_figure(View(lang=lang, indicator=LARGEST), dataset).picture, 720)
        for lang in ("kk", "ru", "en")
    }


def test_it_is_one_clean_svg(trends):
    for drawn in trends.values():
        root = tree(drawn)
        assert root.tag == f"{SVG}svg"
        assert root.get("viewBox") == f"0 0 {drawn.width} {drawn.height}" == "0 0 720 500"
        assert root.get("role") == "img"
        assert root.get("font-family") == "Inter, system-ui, sans-serif"
        assert not {"width", "height"} & set(root.attrib)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
        attributes = {key for one in root.iter() for key in one.attrib}
        assert not {key for key in attributes if key.startswith(("data-", "on", "{"))}
        assert not attributes & {"class", "style", "href", "pointer-events"}
        assert not [one for one in root.iter() if one.tag in (f"{SVG}g", f"{SVG}defs") and not len(one)]
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)|data:|@import|@font-face", drawn.svg) == []


def test_ids_are_its_own_and_all_used(trends):
    seen: set[str] = set()
    for drawn in trends.values():
        ids = re.findall(r'\bid="([^"]+)"', drawn.svg)
        assert ids, "lines are cut at the edge of the plot"
        assert {*ids} == {*re.findall(r"url\(#([^)]+)\)", drawn.svg)}
        assert len({*ids}) == len(ids)
        assert not seen & {*ids}, "two charts may stand in one document"
        seen |= {*ids}


def test_the_largest_trend_is_small(dataset, trends):
    for drawn in trends.values():
        assert len(brotli.compress(drawn.svg.encode())) <= SIZE_LIMIT
    for other in ("school_places_opened", "population", "legal_entities_registered"):
        picture = trend_figure(View(lang="ru", indicator=other), dataset).picture
        assert len(brotli.compress(chart_svg(picture, 1040).svg.encode())) <= SIZE_LIMIT


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_every_name_is_text(lang, trends):
    assert {short_name(area, lang) for area in DISTRICTS} <= {*words(trends[lang])}


def test_kazakh_letters_stay_letters():
    drawn = chart_svg(
        plain(go.Scatter(x=[1], y=[1], text=[LETTERS], mode="markers+text", name=LETTERS)), WIDTH
    )
    assert LETTERS in words(drawn)
    assert [one.name for one in drawn.points] == [LETTERS]


def test_every_value_of_a_trend_has_its_point_at_its_height(dataset, trends):
    figure = trend_figure(View(lang="en", indicator=LARGEST), dataset)
    drawn, table = trends["en"], figure.table
    # The grid says where two values are; every other height follows from these.
    ticks = {float(word): 0.0 for word in words(drawn) if re.fullmatch(r"\d+\.\d", word)}
    grid = sorted(
        {float(y) for y in re.findall(r'<path d="M[\d.]+ ([\d.]+)h[\d.]+"', drawn.svg)}, reverse=True
    )
    assert len(grid) == len(ticks) >= 3
    (low, *_, high) = sorted(ticks)

    def height(value: float) -> float:
        return grid[0] + (value - low) / (high - low) * (grid[-1] - grid[0])

    for area in DISTRICTS:
        name = short_name(area, "en")
        values = [value for value in table[area] if pd.notna(value)]
        points = [one for one in drawn.points if one.name == name]
        assert [one.y for one in points] == pytest.approx([height(value) for value in values], abs=1)
        assert [one.x for one in points] == sorted(one.x for one in points)
        for one, value in zip(points, values, strict=True):
            assert one.text.startswith(name)
            assert number(value, 1, "en") in one.text.split("\n")[1]
    assert len(drawn.points) == table[list(DISTRICTS)].notna().sum().sum()


def test_points_are_where_the_axes_put_them():
    x, y = [0.5, 2, 3.25, 9], [-12.5, 0, 41, None]
    drawn = chart_svg(
        plain(go.Scatter(x=x, y=y, text=["a", "b", "c", "d"], hovertemplate="%{text}<extra></extra>")), WIDTH
    )
    expected = [place(*one) for one in zip(x[:3], y[:3], strict=True)]
    assert [(one.x, one.y) for one in drawn.points] == [pytest.approx(one, abs=0.06) for one in expected]
    assert [one.text for one in drawn.points] == ["a", "b", "c"], "what is not there has no point"
    circles = [(float(one.get("cx")), float(one.get("cy"))) for one in tree(drawn).iter(f"{SVG}circle")]
    assert circles == [pytest.approx(one, abs=0.01) for one in expected]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("%{text}<br>%{y}<br>%{customdata}<extra></extra>", "one\n41,25\ndocument"),
        ("%{x}<br>name: %{y:.3f}<extra></extra>", "3,5\nname: 41,250"),
        ("%{hovertext}<extra></extra>", "5 &lt; 6"),
        ("%{hovertext} &amp; <b>%{x:.1f}</b> – %{y:.0f}<extra></extra>", "5 &lt; 6 & 3,5 – 41"),
        ("fixed<extra></extra>", "fixed"),
    ],
)
def test_labels_say_what_plotly_says(template, said):
    trace = go.Scatter(
        x=[3.5],
        y=[41.25],
        text=["one"],
        hovertext=["5 &lt; 6"],
        customdata=["document"],
        hovertemplate=template,
    )
    (point,) = chart_svg(plain(trace, separators=",\u00a0"), WIDTH).points
    assert point.text == said.replace("&lt;", "<")
    assert (point.x, point.y) == pytest.approx(place(3.5, 41.25), abs=0.06)


def test_what_is_not_to_be_pointed_at_has_no_points():
    silent = go.Scatter(x=[1, 2], y=[1, 2], hoverinfo="skip")
    said = go.Scatter(x=[1, 2], y=[1, 2], hovertemplate="said<extra></extra>")
    assert chart_svg(plain(silent), WIDTH).points == ()
    assert [one.text for one in chart_svg(plain(silent, said), WIDTH).points] == ["said", "said"]


def test_labels_that_would_cover_each_other_are_all_told():
    many = [
        go.Scatter(
            x=[5] * 40,
            y=[5] * 40,
            text=[f"{n}:{at}" for at in range(40)],
            hovertemplate="%{text}<extra></extra>",
        )
        for n in range(3)
    ]
    told = [one.text for one in chart_svg(plain(*many), WIDTH).points]
    assert told == [f"{n}:{at}" for n in range(3) for at in range(40)]


def test_the_point_of_a_bar_is_its_end():
    bar = go.Bar(x=[2, 5], y=[30, -10], width=1, hovertemplate="%{y}<extra></extra>")
    points = chart_svg(plain(bar), WIDTH).points
    assert [(one.x, one.y) for one in points] == [
        pytest.approx(place(2, 30), abs=1),
        pytest.approx(place(5, -10), abs=1),
    ]


def test_the_height_is_its_own_unless_given(trends):
    chart = plain(go.Scatter(x=[1], y=[1]))
    assert chart_svg(chart, WIDTH).height == HEIGHT
    given = chart_svg(chart, WIDTH, 250)
    assert (given.width, given.height) == (WIDTH, 250)
    assert tree(given).get("viewBox") == f"0 0 {WIDTH} 250"


HOSTILE = (
    "<script>alert(1)</script>",
    '"><script>alert(1)</script>',
    '<img src="http://127.0.0.1/x.png" onerror="alert(1)">',
    '<a href="javascript:alert(1)">here</a>',
    '<a href="https://example.org/">there</a>',
    "</text></svg><svg onload=alert(1)>",
    "]]><!-- -->",
    "null\0bell\x07end",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_an_element(text):
    trace = go.Scatter(
        x=[1, 2],
        y=[3, 4],
        text=[text, text],
        customdata=[text, text],
        mode="markers+text",
        name=text,
        hovertemplate="%{customdata}<extra></extra>",
    )
    axis = {"title": {"text": text}, "automargin": True, "tickvals": [3], "ticktext": [text]}
    note = {"text": text, "x": 1, "y": 3}
    drawn = chart_svg(plain(trace, title={"text": text}, yaxis=axis, annotations=[note]), WIDTH)
    root = tree(drawn)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    assert not [key for one in root.iter() for key in one.attrib if key.startswith("on") or "href" in key]
    assert "javascript:" not in drawn.svg.lower() or "href" not in drawn.svg
    assert "http://127" not in re.sub(r">[^<]*<", "><", drawn.svg), (
        "an address may be words, never a reference"
    )


def test_no_script_of_a_chart_runs_and_the_tab_stays_usable():
    async def marked(page) -> object:
        return await devtools.evaluate(page, "window.alerted ?? 'quiet'")

    text = "<img src=x onerror=\"window.alerted='ran'\"><svg onload=\"window.alerted='ran'\">"
    chart_svg(plain(go.Scatter(x=[1], y=[1], text=[text], mode="text", hovertext=[text])), WIDTH)
    assert chromium.run(marked, keep=plotly_svg._with_plotly) == "quiet"


def test_the_same_chart_gives_the_same_bytes(dataset, trends, forgotten):
    chart = trend_figure(View(lang="kk", indicator=LARGEST), dataset).picture
    assert chart_svg(chart, 720) == trends["kk"]


def test_two_tabs_are_kept_warm_and_given_up_with_their_browser(fresh, forgotten, monkeypatch):
    prepared = []

    async def counted(page) -> None:
        prepared.append(page)
        await warm(page)

    warm = plotly_svg._with_plotly
    monkeypatch.setattr(plotly_svg, "_with_plotly", counted)
    some = [plain(go.Scatter(x=[1], y=[at])) for at in range(8)]
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda chart: chart_svg(chart, WIDTH), some))
    assert len({one.svg for one in drawn}) == 8
    assert len(prepared) == chromium.RENDERS_AT_ONCE
    assert len(chromium._made()._browser.tabs) <= chromium.RENDERS_AT_ONCE + 1, "and the one it opens with"
    os.kill(process(), signal.SIGKILL)
    monkeypatch.setattr(plotly_svg, "_drawn", Cache(plotly_svg.LIMIT, plotly_svg._weight))
    assert chart_svg(some[3], WIDTH) == drawn[3]
    assert len(prepared) == chromium.RENDERS_AT_ONCE + 1


def test_a_tab_in_which_a_script_failed_is_not_kept(forgotten):
    async def failing(page) -> None:
        await devtools.evaluate(page, "delete window.Plotly; nothing.at.all")

    with pytest.raises(chromium.RenderingFailed, match="nothing is not defined"):
        chromium.run(failing, keep=plotly_svg._with_plotly)
    assert chart_svg(plain(go.Scatter(x=[1], y=[1])), WIDTH).svg.startswith("<svg")


def counting(monkeypatch, seconds: float = 0.0) -> list[str]:
    """The keys that were really drawn, each a little slower."""
    draw, keys = plotly_svg._draw, []

    def counted(json, width, height, key, wait):
        keys.append(key)
        time.sleep(seconds)
        return draw(json, width, height, key, wait)

    monkeypatch.setattr(plotly_svg, "_draw", counted)
    return keys


def test_who_asks_for_the_same_at_once_gets_one_render(forgotten, monkeypatch):
    keys = counting(monkeypatch, 0.2)
    chart = plain(go.Scatter(x=[1], y=[7]))
    with ThreadPoolExecutor(6) as pool:
        drawn = list(pool.map(lambda _: chart_svg(chart, WIDTH), range(6)))
    assert len({id(one) for one in drawn}) == len(keys) == 1
    start = time.perf_counter()
    assert chart_svg(chart, WIDTH) is drawn[0]
    assert time.perf_counter() - start < 0.1
    chart_svg(chart, WIDTH + 1)
    chart_svg(chart, WIDTH, 300)
    assert len(keys) == 3


def test_what_was_longest_unused_leaves_first():
    made: list[str] = []

    def ask(key: str) -> str:
        return kept.get(key, lambda: made.append(key) or key * 10)  # type: ignore[func-returns-value]

    kept: Cache[str] = Cache(30, len)
    for key in "abcab":
        ask(key)
    assert made == ["a", "b", "c"]
    ask("d")  # c has rested longest
    assert [ask(key) for key in "abd"] == [key * 10 for key in "abd"]
    assert made == ["a", "b", "c", "d"]
    ask("c")
    assert made[-1] == "c"
    assert kept._kept.currsize == sum(map(len, kept._kept.values())) <= 30
    assert kept.get("huge", lambda: "x" * 31) == "x" * 31
    assert "huge" not in kept._kept, "what is larger than all the room is not kept"
    assert kept._kept.currsize <= 30


def test_a_failure_reaches_all_who_wait_and_is_not_kept():
    kept: Cache[str] = Cache(100, len)
    begun = threading.Event()

    def failing() -> str:
        begun.set()
        time.sleep(0.2)
        raise ValueError("no")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "a", failing)
        begun.wait()
        second = pool.submit(kept.get, "a", lambda: "never called")
        for one in (first, second):
            with pytest.raises(ValueError, match="no"):
                one.result()
    assert kept.get("a", lambda: "well") == "well"


def test_who_does_not_wait_is_told_at_once_that_two_are_running(forgotten):
    chart = plain(go.Scatter(x=[1], y=[8]))
    running = threading.Semaphore(0)

    async def slow(_) -> str:
        running.release()
        await asyncio.sleep(2)
        return "done"

    with ThreadPoolExecutor(4) as pool:
        both = [pool.submit(chromium.run, slow) for _ in range(2)]
        for _ in both:
            running.acquire()
        start = time.perf_counter()
        for ask in (
            lambda: chromium.run(slow, wait=False),
            lambda: chromium.pdf("x", wait=False),
            lambda: chart_svg(chart, WIDTH, wait=False),
            lambda: page_images.png("x", 9, 9, 1, wait=False),
            lambda: page_images.svg("x", 9, wait=False),
        ):
            with pytest.raises(chromium.RendererBusy, match="2 renders are running"):
                ask()
        assert time.perf_counter() - start < 1
        patient = pool.submit(chart_svg, chart, WIDTH)
        assert [one.result() for one in both] == ["done", "done"]
        assert patient.result().svg.startswith("<svg")
    assert chart_svg(chart, WIDTH, wait=False).svg.startswith("<svg")


def test_who_waits_is_not_turned_away_by_who_does_not(forgotten, monkeypatch):
    chart, begun = plain(go.Scatter(x=[1], y=[9])), threading.Event()
    draw = plotly_svg._draw

    def refused(json, width, height, key, wait):
        if wait:
            return draw(json, width, height, key, wait)
        begun.set()
        time.sleep(0.3)
        raise chromium.RendererBusy("2 renders are running")

    monkeypatch.setattr(plotly_svg, "_draw", refused)
    with ThreadPoolExecutor(2) as pool:
        hasty = pool.submit(chart_svg, chart, WIDTH, wait=False)
        begun.wait()
        patient = pool.submit(chart_svg, chart, WIDTH)
        with pytest.raises(chromium.RendererBusy):
            hasty.result()
        assert patient.result().svg.startswith("<svg")


def test_plotly_is_the_one_that_is_installed():
    import plotly

    file = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    assert plotly_svg._plotly().startswith(file.read_text(encoding="utf-8")[:200])
