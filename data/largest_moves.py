"""What moved, between which equal periods."""

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import stats

from data import periods
from data.dataset import Dataset
from data.ranks import comparable
from data.transforms import Series, transformed

FEWEST_DISTRICTS = 7
"""An indicator takes part only with as many comparable districts in both periods."""
FALSE_DISCOVERIES = 0.05
"""Share of moves by chance among those of events that are told."""
LEAST_OF_A_REGISTER = 0.01
"""A register that moved by no more of itself than this did not move."""
COLUMNS = ["indicator", "area", "before", "after", "value_before", "value_after", "change", "size"]


def last_equal_pair(indicator_series: Series) -> tuple[str, str] | None:
    """Return the latest period by district and the same period of the year before it, or None.

    Full years first, then dates, then the longest part-year; never across a break.
    """
    for series in periods.SERIES:
        by_district = indicator_series.periods(series)
        if not by_district:
            continue
        before = periods.year_before(by_district[-1], by_district, indicator_series.indicator.break_periods)
        if before:
            return before, by_district[-1]
    return None


@lru_cache(maxsize=8)
def largest_moves(dataset: Dataset) -> pd.DataFrame:
    """Return moves of ``relative`` (city = 100) between the last two equal periods, largest first.

    The size of a move is ``|ln(after / before)|``. Only indicators with seven comparable districts in both
    periods take part. Told are, of events, those that chance does not explain: error of the logarithm
    ``√(1/c₁ + 1/c₂)``, at most 5 % false discoveries over the whole set (Benjamini and Hochberg 1995, JRSS B
    57, doi:10.1111/j.2517-6161.1995.tb02031.x); of registers those beyond one unit and 1 %; of anything
    else those beyond twice the median yearly move of the indicator.

    Returns
    -------
    Columns ``indicator, area, before, after, value_before, value_after, change`` (points of the city
    average) and ``size``, one row an indicator and district.
    """
    moves = [
        told
        for key, indicator in dataset.indicators.items()
        if "relative" in indicator.transforms
        for told in _moves(transformed(dataset, key, "relative"))
    ]
    if not moves:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(moves, ignore_index=True)
    events = table["probability"].notna()
    chance = stats.false_discovery_control(table.loc[events, "probability"]) if events.any() else []
    table.loc[events, "told"] = np.asarray(chance) <= FALSE_DISCOVERIES
    table = table[table["told"].astype(bool)]
    table["change"] = table["value_after"] - table["value_before"]
    order = table["size"].sort_values(ascending=False, kind="stable").index
    return table.loc[order, COLUMNS].reset_index(drop=True)


def _moves(relative: Series) -> list[pd.DataFrame]:
    """Return the moves of an indicator with ``size``, ``told``, and of events ``probability``; or nothing."""
    pair = last_equal_pair(relative)
    if pair is None:
        return []
    before, after = (comparable(relative.at(period)) for period in pair)
    columns = ["value", "low", "high", "cases"]
    table = before[columns].merge(
        after[columns], left_index=True, right_index=True, suffixes=("_before", "_after")
    )
    table = table[(table["value_before"] > 0) & (table["value_after"] > 0)]
    if len(table) < FEWEST_DISTRICTS:
        return []
    table["size"] = (table["value_after"] / table["value_before"]).map(np.log).abs()
    table["probability"], table["told"] = np.nan, False
    if relative.indicator.counts == "events":
        error = np.sqrt(1 / table["cases_before"] + 1 / table["cases_after"])
        table["probability"] = 2 * stats.norm.sf(table["size"] / error)
    elif relative.indicator.counts == "register":
        apart = (table["low_after"] > table["high_before"]) | (table["high_after"] < table["low_before"])
        table["told"] = apart & (table["size"] > LEAST_OF_A_REGISTER)
    else:
        table["told"] = table["size"] > 2 * _median_yearly_move(relative)
    return [table.reset_index().assign(indicator=relative.indicator.id, before=pair[0], after=pair[1])]


def _median_yearly_move(relative: Series) -> float:
    """Return the median absolute logarithmic change between neighbouring years of all districts."""
    sizes = []
    for period in relative.periods():
        before = periods.year_before(period, relative.periods(), relative.indicator.break_periods)
        if before:
            first, second = (comparable(relative.at(at))["value"] for at in (before, period))
            sizes.append((second / first).map(np.log).abs())
    return float(pd.concat(sizes).median())
