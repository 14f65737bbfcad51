"""Streamlit widgets: choose, show, download."""
