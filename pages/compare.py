"""How do districts compare, one by one and all together?"""

from dataclasses import replace

import streamlit as st

from components.controls import address, choose, show
from components.figures.charts.scatter import scatter_figure
from components.figures.drawing.markup import element, markup
from components.figures.maps.league import ranking_figure
from components.figures.maps.small_multiples import multiples_figure
from components.figures.tables.district_heatmap import standings_figure
from components.figures.tables.dumbbell import dumbbell_figure
from components.text.strings import text
from components.view import View
from data.dataset import load

view, _ = address.current()
dataset = load()

show.block(markup(element("h1", text(view.lang, "compare.title"))), "compare-title")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.place(view, "a")
    choose.place(view, "b")
    choose.sort(view)
    choose.auezov(view)
show.figure(dumbbell_figure(view, dataset), level=2, folded=True)
show.figure(standings_figure(View(lang=view.lang, sort=view.sort), dataset), level=2, folded=True)
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    choose.indicator(view, dataset)
    choose.transform(view, dataset)
    choose.against(view, dataset)
show.figure(ranking_figure(view, dataset), level=2, pick=address.pin, folded=True)
dark = st.context.theme.type == "dark"
show.figure(scatter_figure(replace(view, theme="dark" if dark else "light"), dataset), level=2, folded=True)
show.figure(multiples_figure(view, dataset), level=2, folded=True)
