"""Which pages there are: page config, language, navigation."""

import streamlit as st

from components.controls import address, bar
from components.text.strings import text

view, ignored = address.read()
st.set_page_config(page_title=text(view.lang, "app.name"), page_icon="🗺️", layout="wide")
pages = {
    "overview": st.Page("pages/overview.py", title=text(view.lang, "page.overview"), default=True),
    "map": st.Page("pages/map.py", title=text(view.lang, "page.map"), url_path="map"),
    "trends": st.Page("pages/trends.py", title=text(view.lang, "page.trends"), url_path="trends"),
    "targets": st.Page("pages/targets.py", title=text(view.lang, "page.targets"), url_path="targets"),
    "polycentricity": st.Page(
        "pages/polycentricity.py", title=text(view.lang, "page.polycentricity"), url_path="polycentricity"
    ),
    "compare": st.Page("pages/compare.py", title=text(view.lang, "page.compare"), url_path="compare"),
    "district": st.Page("pages/district.py", title=text(view.lang, "page.district"), url_path="district"),
    "data": st.Page("pages/data.py", title=text(view.lang, "page.data"), url_path="data"),
}
page = st.navigation(list(pages.values()), position="hidden")
bar.show(pages, page, view)
bar.notice(view, ignored)
page.run()
