"""The reader's view lives in the address: read it, change it, keep it between pages."""

from dataclasses import replace
from typing import Any

import streamlit as st

from components.arguments import LATEST
from components.selection import period_of, series_of
from components.view import View, from_query
from data.dataset import load

_LAST = "last_query"


def current() -> tuple[View, tuple[str, ...]]:
    """The view the address names, and the parts of it that were ignored.

    An address without a query is the menu of the browser or a page change: the session's last view
    comes back. The query is then written, so that what is on the screen can always be copied.
    """
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    asked.pop("embed", None)
    query = asked or st.session_state.get(_LAST, {})
    view, ignored = from_query(query, load(), _accepted())
    remember(view)
    return view, ignored


def _accepted() -> str | None:
    """The languages that the reader's browser asks for: all of them, where its connection names them."""
    return st.context.headers.get("Accept-Language") or st.context.locale


def remember(view: View) -> None:
    """Keep a view for the pages the reader opens next."""
    st.session_state[_LAST] = {
        key: value if isinstance(value, list) else [value] for key, value in view.to_query().items()
    }


def latest() -> View:
    """The view the session showed last, for callbacks.

    A callback carries what it knew when its page was drawn; a reader who is faster than the page would
    otherwise undo the choice before.
    """
    view, _ = from_query(st.session_state.get(_LAST, {}), load(), _accepted())
    return view


def go(view: View) -> None:
    """Show another view: write it into the address, where the next run finds it."""
    st.query_params.from_dict(view.to_query())
    remember(view)


def change(**fields: Any) -> None:
    """Show the latest view with some fields changed."""
    go(replace(latest(), **fields))


def pin(district: str) -> None:
    """Pin a district, or release it if it is the pinned one."""
    change(district=() if latest().district == (district,) else (district,))


def settle(period: str) -> None:
    """Show another period, if the address would take it: what a browser sends is not to be trusted."""
    view = latest()
    known = series_of(view, load())
    if period in known.periods() or period in known.refused:
        change(period=LATEST if period == period_of(replace(view, period=LATEST), known) else period)
