"""Download buttons; a file is made when it is asked for."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from components.export import figure_output
from components.export.files import dataset_tables, district_layers, indicator_layers
from components.export.files.file_formats import FORMATS
from components.export.rendering import chromium
from components.figures.registry import draw
from components.refusal import RequestError
from components.text.strings import text
from components.view import View
from data.dataset import Dataset
from data.licences import open_indicators, withheld

Makers = Mapping[tuple[str, str], Callable[[], bytes]]
"""What makes a file, by the key of its button and its ending."""


def buttons(view: View, dataset: Dataset) -> None:
    """Offer downloads of the chosen indicator and of everything that may be passed on."""
    key, lang = view.indicator, view.lang
    every = open_indicators(dataset)
    one_indicator: Makers = {
        ("data.csv", "csv"): lambda: dataset_tables.csv(dataset, [key], lang),
        ("data.xlsx", "xlsx"): lambda: dataset_tables.xlsx(dataset, [key], lang),
        ("data.geojson", "geojson"): lambda: district_layers.geojson(
            indicator_layers.every_period(dataset, key)
        ),
        ("data.gpkg", "gpkg"): lambda: district_layers.geopackage(
            indicator_layers.every_period(dataset, key), key
        ),
    }
    everything: Makers = {
        ("data.everything_csv", "csv"): lambda: dataset_tables.csv(dataset, every, lang),
        ("data.xlsx", "xlsx"): lambda: dataset_tables.xlsx(dataset, every, lang),
        ("data.package", "zip"): lambda: dataset_tables.package(dataset),
    }
    with st.container(horizontal=True, key="downloads"):
        if owners := withheld(dataset, key):
            st.caption(f"{text(lang, 'embed.withheld')} {owners[0].url}")
        for label, name, makers in (
            *([] if owners else [("data.save_one", key, one_indicator)]),
            ("data.save_all", "all", everything),
        ):
            with st.popover(text(lang, label), width="stretch"):
                for (button, ending), make in makers.items():
                    st.download_button(
                        text(lang, button),
                        make,
                        file_name=f"almaty2050_table_{name}_{lang}.{ending}",
                        mime=FORMATS[ending].media_type,
                        key=f"{name}-{button}",
                        on_click="ignore",
                        type="tertiary",
                    )


def profile(view: View, dataset: Dataset) -> None:
    """Offer downloads of a district's page: one sheet as PDF, and the same as one HTML file."""
    lang = view.lang
    try:
        figure = draw("district", view, dataset)
    except RequestError as refusal:
        st.caption(f"{text(lang, 'embed.withheld')} {refusal.link}")
        return
    with st.container(horizontal=True, key="downloads"):
        formats = {"pdf": "profile.save_pdf", "html": "profile.save_html"}
        if not chromium.installed():
            st.caption(text(lang, "profile.no_pdf"))
            del formats["pdf"]
        for ending, label in formats.items():
            st.download_button(
                text(lang, label),
                partial(figure_output.district_sheet, figure, ending),
                file_name=figure_output.file_name(figure, ending),
                mime=FORMATS[ending].media_type,
                key=f"profile-{ending}",
                on_click="ignore",
            )
