"""How do the districts differ?"""

import streamlit as st

from components.controls import address, choose, explore, show
from components.selection import series_of
from data.dataset import load

view = address.latest()
dataset = load()

controls = st.container(horizontal=True, vertical_alignment="bottom", key="controls")
# The map leaves before the controls above it: it is what the reader waits for.
if view.tab == "explore":
    explore.show(view, dataset)
elif view.tab == "pair":
    show.figure("pair", view, pick=address.pin, folded=True)
elif view.tab == "multiples":
    show.figure("multiples", view, folded=True)
    show.figure("topic", view, level=2, folded=True)
else:
    show.figure("map", view, pick=address.pin, settle=address.settle)
with controls:
    choose.indicator(view, dataset)
    choose.transform(view, dataset)
    choose.period(view, series_of(view, dataset))
    choose.classes(view)
    if view.tab == "pair":
        choose.against(view, dataset)
    choose.tab(view)
    if view.tab == "explore":
        explore.streets(view)
