"""The bar on top: pages and languages, and the notice about a broken link."""

import streamlit as st

from components.bundles import ASSETS
from components.bundles import address as asset
from components.controls import address
from components.text.strings import LANG_NAMES, LANGS, text
from components.view import View

MAX_NAMED = 8
"""Maximum number of ignored parts of a link that are named in the notice."""
CSS = "<style>" + (ASSETS / "page.css").read_text(encoding="utf-8") + "</style>"


def show(pages: dict[str, st.Page], here: st.Page, view: View) -> None:
    """Product name, pages and languages in one bar; page links carry the view along."""
    # The script is loaded once; the language in it makes it run again when the reader changes the language.
    words = f'import(location.origin + "{asset("words.js")}").then((page) => page.default("{view.lang}"))'
    st.html(f"{CSS}<script>{words}</script>", unsafe_allow_javascript=True)
    query = view.to_query()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bar"):
        st.markdown(f"**{text(view.lang, 'app.short')}**", width="content")
        for key, page in pages.items():
            # Strong marks the page that is open: a container would be one more message in every rerun.
            label = text(view.lang, f"page.{key}")
            st.page_link(page, label=f"**{label}**" if page == here else label, query_params=query)
        st.session_state["lang"] = view.lang
        st.segmented_control(
            text(view.lang, "ui.language"),
            LANGS,
            key="lang",
            required=True,
            format_func=lambda lang: LANG_NAMES[lang],
            label_visibility="collapsed",
            on_change=lambda: address.change(lang=st.session_state["lang"] or view.lang),
        )


def notice(view: View, ignored: tuple[str, ...]) -> None:
    """Name the parts of a link that were ignored, each as code: one line without a backtick."""
    if ignored:
        named = [f"`{' '.join(part.split()).replace('`', chr(39))}`" for part in ignored[:MAX_NAMED]]
        items = ", ".join([*named, "…"] if len(ignored) > MAX_NAMED else named)
        st.warning(text(view.lang, "notice.ignored", items=items))
