"""One district on one page."""

import streamlit as st

from components.controls import address, choose, save, show
from data.dataset import load

view = address.latest()
dataset = load()

with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.district(view)
    choose.horizon(view)
show.figure("district", view, folded=True)
save.profile(view, dataset)
