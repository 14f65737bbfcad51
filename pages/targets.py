"""What was announced, and what would it take?"""

import streamlit as st

from components.controls import address, choose, show
from components.figures.drawing.markup import element, markup
from components.figures.sections.announced_targets import announced_list
from components.selection import with_parity
from components.text.strings import text
from data.dataset import load

view = address.latest()
dataset = load()

show.block(markup(element("h1", text(view.lang, "targets.title"))), "targets-title")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.parity_indicator(view, dataset)
    choose.horizon(view)
show.figure("matrix", view, level=2, tabled=False)
drawn = with_parity(view, dataset)
show.substitution(view, drawn, dataset)
show.figure("progress", drawn, level=2, pick=address.pin)
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    choose.topic(view)
    choose.announced(view, dataset)
show.block(markup(announced_list(view, dataset)), "announced")
