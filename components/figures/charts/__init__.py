"""Charts drawn with Plotly."""
