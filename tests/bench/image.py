"""A chart as SVG: by the browser that is kept open, and by kaleido, which starts one for each image."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import brotli
import plotly.graph_objects as go

from components.export.rendering.plotly_svg import chart_svg
from components.figures.charts.trend import trend_figure
from components.view import View
from data.dataset import load
from tests.bench.report import compare
from tests.browser import chromium

LARGEST = "schools_public_opened"
"""The trend with most points."""
WIDTH, HEIGHT = 720, 500


def measure(rounds: int) -> Iterator[str]:
    """Draw the largest trend again and again, never the same one twice, and yield the lines to print."""
    os.environ["CHROMIUM"] = os.environ["BROWSER_PATH"] = chromium.path()
    chart = trend_figure(View(lang="kk", indicator=LARGEST), load()).picture
    chart_svg(chart, WIDTH)  # the browser starts
    ours: list[float] = []
    theirs: list[float] = []
    with TemporaryDirectory() as folder:
        file = Path(folder) / "chart.svg"
        for at in range(rounds):
            chart = go.Figure(chart).update_layout(meta=at)  # else the second is kept from the first
            start = perf_counter()
            drawn = chart_svg(chart, WIDTH)
            ours.append(1000 * (perf_counter() - start))
            start = perf_counter()
            chart.write_image(file, width=WIDTH, height=HEIGHT)
            theirs.append(1000 * (perf_counter() - start))
        start = perf_counter()
        chart_svg(chart, WIDTH)
        again = 1000 * (perf_counter() - start)
        yield compare("image export, ms", ours, theirs)
        yield compare("image export asked for again, ms", [again], theirs)
        yield compare(
            "bytes of the image, compressed",
            [len(brotli.compress(drawn.svg.encode()))],
            [len(brotli.compress(file.read_bytes()))],
        )
