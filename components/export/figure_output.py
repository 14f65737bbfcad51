"""A figure as it leaves the dashboard, for the server, the command line and the published site."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import plotly.graph_objects as go

from components.export.documents import figure_document, figure_page
from components.export.documents.responsive_charts import WIDTHS
from components.export.documents.urls import UrlBuilder
from components.export.files import figure_tables
from components.export.rendering import chromium, embed_heights, page_images, plotly_svg
from components.export.rendering.page_images import SIZES, Size
from components.figure import Figure
from components.text.strings import text

CARD_CHART = (1130, 350)
"""Width and height of a chart on a card."""
IMAGES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
ENDINGS = (*IMAGES, *figure_tables.TABLES)


def media_type(ending: str) -> str:
    """Of a figure's file."""
    return IMAGES.get(ending) or figure_tables.TABLES[ending][0]


class Document(NamedTuple):
    """A document of a figure, and whether its picture is in it: that of a chart needs a Chromium."""

    content: bytes
    whole: bool


def embed(figure: Figure, place: UrlBuilder, still: bool, wait: bool = True) -> Document:
    """The document of an embed.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed
    """
    found = _charts(figure, wait)
    return Document(figure_document.embed(figure, place, found, still), not isinstance(found, str))


def standalone_document(figure: Figure, place: UrlBuilder, still: bool) -> bytes:
    """The document of an embed with its fonts and scripts inside.

    Raises
    ------
    chromium.RenderingFailed, chromium.NoChromium
    """
    return figure_document.alone(figure, place, _drawings(figure, wait=True), still)


def page(figure: Figure, place: UrlBuilder, wait: bool = True) -> Document:
    """The plain page of a figure; without a Chromium a chart's picture is replaced by what to install.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed
    """
    found = _charts(figure, wait)
    return Document(figure_page.plain(figure, place, found), not isinstance(found, str))


def measured(figure: Figure, place: UrlBuilder, still: bool = False, wait: bool = True) -> Mapping[int, int]:
    """The height of a figure's embed at several widths; ``heights.GUESS`` without a Chromium.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed
    """
    document = embed(figure, place, still, wait)
    try:
        return embed_heights.heights(document.content.decode(), wait=wait)
    except chromium.NoChromium:
        return embed_heights.GUESS


def file(
    figure: Figure,
    place: UrlBuilder,
    ending: str,
    size: Size = "1x",
    wait: bool = True,
) -> tuple[bytes, str]:
    """A figure as a file with one of ``ENDINGS``, and what the file is called.

    Raises
    ------
    RequestError, chromium.RendererBusy, chromium.RenderingFailed, chromium.NoChromium
    """
    called = f"{figure_tables.stem(figure)}.{ending}"
    address = place.address(figure.id, figure.view)
    if ending in figure_tables.TABLES:
        return figure_tables.table(figure, ending, address), called
    if isinstance(figure.picture, go.Figure):
        width, height = CARD_CHART if size == "card" else (WIDTHS["wide"], None)
        found: Mapping[str, plotly_svg.ChartDrawing] = {
            "only": plotly_svg.chart_svg(figure.picture, width, height, wait=wait)
        }
    else:
        found = {}
    if figure.view.theme == "auto":  # a picture has no reader whose preference it could follow
        figure = replace(figure, view=replace(figure.view, theme="light"))
    html = figure_document.picture_document(figure, place, found, size)
    if ending == "pdf":
        return chromium.pdf(html, wait=wait), called
    if ending == "svg":
        try:
            return page_images.svg(html, SIZES["1x"][0], wait=wait).encode(), called
        except chromium.NoChromium:
            if bare := figure_document.bare_map(figure):
                return bare, called
            raise
    width, height, scale = SIZES[size]
    return page_images.png(html, width, height, scale, wait=wait), called


def _charts(figure: Figure, wait: bool) -> Mapping[str, plotly_svg.ChartDrawing] | str:
    try:
        return _drawings(figure, wait)
    except chromium.NoChromium:
        return text(figure.view.lang, "embed.no_picture")


def _drawings(figure: Figure, wait: bool) -> Mapping[str, plotly_svg.ChartDrawing]:
    if not isinstance(figure.picture, go.Figure):
        return {}
    return {key: plotly_svg.chart_svg(figure.picture, width, wait=wait) for key, width in WIDTHS.items()}
