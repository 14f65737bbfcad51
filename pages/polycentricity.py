"""Is the city becoming less centred?"""

from dataclasses import replace

import streamlit as st

from components.controls import address, choose, show
from components.figures.charts.centre_periphery import polycentricity_figure
from components.figures.charts.contributions import contributions_figure
from components.figures.charts.convergence import convergence_figure
from components.figures.charts.lorenz import lorenz_figure
from components.figures.charts.rank_size import rank_size_figure
from components.figures.charts.theil_decomposition import decomposition_figure
from components.figures.drawing.activity_notes import left_out
from components.figures.drawing.markup import element, markup
from components.figures.maps.location_quotients import quotients_figure
from components.figures.tables.activity_readings import readings_figure
from components.figures.tables.measures_table import measures_figure
from components.selection import activity_of
from components.text.strings import text
from data.centre_periphery import SCHOOLS
from data.dataset import load

view, _ = address.current()
dataset = load()
drawn = replace(view, theme="dark" if st.context.theme.type == "dark" else "light")

show.block(markup(element("h1", text(view.lang, "polycentricity.title"))), "polycentricity-title")
with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
    choose.activity(view, dataset)
    choose.activity_period(view, dataset)
    choose.auezov(view)
if activity_of(view) != SCHOOLS:
    schools = polycentricity_figure(drawn.with_indicator(SCHOOLS), dataset)
    show.figure(schools, level=2, folded=True, key="schools")
show.figure(polycentricity_figure(drawn, dataset), level=2, folded=True)
show.figure(readings_figure(drawn, dataset), level=2, tabled=False, folded=True)
if absent := left_out(view, dataset):
    show.block(markup(element("p", absent, class_="sentence")), "left-out")
drawers = (
    *(quotients_figure, lorenz_figure, contributions_figure),
    *(rank_size_figure, convergence_figure, decomposition_figure),
)
figures = [figure for draw in drawers if (figure := draw(drawn, dataset))]
for at, column in enumerate(st.columns(2, gap="large")):
    with column:
        for figure in figures[at::2]:
            show.figure(figure, level=2, pick=address.pin, folded=True)
show.figure(measures_figure(drawn, dataset), level=2, tabled=False)
