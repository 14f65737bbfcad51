"""Download buttons; a file is made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from components.export.documents.district_document import document, file_name
from components.export.files import dataset_tables
from components.export.rendering import chromium
from components.figures.drawing.frame import render_section
from components.figures.registry import draw_for_page
from components.selection import district_of
from components.text.strings import text
from components.view import View
from data.dataset import Dataset
from data.redistribution import open_indicators, withheld


def buttons(view: View, dataset: Dataset) -> None:
    """Downloads of the chosen indicator and of everything that may be passed on."""
    key, lang = view.indicator, view.lang
    every = open_indicators(dataset)
    one: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("data.csv", "csv", "text/csv", lambda: dataset_tables.csv(dataset, [key], lang)),
        ("data.xlsx", "xlsx", XLSX, lambda: dataset_tables.xlsx(dataset, [key], lang)),
        ("data.geojson", "geojson", "application/geo+json", lambda: dataset_tables.geojson(dataset, key)),
        (
            "data.gpkg",
            "gpkg",
            "application/geopackage+sqlite3",
            lambda: dataset_tables.geopackage(dataset, key),
        ),
    )
    everything: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("data.everything_csv", "csv", "text/csv", lambda: dataset_tables.csv(dataset, every, lang)),
        ("data.xlsx", "xlsx", XLSX, lambda: dataset_tables.xlsx(dataset, every, lang)),
        ("data.package", "zip", "application/zip", lambda: dataset_tables.package(dataset)),
    )
    with st.container(horizontal=True, key="downloads"):
        if owners := withheld(dataset, key):
            st.caption(f"{text(lang, 'embed.withheld')} {owners[0].url}")
        for label, name, files in (
            *([] if owners else [("data.save_one", key, one)]),
            ("data.save_all", "all", everything),
        ):
            with st.popover(text(lang, label), width="stretch"):
                for button, ending, media_type, make in files:
                    st.download_button(
                        text(lang, button),
                        make,
                        file_name=f"almaty2050_table_{name}_{lang}.{ending}",
                        mime=media_type,
                        key=f"{name}-{button}",
                        on_click="ignore",
                        type="tertiary",
                    )


def profile(view: View, dataset: Dataset) -> None:
    """Downloads of a district's page: one sheet as PDF, and the same as one HTML file."""
    area, lang = district_of(view), view.lang
    shown = draw_for_page("district", view, dataset)
    if closed := shown.withheld:
        st.caption(f"{text(lang, 'embed.withheld')} {closed[0].links[0][0]}")
        return

    def html() -> str:
        return document(render_section(shown, 1, tabled=False), shown.title, lang)

    with st.container(horizontal=True, key="downloads"):
        if chromium.installed():
            st.download_button(
                text(lang, "profile.save_pdf"),
                lambda: chromium.pdf(html()),
                file_name=file_name(area, lang, "pdf"),
                mime="application/pdf",
                key="profile-pdf",
                on_click="ignore",
            )
        else:
            st.caption(text(lang, "profile.no_pdf"))
        st.download_button(
            text(lang, "profile.save_html"),
            lambda: html().encode(),
            file_name=file_name(area, lang, "html"),
            mime="text/html",
            key="profile-html",
            on_click="ignore",
        )


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
