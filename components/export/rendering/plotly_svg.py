"""Charts as SVG: plotly.js draws them in a tab that stays open, and tells where their points are."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from components import bundles
from components.export.rendering import chromium, devtools
from components.export.rendering.cache import Cache
from components.export.rendering.inline_fonts import POLICY, fonts
from components.export.rendering.svg_compaction import traced

if TYPE_CHECKING:
    from choreographer import Tab

LIMIT = 32 * 2**20
"""Maximum size of the drawings that are kept, in bytes."""
PAGE = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    "<style>{fonts} body {{ margin: 0 }}</style>"
    '<div id="chart" style="position: absolute; left: 0; top: 0"></div>'
)


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A point with a label: its place in the picture, the text of its label, the name of its trace."""

    x: float
    y: float
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """A chart as SVG with the ``points`` a reader may ask about, in its own units."""

    svg: str
    points: tuple[ChartPoint, ...]
    width: int
    height: int


def chart_svg(chart: go.Figure, width: int, height: int | None = None, *, wait: bool = True) -> ChartDrawing:
    """Draw a chart ``width`` wide, in its own height unless there is a ``height``.

    The same chart gives the same bytes. Raises as ``chromium.run`` does.
    """
    json = chart.to_json()
    key = sha256(f"{width} {height} {json}".encode()).hexdigest()
    return chromium.kept(_drawn, key, lambda: _draw(json, width, height, key, wait), wait=wait)


def _draw(json: str, width: int, height: int | None, key: str, wait: bool) -> ChartDrawing:
    async def job(page: "Tab") -> ChartDrawing:
        drawn = await devtools.call(page, bundles.asset("chart.js"), json, width, height)
        high = round(drawn["height"])
        svg = await traced(page, "#chart", f"c{key[:8]}", width, high, named=False)
        points = (
            ChartPoint(round(point["x"], 1), round(point["y"], 1), point["text"], point["name"])
            for point in drawn["points"]
        )
        return ChartDrawing(svg, tuple(points), width, high)

    return chromium.run(job, keep=_with_plotly, wait=wait)


async def _with_plotly(page: "Tab") -> None:
    """Prepare an empty page with the fonts of the dashboard and plotly.js."""
    frame = (await devtools.send(page, "Page.getFrameTree"))["frameTree"]["frame"]["id"]
    html = PAGE.format(policy=POLICY, fonts="".join(fonts()))
    await devtools.send(page, "Page.setDocumentContent", frameId=frame, html=html)
    await devtools.evaluate(page, devtools.READY)
    await devtools.evaluate(page, _plotly())


@cache
def _plotly() -> str:
    """Return plotly.js of the installed plotly, so that page and picture are drawn by the same."""
    script = files("plotly").joinpath("package_data", "plotly.min.js").read_text(encoding="utf-8")
    return script + ";true"


def _weight(drawn: ChartDrawing) -> int:
    texts = (drawn.svg, *(text for point in drawn.points for text in (point.text, point.name)))
    return sum(len(text.encode()) for text in texts) + 100 * len(drawn.points)


_drawn: Cache[ChartDrawing] = Cache(LIMIT, _weight)
