"""Download buttons; a file is made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from components.export import tables
from components.text.strings import text
from components.view import View
from data.dataset import Dataset


def buttons(view: View, dataset: Dataset) -> None:
    """Downloads of the chosen indicator and of everything."""
    key, lang = view.indicator, view.lang
    every = list(dataset.indicators)
    one: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("data.csv", "csv", "text/csv", lambda: tables.csv(dataset, [key], lang)),
        ("data.xlsx", "xlsx", XLSX, lambda: tables.xlsx(dataset, [key], lang)),
        ("data.geojson", "geojson", "application/geo+json", lambda: tables.geojson(dataset, key)),
        ("data.gpkg", "gpkg", "application/geopackage+sqlite3", lambda: tables.geopackage(dataset, key)),
    )
    everything: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("data.everything_csv", "csv", "text/csv", lambda: tables.csv(dataset, every, lang)),
        ("data.xlsx", "xlsx", XLSX, lambda: tables.xlsx(dataset, every, lang)),
        ("data.package", "zip", "application/zip", lambda: tables.package(dataset)),
    )
    with st.container(horizontal=True, key="downloads"):
        for label, name, files in (
            ("data.save_one", key, one),
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


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
