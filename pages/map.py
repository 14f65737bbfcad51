"""How do the districts differ?"""

import streamlit as st

from components.controls import address, choose, explore, show
from components.figures.choropleth import map_figure
from components.view import shown
from data.dataset import load

view, _ = address.current()
dataset = load()

controls = st.container(horizontal=True, vertical_alignment="bottom", key="controls")
# The map leaves before the controls above it: it is what the reader waits for.
if view.tab == "explore":
    explore.show(view, dataset)
else:
    show.figure(map_figure(view, dataset), pick=address.pin, settle=address.settle)
with controls:
    choose.indicator(view, dataset)
    choose.transform(view, dataset)
    choose.period(view, shown(view, dataset))
    choose.classes(view)
    choose.tab(view)
