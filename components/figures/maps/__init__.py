"""Choropleths and other maps of the districts."""
