"""The chart a newcomer puts into an article: a Streamlit page with `st.plotly_chart`, in an iframe."""

from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

table = pd.read_csv(Path(__file__).parents[2] / "data" / "tables" / "avg_wage.csv")
st.plotly_chart(px.line(table, x="period", y="value", color="area"))
