"""How do the districts differ?"""

import streamlit as st

from components.controls import address, choose, explore, show
from components.figures.choropleth import map_figure
from components.view import shown
from data.dataset import load

view, _ = address.current()
dataset = load()
figures = shown(view, dataset)

with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.indicator(view, dataset)
    choose.transform(view, dataset)
    choose.period(view, figures)
    choose.classes(view)
    choose.tab(view)

if view.tab == "explore":
    explore.show(view, dataset)
else:
    show.figure(map_figure(view, dataset), pick=lambda district: address.pin(view, district))
