"""The map to explore: folium through streamlit-folium, with free zoom, metro and polycentres.

The polygons reach a browser once, as a file. What a change of view sends is a few colours and words,
so the map neither remounts nor flashes nor loses its zoom.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import folium
import streamlit as st
from jinja2 import Template
from streamlit_folium import st_folium

from components.bundles import address as asset
from components.controls import address, own_layer
from components.controls import show as page
from components.figures.drawing.frame import heading, remainder
from components.figures.drawing.markup import element, markup
from components.figures.maps.choropleth import map_figure
from components.figures.maps.district_marks import LARGEST_CIRCLE, MapEncoding, map_encoding
from components.figures.maps.map_svg import legend
from components.figures.tables.ranking import ranking
from components.text.sentences import full_name, rank_of, rank_text, unit_of
from components.text.strings import text
from components.view import View
from data.dataset import Dataset
from geo.districts import DISTRICTS, districts

HEIGHT = 560
TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
STREETS = "explore-streets"
LARGEST_RADIUS = 36
"""Largest radius of a circle for a total, in pixels."""


class ServedMap(folium.Map):
    """A folium map whose scripts and styles come from this server and nowhere else."""

    default_js: list[tuple[str, str]] = [  # noqa: RUF012 -- as folium declares it
        ("leaflet", asset("leaflet.js")),
        ("explore", asset("explore.js")),
    ]
    default_css: list[tuple[str, str]] = [  # noqa: RUF012 -- as folium declares it
        ("leaflet_css", asset("leaflet.css"))
    ]


class Mount(folium.MacroElement):
    """Puts the districts on the map; their geometry is in ``explore.js``."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.almaty.mount({{ this._parent.get_name() }});{% endmacro %}"
    )


class Paint(folium.FeatureGroup):
    """The changing part: fills, words and the pinned district, as data for ``explore.js``."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.featureGroup();window.almaty.paint({{ this.state }});"
        "{% endmacro %}"
    )

    def __init__(self, state: Mapping[str, Any]) -> None:
        super().__init__()
        # Inside a script element only "</" could end it early.
        self.state = json.dumps(state, ensure_ascii=False).replace("</", "<\\/")


def show(view: View, dataset: Dataset) -> None:
    """Show the map of a view, its legend beneath, and the row of the pinned district."""
    encoding = map_encoding(view, dataset)
    head = st.container()
    answer = st_folium(
        _base(),
        key="explore",
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=Paint(_state(encoding, view)),
        returned_objects=["last_active_drawing"],
    )
    _pin(answer)
    # The map's message leaves first; what stands around it follows.
    above, legends, below = _around(view, dataset)
    with head:
        page.block(above, "explore-head")
    page.block(legends, "explore-legend")
    own_layer.panel(view)
    page.block(below, "explore-rest", view.district, address.pin)


@lru_cache(maxsize=256)
def _around(view: View, dataset: Dataset) -> tuple[str, str, str]:
    """Return what stands above the map, its legend, and what stands below, as HTML."""
    figure, encoding = map_figure(view, dataset), map_encoding(view, dataset)
    legends = element(
        "div",
        legend(encoding, view.lang),
        element("p", text(view.lang, "foot.polycentres"), class_="subtitle"),
    )
    below = element("div", ranking(encoding.series, encoding.period, view.lang), remainder(figure))
    return markup(heading(figure, 1)), markup(legends), markup(below)


def _base() -> ServedMap:
    """Return a new base map each run (st_folium changes the one it is given), the same text each time."""
    west, south, east, north = districts("map").total_bounds
    base = ServedMap(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=11,
        tiles=None,
        zoom_snap=0.25,
        attribution_control=False,
    )
    base.add_child(Mount())  # type: ignore[no-untyped-call]  # folium's own
    return base


def _state(encoding: MapEncoding, view: View) -> dict[str, Any]:
    lang = view.lang
    unit = unit_of(encoding.series, lang)
    marks = {}
    for district in DISTRICTS:
        mark = encoding.marks[district]
        rank = [rank_of(rank_text(mark.rank), lang)] if mark.rank else []
        value = text(lang, "word.few") if mark.state == "few" else encoding.value_text(district, lang)
        if mark.state == "value":
            value += f" {unit}"
        marks[district] = {
            "state": mark.state,
            "fill": mark.fill,
            "radius": mark.radius and round(mark.radius / LARGEST_CIRCLE * LARGEST_RADIUS, 1),
            "words": [full_name(district, lang), value, *rank],
        }
    return {
        "lang": lang,
        "dark": st.context.theme.type == "dark",
        "marks": marks,
        "pinned": view.district[0] if view.district else None,
        "station": text(lang, "map.metro"),
        "own": own_layer.drawn(),
        "streets": {"url": TILES, "credit": text(lang, "foot.osm")}
        if st.session_state.get(STREETS)
        else None,
    }


def streets(view: View) -> None:
    """Let the reader turn the street map on; a choice of the session, never of a link.

    Nothing else on a page asks another host, so no address may do it in the reader's place.
    """
    st.toggle(text(view.lang, "ui.streets"), key=STREETS, help=text(view.lang, "ui.streets_help"))


def _pin(answer: Mapping[str, Any] | None) -> None:
    """Pin or release the district that was clicked since the last run."""
    click = ((answer or {}).get("last_active_drawing") or {}).get("properties") or {}
    if click.get("district") in DISTRICTS and click != st.session_state.get("explore-click"):
        st.session_state["explore-click"] = click
        address.pin(click["district"])
        st.rerun()
