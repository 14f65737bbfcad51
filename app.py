"""Which pages there are: page config, language, navigation."""

import streamlit as st

from components.controls import address, bar
from components.text.strings import text

# In the order of the menu; each is the name of a script, of an address and of a title.
PAGES = (
    "overview",
    "map",
    "trends",
    "targets",
    "polycentricity",
    "compare",
    "district",
    "data",
)

view, ignored = address.read()
st.set_page_config(page_title=text(view.lang, "app.name"), page_icon="🗺️", layout="wide")
pages = {
    name: st.Page(
        f"pages/{name}.py",
        title=text(view.lang, f"page.{name}"),
        url_path=name,
        default=name == PAGES[0],
    )
    for name in PAGES
}
page = st.navigation(list(pages.values()), position="hidden")
bar.show(pages, page, view)
bar.notice(view, ignored)
page.run()
