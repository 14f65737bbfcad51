"""Select boxes that follow the address and write it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from components.controls import address
from components.text.strings import text
from components.view import View

ALL = "all"
Choice = TypeVar("Choice", bound=str | int)


def select(
    view: View,
    label: str,
    options: Sequence[Choice],
    current: Choice,
    write: Callable[[Choice], str],
    take: Callable[[Choice], None],
    key: str = "",
) -> None:
    """Show a select box with what the address says, which writes what the reader picks.

    The widget's own state follows the address on every run, so Back and links move it too. Its key has
    the language in it: a widget keeps its first labels otherwise.
    """
    key = f"{key or label.removeprefix('ui.')}-{view.lang}"
    st.session_state[key] = current
    st.selectbox(
        text(view.lang, label),
        options,
        key=key,
        format_func=write,
        on_change=lambda: take(st.session_state[key]),
    )


def select_field(view: View, field: str, options: Sequence[Choice], write: Callable[[Choice], str]) -> None:
    """Show a select box over a field of the view that takes its options as they are."""
    current = getattr(view, field)
    select(view, f"ui.{field}", options, current, write, lambda choice: address.change(**{field: choice}))


def select_filter(
    view: View, field: str, options: Sequence[str], write: Callable[[str], str], every: str = "ui.all"
) -> None:
    """Show a select box over a field of the view that may be None for all; ``every`` is the word for that."""
    select(
        view,
        f"ui.{field}",
        (ALL, *options),
        getattr(view, field) or ALL,
        lambda key: text(view.lang, every) if key == ALL else write(key),
        lambda key: address.change(**{field: None if key == ALL else key}),
    )
