"""How has it moved?"""

import streamlit as st

from components.controls import address, choose, show
from components.selection import series_of
from data.dataset import load

view = address.latest()
dataset = load()

with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.indicator(view, dataset)
    choose.transform(view, dataset)
    choose.period_series(view, series_of(view, dataset))
    choose.highlighted(view)
    if dataset.indicators[view.indicator].parity:
        choose.horizon(view)

show.figure("trend", view)
