"""The dialog that lets a figure leave: preview, link, code for an article, image, citation."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args
from urllib.parse import urlsplit

import streamlit as st

from components.arguments import Theme
from components.bundles import address as asset
from components.export import figure_output
from components.export.documents.embed_code import bibtex, citation, snippet
from components.export.documents.figure_page import endings
from components.export.documents.urls import UrlBuilder, public_address
from components.export.files.file_formats import FORMATS
from components.export.rendering import chromium
from components.export.rendering.embed_heights import GUESS
from components.export.rendering.page_images import Size
from components.figure import Figure
from components.figures.drawing.markup import element, markup
from components.figures.registry import draw
from components.refusal import RequestError
from components.text.strings import LANG_NAMES, LANGS, Lang, text
from components.view import View
from data.dataset import load

PREVIEW_HEIGHT = 460
THEMES: tuple[Theme, ...] = ("light", "dark", "auto")


def button(figure: Figure, key: str) -> None:
    """Show a button beside a figure's title that opens its dialog."""
    lang = figure.view.lang
    with st.container(horizontal=True, horizontal_alignment="right", key=f"sharing-{key}"):
        pressed = st.button(text(lang, "share.open"), key=f"share-{key}", type="tertiary", icon="↗")
    if pressed:
        st.dialog(text(lang, "share.title"), width="large")(_dialog)(figure.id, figure.view)


def _place() -> UrlBuilder:
    """Return a builder of full addresses, as the reader's browser or the operator names this server."""
    url = urlsplit(st.context.url or "")
    here = f"{url.scheme}://{url.netloc}" if url.netloc else ""
    return UrlBuilder(public_address() or here, asset)


def _dialog(name: str, view: View) -> None:
    lang = view.lang
    chosen, still = _options(view)
    place, dataset = _place(), load()
    try:
        with st.spinner(text(lang, "share.measuring")):
            figure = draw(name, chosen, dataset)
            measured = figure_output.measured(figure, place, still)
    except RequestError as refusal:
        st.warning(text(lang, "share.withheld") + f" {refusal.link or ''}")
        return
    except chromium.RenderingFailed:
        measured = GUESS
    chosen = figure.view
    if not chromium.installed():
        st.caption(text(lang, "share.not_measured"))
    options = {"still": "1"} if still else {}
    st.iframe(
        place.embed(name, chosen, **options),
        height=PREVIEW_HEIGHT,
        alt=text(lang, "share.preview"),
    )
    st.markdown(f"**{text(lang, 'share.link')}**")
    st.code(place.address(name, chosen), language=None, wrap_lines=True)
    st.markdown(f"**{text(lang, 'share.code')}**")
    resizer = st.checkbox(text(lang, "share.resizer"), key="share-resizer", disabled=still)
    st.code(snippet(figure, place, measured, still, resizer), language=None, wrap_lines=True)
    _downloads(name, chosen, lang)
    st.markdown(f"**{text(lang, 'share.cite')}**")
    today = datetime.now(UTC).date()
    st.code(citation(figure, place, today), language=None, wrap_lines=True)
    st.code(bibtex(figure, place, today), language=None, wrap_lines=True)


def _options(view: View) -> tuple[View, bool]:
    """Return the view in the chosen language and theme, and whether the figure is to stand still."""
    lang: Lang = view.lang
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = st.segmented_control(
            text(lang, "share.language"),
            LANGS,
            default=lang,
            required=True,
            format_func=lambda code: LANG_NAMES[code],
            key="share-lang",
        )
        theme = st.segmented_control(
            text(lang, "share.theme"),
            THEMES,
            default="light",
            required=True,
            format_func=lambda theme: text(lang, f"share.{theme}"),
            key="share-theme",
            wrap=True,
        )
        still = st.toggle(text(lang, "share.still"), key="share-still")
    return replace(view, lang=language or lang, theme=theme or "light"), still


def _downloads(name: str, view: View, lang: Lang) -> None:
    """Offer the figure as an image in three sizes, and as every other kind of file."""
    st.markdown(f"**{text(lang, 'share.image')}**")
    here = UrlBuilder("", asset)  # of another server a browser would open, in place of saving, what is linked
    links = [
        (f"PNG, {text(lang, f'share.size_{size}')}", here.download(name, view, "png", size=size))
        for size in get_args(Size)
    ]
    links += [
        (FORMATS[ending].label, here.download(name, view, ending))
        for ending in endings(name)
        if ending != "png"
    ]
    items = (element("li", element("a", label, href=href, download=True)) for label, href in links)
    style = "display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;padding:0;margin:0"
    st.html(markup(element("ul", items, style=style)))
