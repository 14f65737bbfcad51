"""Where does every number come from?"""

import streamlit as st

from components.controls import address, choose, save, show
from components.figures.drawing.markup import markup
from components.figures.sections.catalogue import catalogue, indicator_page, introduction
from data.dataset import load

view = address.latest()
dataset = load()

show.block(markup(introduction(view, dataset)), "introduction")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.indicator(view, dataset)
save.buttons(view, dataset)
show.block(markup(indicator_page(view, dataset)), "indicator")
choose.topic(view)
show.block(markup(catalogue(view, dataset)), "catalogue")
