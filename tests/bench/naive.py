"""The page a newcomer writes first: the yardstick of the benchmark.

A plain Streamlit script with `folium.Choropleth` on the full polygons and every
setting left as it comes. It reads the project's own files, once each.
"""

from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

PROJECT = Path(__file__).parents[2]
TABLES = PROJECT / "data" / "tables"


@st.cache_data
def read_districts() -> gpd.GeoDataFrame:
    """Return the eight districts with all their vertices."""
    return gpd.read_file(PROJECT / "geo" / "layers" / "districts.geojson")


@st.cache_data
def read_table(indicator: str) -> pd.DataFrame:
    """Return the rows of one indicator: area, period, value and more."""
    return pd.read_csv(TABLES / f"{indicator}.csv")


st.title("Almaty by district")

indicator = st.selectbox("Indicator", sorted(p.stem for p in TABLES.glob("*.csv")))
districts = read_districts()
table = read_table(indicator)
by_district = table[table["area"].isin(districts["id"])]
periods = sorted(by_district["period"].unique())
period = periods[-1]
if len(periods) > 1:
    period = st.select_slider("Period", periods, value=period)
chosen = by_district[by_district["period"] == period]

city = folium.Map(location=[43.25, 76.93], zoom_start=10)
folium.Choropleth(
    geo_data=districts,
    data=chosen,
    columns=["area", "value"],
    key_on="feature.properties.id",
    fill_color="YlOrRd",
    legend_name=indicator,
).add_to(city)
st_folium(city)
