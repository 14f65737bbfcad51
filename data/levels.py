"""Where a district stands against the city at one period: below, about or above it."""

from typing import Literal

import pandas as pd

from data.catalogue import Direction
from data.transforms import value_of

Level = Literal["below", "about", "above"]
Side = Literal["better", "about", "worse"]

CITY_LEVEL = 100.0
BAND = 5.0
"""A value at most this many percent from the city's is about the same."""
FLOOR = 80.0
"""Percent of the city's level that no district should fall below; of what is better low, its inverse."""


def level(rows: pd.DataFrame, area: str) -> Level:
    """Return the level of a district in rows of a ``relative`` series, as ``Series.at`` gives them.

    About the same where the value is within 5 % of the city's, or where its interval contains the city's:
    of events chance, of a register one unit.
    """
    value = value_of(rows, area)
    low, high = value_of(rows, area, "low"), value_of(rows, area, "high")
    if abs(value - CITY_LEVEL) <= BAND or low <= CITY_LEVEL <= high:
        return "about"
    return "below" if value < CITY_LEVEL else "above"


def side(own: Level, better: Direction) -> Side | None:
    """Return whether a level is the better or the worse side of the city; None where neither is better."""
    if own == "about" or better == "neither":
        return "about" if own == "about" else None
    return "better" if (own == "above") == (better == "higher") else "worse"


def floor(better: Direction) -> float | None:
    """Return the value, city = 100, that no district should pass: 80, of what is better low 125."""
    return {"higher": FLOOR, "lower": CITY_LEVEL**2 / FLOOR, "neither": None}[better]
