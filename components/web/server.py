"""The server: Streamlit's app with our own routes, warmed up before the first reader comes."""

import importlib
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from components.controls import address
from components.text.strings import LANGS, text
from components.web import assets, embeds, oembed
from components.web.api import application as api
from components.web.http.admission import AdmissionLimit, most_readers
from components.web.http.response_cache import ResponseCache
from components.web.http.security_headers import FrameAncestors
from components.web.http.static_files import PackedStatic

LOG = logging.getLogger(__name__)

ROOT = Path(__file__).parents[2]
WARMED = (
    "components.controls.bar",
    "components.controls.choose",
    "folium",
    "components.controls.show",
)
"""What the pages import; on a cold process the first reader would wait for it.

Not ``components.controls.explore``: streamlit-folium declares its component when it is imported, and
Streamlit knows a component only if that happens while a page runs. Its own import is small.
"""


def warm() -> None:
    """Import what the pages import, read the data, simplify the polygons, draw what opens first."""
    from components.figures.registry import draw_for_page
    from components.view import View
    from data.dataset import load
    from data.transforms import transformed

    for module in WARMED:
        importlib.import_module(module)
    assets.assets()
    dataset = load()
    for lang in LANGS:
        for name in ("gaps", "wage", "schools", "moves", "map"):
            draw_for_page(name, View(lang=lang), dataset)
    for key, indicator in dataset.indicators.items():
        transformed(dataset, key, indicator.opens_with)
        time.sleep(0.01)  # a reader who is already there goes first
    for lang in LANGS:
        for name in ("compare", "standings", "readings"):
            draw_for_page(name, View(lang=lang), dataset)
            time.sleep(0.01)


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[dict[str, Any]]:
    """Warm up in a thread: the server answers from the first moment."""
    threading.Thread(target=warm, name="warm", daemon=True).start()
    yield {}


def apologise(error: Exception) -> bool:
    """Tell the reader in their language that a page failed, and the log why."""
    LOG.error("a page failed", exc_info=error)
    st.error(text(address.latest().lang, "notice.error"))
    return True


def app() -> st.App:
    """Return the ASGI application."""
    # Streamlit takes a folder named pages for its older kind of multipage app until st.navigation has run
    # once; without this the first reader who follows a link to a page would get it without app.py.
    PagesManager.uses_pages_directory = False
    routes = [*assets.ROUTES, *api.ROUTES, *embeds.ROUTES, *oembed.ROUTES]
    return st.App(
        ROOT / "app.py",
        routes=routes,
        middleware=[
            Middleware(ResponseCache),
            Middleware(FrameAncestors),
            Middleware(AdmissionLimit, most=most_readers()),
            Middleware(PackedStatic),
        ],
        lifespan=lifespan,
        on_script_error=apologise,
    )


def run(host: str, port: int) -> None:
    """Serve until interrupted."""
    uvicorn.run(app(), host=host, port=port, log_level="warning", access_log=False, ws_ping_interval=30)
