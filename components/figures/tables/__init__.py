"""Figures whose picture is a table: rankings, dot plots, matrices."""
