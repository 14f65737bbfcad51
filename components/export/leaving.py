"""A figure as it leaves the dashboard, for the server, the command line and the published site."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import plotly.graph_objects as go

from components.export import charts, chromium, edition, files, heights, pictures, plain
from components.export.edition import WIDTHS, Place
from components.export.figures import drawn
from components.figure import Figure
from components.text.strings import text
from components.view import View
from data.dataset import Dataset

Size = Literal["1x", "2x", "card"]
SIZES: Mapping[Size, tuple[int, int | None, float]] = {
    "1x": (900, None, 1),
    "2x": (900, None, 2),
    "card": (1200, 630, 1),
}
"""Width, height (None: its own) and pixels a CSS pixel of a PNG; a card is what a link in a message shows."""
CARD_CHART = (1130, 350)
"""Width and height of a chart on a card."""
IMAGES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
ENDINGS = (*IMAGES, *files.TABLES)


def media_type(ending: str) -> str:
    """Of a figure's file."""
    return IMAGES.get(ending) or files.TABLES[ending][0]


def embed(
    name: str, view: View, dataset: Dataset, place: Place, still: bool, wait: bool = True
) -> tuple[bytes, bool]:
    """The document of an embed, and whether its picture is in it: a chart needs a Chromium.

    Raises
    ------
    Refused, chromium.Occupied, chromium.NotRendered
    """
    return embed_of(name, drawn(name, view, dataset), dataset, place, still, wait)


def embed_of(
    name: str, figure: Figure, dataset: Dataset, place: Place, still: bool, wait: bool = True
) -> tuple[bytes, bool]:
    """As ``embed``, of a figure that is drawn already."""
    found = _charts(figure, wait)
    return edition.embed(name, figure, dataset, place, found, still), not isinstance(found, str)


def alone(name: str, view: View, dataset: Dataset, place: Place, still: bool) -> bytes:
    """The document of an embed with its fonts and scripts inside.

    Raises
    ------
    Refused, chromium.NotRendered, chromium.NoChromium
    """
    figure = drawn(name, view, dataset)
    return edition.alone(name, figure, dataset, place, _drawings(figure, wait=True), still)


def page(name: str, view: View, dataset: Dataset, place: Place, wait: bool = True) -> bytes:
    """The plain page of a figure; without a Chromium a chart's picture is replaced by what to install.

    Raises
    ------
    Refused, chromium.Occupied, chromium.NotRendered
    """
    return page_of(name, drawn(name, view, dataset), dataset, place, wait)


def page_of(name: str, figure: Figure, dataset: Dataset, place: Place, wait: bool = True) -> bytes:
    """As ``page``, of a figure that is drawn already."""
    return plain.plain(name, figure, dataset, place, _charts(figure, wait))


def measured(
    name: str, view: View, dataset: Dataset, place: Place, still: bool = False, wait: bool = True
) -> Mapping[int, int]:
    """The height of a figure's embed at several widths; one guess for all without a Chromium.

    Raises
    ------
    Refused, chromium.Occupied, chromium.NotRendered
    """
    content, _ = embed(name, view, dataset, place, still, wait=wait)
    try:
        return heights.heights(content.decode(), wait=wait)
    except chromium.NoChromium:
        return {0: heights.UNKNOWN}


def file(
    name: str, view: View, dataset: Dataset, place: Place, ending: str, size: Size = "1x", wait: bool = True
) -> tuple[bytes, str]:
    """A figure as a file with one of ``ENDINGS``, and what the file is called.

    Raises
    ------
    Refused, chromium.Occupied, chromium.NotRendered, chromium.NoChromium
    """
    return file_of(name, drawn(name, view, dataset), dataset, place, ending, size, wait)


def file_of(
    name: str,
    figure: Figure,
    dataset: Dataset,
    place: Place,
    ending: str,
    size: Size = "1x",
    wait: bool = True,
) -> tuple[bytes, str]:
    """As ``file``, of a figure that is drawn already."""
    called = files.file_name(name, figure, dataset, ending)
    address = place.address(name, figure.view)
    if ending in files.TABLES:
        return files.table(name, figure, ending, address), called
    if isinstance(figure.picture, go.Figure):
        width, height = CARD_CHART if size == "card" else (WIDTHS["wide"], None)
        found: Mapping[str, charts.Drawn] = {
            "only": charts.chart_svg(figure.picture, width, height, wait=wait)
        }
    else:
        found = {}
    if figure.view.theme == "auto":  # a picture has no reader whose preference it could follow
        figure = replace(figure, view=replace(figure.view, theme="light"))
    html = edition.picture_document(name, figure, dataset, place, found, size)
    if ending == "pdf":
        return chromium.pdf(html, wait=wait), called
    if ending == "svg":
        try:
            return pictures.svg(html, SIZES["1x"][0], wait=wait).encode(), called
        except chromium.NoChromium:
            if bare := edition.bare_map(figure):
                return bare, called
            raise
    width, height, scale = SIZES[size]
    return pictures.png(html, width, height, scale, wait=wait), called


def _charts(figure: Figure, wait: bool) -> Mapping[str, charts.Drawn] | str:
    try:
        return _drawings(figure, wait)
    except chromium.NoChromium:
        return text(figure.view.lang, "embed.no_picture")


def _drawings(figure: Figure, wait: bool) -> Mapping[str, charts.Drawn]:
    if not isinstance(figure.picture, go.Figure):
        return {}
    return {key: charts.chart_svg(figure.picture, width, wait=wait) for key, width in WIDTHS.items()}
