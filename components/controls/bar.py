"""The bar on top: pages and languages, and the notice about a broken link."""

from dataclasses import replace

import streamlit as st

from components.controls import address
from components.text.strings import LANG_NAMES, LANGS, text
from components.view import View

CSS = """
<style>
.stApp { font-variant-numeric: tabular-nums; }
.stAppHeader { display: none; }
.stMainBlockContainer { max-width: 84rem; padding: 0.75rem clamp(1rem, 3vw, 2.5rem) 3rem; }
.st-key-bar { border-bottom: 1px solid var(--st-border-color, rgba(128,128,128,.3)); padding-bottom: 0.35rem; margin-bottom: 0.25rem; }
.st-key-bar p { white-space: nowrap; }
.st-key-bar .stPageLink a { padding: 0.25rem 0.6rem; }
.st-key-bar a[aria-current="page"], .st-key-bar [data-testid="stPageLink-NavLink"][aria-current="page"] { font-weight: 600; }
.st-key-language { margin-left: auto; }
@media (max-width: 640px) {
  .st-key-bar { gap: 0.1rem; }
  .st-key-bar .stPageLink a { padding: 0.25rem 0.4rem; }
  .st-key-name { width: 100%; }
}
</style>
"""


def show(pages: dict[str, st.Page], view: View) -> None:
    """Product name, pages and languages in one bar; page links carry the view along."""
    st.html(CSS)
    query = view.to_query()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bar"):
        with st.container(key="name", width="content"):
            st.markdown(f"**{text(view.lang, 'app.name')}**", width="content")
        for key, page in pages.items():
            st.page_link(page, label=text(view.lang, f"page.{key}"), query_params=query)
        with st.container(key="language", width="content"):
            key = "lang"
            st.session_state[key] = view.lang
            st.segmented_control(
                text(view.lang, "ui.language"),
                LANGS,
                key=key,
                required=True,
                format_func=lambda lang: LANG_NAMES[lang],
                label_visibility="collapsed",
                on_change=lambda: address.go(replace(view, lang=st.session_state[key] or view.lang)),
            )


def notice(view: View, ignored: tuple[str, ...]) -> None:
    """Name the parts of a link that were ignored."""
    if ignored:
        items = ", ".join(f"`{part.replace('`', chr(39))}`" for part in ignored)
        st.warning(text(view.lang, "notice.ignored", items=items))
