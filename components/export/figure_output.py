"""A figure as it leaves the dashboard, for the server, the command line and the published site."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import plotly.graph_objects as go

from components.export.documents import district_document
from components.export.documents.figure_document import FigureDocument, bare_map
from components.export.documents.figure_page import figure_page
from components.export.documents.responsive_charts import WIDTHS
from components.export.documents.urls import UrlBuilder
from components.export.files import figure_tables
from components.export.files.file_formats import FORMATS
from components.export.rendering import chromium, embed_heights, page_images, plotly_svg
from components.export.rendering.page_images import SIZES, Size
from components.figure import Figure
from components.text.strings import text

CARD_CHART = (1130, 350)
"""Width and height of a chart on a card."""


class Document(NamedTuple):
    """A document of a figure, and whether its picture is in it: that of a chart needs a Chromium."""

    content: bytes
    whole: bool


def embed(figure: Figure, urls: UrlBuilder, still: bool, wait: bool = True) -> Document:
    """Return the document of an embed; ``wait`` or not while the browser is busy.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed
    """
    charts = _charts(figure, wait)
    document = FigureDocument(figure, urls, charts)
    return Document(document.embed(still), not isinstance(charts, str))


def standalone_document(figure: Figure, urls: UrlBuilder, still: bool) -> bytes:
    """Return the document of an embed with its fonts and scripts inside.

    Raises
    ------
    chromium.RenderingFailed, chromium.NoChromium
    """
    return FigureDocument(figure, urls, _drawings(figure, wait=True)).standalone(still)


def page(figure: Figure, urls: UrlBuilder, wait: bool = True) -> Document:
    """Return the plain page of a figure; without a Chromium a chart's picture says what to install.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed
    """
    charts = _charts(figure, wait)
    document = FigureDocument(figure, urls, charts)
    return Document(figure_page(document), not isinstance(charts, str))


def measured(figure: Figure, urls: UrlBuilder, still: bool = False, wait: bool = True) -> Mapping[int, int]:
    """Return the height of a figure's embed by width, in pixels; ``GUESS`` without a Chromium.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed
    """
    document = embed(figure, urls, still, wait)
    try:
        return embed_heights.heights(document.content.decode(), wait=wait)
    except chromium.NoChromium:
        return embed_heights.GUESS


def district_sheet(figure: Figure, ending: str, wait: bool = True) -> bytes:
    """Return the sheet of a district, one A4 page, as ``pdf`` or ``html``.

    Raises
    ------
    chromium.RendererBusy, chromium.RenderingFailed, chromium.NoChromium
        For a PDF.
    """
    html = district_document.sheet(figure)
    return chromium.pdf(html, wait=wait) if ending == "pdf" else html.encode()


def file_name(figure: Figure, ending: str) -> str:
    """Return the name of a figure's file, such as ``almaty2050_district_medeu_kk.pdf``."""
    return f"{figure_tables.stem(figure)}.{ending}"


def file(
    figure: Figure,
    urls: UrlBuilder,
    ending: str,
    size: Size = "1x",
    wait: bool = True,
) -> bytes:
    """Return a figure as a file in one of ``formats.FIGURE_FORMATS``.

    Raises
    ------
    RequestError, chromium.RendererBusy, chromium.RenderingFailed, chromium.NoChromium
    """
    if FORMATS[ending].content != "image":
        return figure_tables.table(figure, ending, urls.address(figure.id, figure.view))
    if (figure.id, ending) == ("district", "pdf"):
        return district_sheet(figure, ending, wait)
    charts: Mapping[str, plotly_svg.ChartDrawing] = {}
    if isinstance(figure.picture, go.Figure):
        width, height = CARD_CHART if size == "card" else (WIDTHS["wide"], None)
        charts = {"only": plotly_svg.chart_svg(figure.picture, width, height, wait=wait)}
    if figure.view.theme == "auto":  # a picture has no reader whose preference it could follow
        figure = replace(figure, view=replace(figure.view, theme="light"))
    html = FigureDocument(figure, urls, charts).picture(size).decode()
    if ending == "pdf":
        return chromium.pdf(html, wait=wait)
    if ending == "png":
        return page_images.png(html, *SIZES[size], wait=wait)
    try:
        return page_images.svg(html, SIZES["1x"][0], wait=wait).encode()
    except chromium.NoChromium:
        if bare := bare_map(figure):
            return bare
        raise


def _charts(figure: Figure, wait: bool) -> Mapping[str, plotly_svg.ChartDrawing] | str:
    try:
        return _drawings(figure, wait)
    except chromium.NoChromium:
        return text(figure.view.lang, "embed.no_picture")


def _drawings(figure: Figure, wait: bool) -> Mapping[str, plotly_svg.ChartDrawing]:
    if not isinstance(figure.picture, go.Figure):
        return {}
    return {key: plotly_svg.chart_svg(figure.picture, width, wait=wait) for key, width in WIDTHS.items()}
