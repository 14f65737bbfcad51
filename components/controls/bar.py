"""The bar on top: pages and languages, and the notice about a broken link."""

from dataclasses import replace

import streamlit as st

from components.controls import address
from components.text.strings import LANG_NAMES, LANGS, text
from components.view import View

CSS = """
<style>
.stAppHeader { display: none; }
.stMainBlockContainer { max-width: 84rem; padding: 0.75rem clamp(1rem, 3vw, 2.5rem) 3rem; }
.st-key-bar { border-bottom: 1px solid var(--st-border-color, rgba(128,128,128,.3)); padding-bottom: 0.3rem; margin-bottom: 0.25rem; column-gap: 0.25rem; row-gap: 0; }
.st-key-bar p { white-space: nowrap; overflow: visible; }
.st-key-bar .stPageLink span { overflow: visible; }
.st-key-name { padding-right: 0.75rem; }
.st-key-bar .stPageLink a { padding: 0.25rem 0.6rem; min-height: 2rem; background: none; }
.st-key-bar .st-key-here a { box-shadow: inset 0 -2px 0 var(--st-primary-color); border-radius: 0; }
.st-key-bar > :has(> .st-key-language), .st-key-bar > .st-key-language { margin-left: auto; }
.st-key-language button { border: 0 !important; background: none !important; padding: 0 0.4rem; min-height: 2rem; }
.st-key-language button[aria-checked="true"] p { font-weight: 650; }
.st-key-controls > div { min-width: min(100%, 9.5rem); }
@media (max-width: 640px) {
  .st-key-bar > :has(> .st-key-name), .st-key-bar > .st-key-name { order: -2; padding-right: 0; }
  .st-key-bar > :has(> .st-key-language), .st-key-bar > .st-key-language { order: -1; }
  .st-key-language button { padding: 0 0.25rem; font-size: 0.82rem; }
  .st-key-language p { font-size: 0.82rem; }
  .st-key-bar .stPageLink a { padding: 0.25rem 0.45rem; }
  .st-key-controls > :has([class*="st-key-indicator-"]), .st-key-downloads > * { flex: 1 1 100%; min-width: 100%; }
}
</style>
"""


def show(pages: dict[str, st.Page], here: st.Page, view: View) -> None:
    """Product name, pages and languages in one bar; page links carry the view along."""
    st.html(CSS)
    query = view.to_query()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bar"):
        with st.container(key="name", width="content"):
            st.markdown(f"**{text(view.lang, 'app.short')}**", width="content")
        for key, page in pages.items():
            with st.container(key="here" if page == here else f"to-{key}", width="content"):
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
