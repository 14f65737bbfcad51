"""A figure on the page: its words, its picture, its notes and its table, without an iframe."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from components.figure import Figure
from components.figures.frame import heading, remainder, whole
from components.figures.markup import markup

ASSETS = Path(__file__).parents[1] / "assets"


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _component() -> Callable[..., object]:
    """Register the component that shows markup of ours; registering again under its name is harmless."""
    return st.components.v2.component(
        "almaty2050_figure", css=_asset("figure.css"), js=_asset("map.js"), html='<div id="figure"></div>'
    )


def figure(shown: Figure, level: int = 1, pick: Callable[[str], None] | None = None) -> None:
    """Show a figure; ``level`` is its heading's. ``pick`` is called with the district a reader pins."""
    if isinstance(shown.picture, go.Figure):
        block(markup(heading(shown, level)), f"{shown.id}-head")
        st.plotly_chart(
            shown.picture,
            theme=None,
            key=f"{shown.id}-chart",
            alt=shown.alt,
            config={"displayModeBar": False, "responsive": True, "locale": shown.view.lang},
        )
        block(markup(remainder(shown)), f"{shown.id}-rest")
    else:
        block(markup(whole(shown, level)), shown.id, shown.view.district, pick)


def block(
    content: str,
    key: str,
    pinned: tuple[str, ...] = (),
    pick: Callable[[str], None] | None = None,
) -> None:
    """Show markup made by the figures; a click on an element with ``data-district`` is a pick."""

    def picked() -> None:
        district = st.session_state[key].get("picked")
        if pick and district:
            pick(district)

    _component()(
        key=key,
        data={"content": content, "pinned": list(pinned)},
        on_picked_change=picked,
    )
