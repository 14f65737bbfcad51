"""A figure on the page: its words, its picture, its notes and its table, without an iframe."""

from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st

from components.bundles import address as asset
from components.controls import share
from components.figure import Figure
from components.figures.drawing.frame import heading, remainder, render_section
from components.figures.drawing.markup import element, markup
from components.figures.drawing.pins import pin
from components.figures.registry import FIGURES, draw_for_page
from components.refusal import RequestError
from components.text.strings import text
from components.view import View
from data.dataset import Dataset, load

# The style and the script have addresses of their own: in the component they would travel with every run.
_HTML = (
    f'<link rel="stylesheet" href="{asset("figure.css")}"><div id="figure" style="visibility:hidden"></div>'
)
_JS = (
    "export default async (component) =>\n"
    f'  (await import(location.origin + "{asset("map.js")}")).default(component);\n'
)


def _component() -> Callable[..., object]:
    """Register the component that shows markup of ours; registering again under its name is harmless."""
    return st.components.v2.component("almaty2050_figure", html=_HTML, js=_JS)


@lru_cache(maxsize=512)
def _markup(figure: Figure, level: int, tabled: bool, folded: bool) -> str:
    """Return a figure as HTML; each is made once per view, so the same value comes back.

    The outlines of large maps are left out: ``map.js`` brings them once per browser, and pins what is pinned.
    """
    root = deepcopy(render_section(figure, level, tabled, folded))
    pin(root, ())
    for svg in root.iter("svg"):
        if svg.get("class") == "map":
            for path in svg.iter("path"):
                if path.get("data-district"):
                    path.attrib.pop("d", None)
    return markup(root)


def figure(  # noqa: PLR0913 - options of one call, each by its name
    name: str,
    view: View,
    *,
    level: int = 1,
    pick: Callable[[str], None] | None = None,
    tabled: bool = True,
    key: str | None = None,
    folded: bool = False,
    settle: Callable[[str], None] | None = None,
) -> None:
    """Show a figure of the registry, or a notice where there is none of the view.

    ``level`` is that of the heading; ``tabled`` adds the table, ``folded`` folds it away.

    ``pick`` is called with the district a reader pins, ``settle`` with the period at which they leave the
    time slider; ``key`` tells two figures of one kind apart.
    """
    key = key or name
    dataset = load()
    try:
        drawn = draw_for_page(name, view, dataset, dark=st.context.theme.type == "dark")
    except RequestError:
        indicator = dataset.indicators[view.indicator].short[view.lang]
        _notice(text(view.lang, "notice.no_figure", indicator=indicator), key)
        return
    if name in FIGURES:
        share.button(drawn, key)
    if isinstance(drawn.picture, go.Figure):
        block(markup(heading(drawn, level)), f"{key}-head")
        st.plotly_chart(
            drawn.picture,
            theme=None,
            key=f"{key}-chart",
            alt=drawn.alt,
            config={"displayModeBar": False, "responsive": True, "locale": drawn.view.lang},
        )
        block(markup(remainder(drawn, tabled, folded)), f"{key}-rest")
    else:
        block(_markup(drawn, level, tabled, folded), key, drawn.view.district, pick, settle)


def block(
    content: str,
    key: str,
    pinned: tuple[str, ...] = (),
    pick: Callable[[str], None] | None = None,
    settle: Callable[[str], None] | None = None,
) -> None:
    """Show markup made by the figures; a click on an element with ``data-district`` is a pick."""

    def picked() -> None:
        district = st.session_state[key].get("picked")
        if pick and district:
            pick(district)

    def settled() -> None:
        period = st.session_state[key].get("settled")
        if settle and period:
            settle(period)

    _component()(
        key=key,
        data={"content": content, "pinned": list(pinned)},
        on_picked_change=picked,
        on_settled_change=settled,
    )


def substitution(requested: View, drawn: View, dataset: Dataset) -> None:
    """Say that a page draws another indicator than the one asked for, where it cannot show that."""
    if requested.indicator != drawn.indicator:
        lang, indicators = requested.lang, dataset.indicators
        words = text(
            lang,
            "notice.indicator",
            asked=indicators[requested.indicator].short[lang],
            drawn=indicators[drawn.indicator].short[lang],
        )
        _notice(words, "substitution")


def _notice(words: str, key: str) -> None:
    block(markup(element("p", words, class_="sentence")), key)
