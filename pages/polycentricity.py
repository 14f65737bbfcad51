"""Is the city becoming less centred?"""

import streamlit as st

from components.controls import address, choose, show
from components.figures.drawing.activity_figure import left_out
from components.figures.drawing.markup import element, markup
from components.figures.registry import has_figure
from components.selection import with_activity
from components.text.strings import text
from data.centre_periphery import SCHOOLS
from data.dataset import load

view = address.latest()
dataset = load()

show.block(markup(element("h1", text(view.lang, "polycentricity.title"))), "polycentricity-title")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.activity(view, dataset)
    choose.activity_period(view, dataset)
    choose.auezov(view)
drawn = with_activity(view)
show.substitution(view, drawn, dataset)
if drawn.indicator != SCHOOLS:
    show.figure("polycentricity", drawn.with_indicator(SCHOOLS), level=2, folded=True, key="schools")
show.figure("polycentricity", drawn, level=2, folded=True)
show.figure("readings", drawn, level=2, tabled=False, folded=True)
if absent := left_out(drawn, dataset):
    show.block(markup(element("p", absent, class_="sentence")), "left-out")
pairs = ("quotients", "lorenz", "contributions", "rank_size", "convergence", "decomposition")
names = [name for name in pairs if has_figure(name, drawn, dataset)]
for position, column in enumerate(st.columns(2, gap="large")):
    with column:
        for name in names[position::2]:
            show.figure(name, drawn, level=2, pick=address.pin, folded=True)
show.figure("measures", drawn, level=2, tabled=False)
