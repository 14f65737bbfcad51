"""The reader's view lives in the address: read it, change it, keep it between pages."""

from dataclasses import replace
from typing import Any

import streamlit as st

from components.arguments import LATEST
from components.selection import period_of, series_of
from components.view import View, from_query
from data.dataset import load

VIEW = "view"


def read() -> tuple[View, tuple[str, ...]]:
    """Return the view that the address names, and the parts of it that were ignored; called once a run.

    An address without a query is the menu of the browser or a page change: the session's last view
    comes back.
    """
    query = {key: st.query_params.get_all(key) for key in st.query_params if key != "embed"}
    if not query and VIEW in st.session_state:
        return st.session_state[VIEW], ()
    # All languages that the reader's browser accepts, where its connection names them.
    accepted = st.context.headers.get("Accept-Language") or st.context.locale
    view, ignored = from_query(query, load(), accepted)
    st.session_state[VIEW] = view
    return view, ignored


def latest() -> View:
    """Return the session's view: that of this run on a page, that of the run before in a callback.

    A callback carries what was so when its page was drawn; a reader who is faster than the page would
    otherwise undo the choice before.
    """
    view: View = st.session_state[VIEW] if VIEW in st.session_state else read()[0]
    return view


def go(view: View) -> None:
    """Show another view: write it into the address, where the next run finds it."""
    st.query_params.from_dict(view.to_query())
    st.session_state[VIEW] = view


def change(**fields: Any) -> None:
    """Show the latest view with some fields changed."""
    go(replace(latest(), **fields))


def pin(district: str) -> None:
    """Pin a district, or release it if it is the pinned one."""
    change(district=() if latest().district == (district,) else (district,))


def settle(period: str) -> None:
    """Show another period, if the address would take it: what a browser sends is not to be trusted."""
    view = latest()
    series = series_of(view, load())
    if period in series.periods() or period in series.refused:
        change(period=LATEST if period == period_of(replace(view, period=LATEST), series) else period)
