"""How do districts compare, one by one and all together?"""

import streamlit as st

from components.controls import address, choose, show
from components.figures.drawing.markup import element, markup
from components.text.strings import text
from data.dataset import load

view = address.latest()
dataset = load()

show.block(markup(element("h1", text(view.lang, "compare.title"))), "compare-title")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.place(view, "a")
    choose.place(view, "b")
    choose.sort(view)
    choose.auezov(view)
show.figure("compare", view, level=2, folded=True)
show.figure("standings", view, level=2, folded=True)
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    choose.indicator(view, dataset)
    choose.transform(view, dataset)
    choose.against(view, dataset)
show.figure("ranking", view, level=2, pick=address.pin, folded=True)
show.figure("scatter", view, level=2, folded=True)
show.figure("multiples", view, level=2, folded=True)
