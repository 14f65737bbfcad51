"""What moved, between which equal periods."""

from functools import lru_cache

import pandas as pd

from data import periods
from data.dataset import Dataset
from data.ranks import comparable
from data.transforms import Series, transformed


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

    Districts with few cases in either period are left out, and so are moves of a count that lie within
    two standard errors of counting: for ``c`` cases the relative error of a count is ``1 / √c``
    (Brillinger 1986, Biometrics 42, doi:10.2307/2530689).

    Returns
    -------
    Columns ``indicator, area, before, after, value_before, value_after, change`` (points of the city
    average), one row an indicator and district.
    """
    moves = []
    for key, indicator in dataset.indicators.items():
        if "relative" not in indicator.transforms:
            continue
        relative = transformed(dataset, key, "relative")
        pair = last_equal_pair(relative)
        if pair is None:
            continue
        before, after = (comparable(relative.at(period)) for period in pair)
        columns = ["value", "cases"]
        joined = before[columns].merge(
            after[columns], left_index=True, right_index=True, suffixes=("_before", "_after")
        )
        moves.append(joined.reset_index().assign(indicator=key, before=pair[0], after=pair[1]))
    columns = ["indicator", "area", "before", "after", "value_before", "value_after", "change"]
    if not moves:
        return pd.DataFrame(columns=columns)
    table = pd.concat(moves, ignore_index=True)
    table["change"] = table["value_after"] - table["value_before"]
    table = table[table["change"].abs() > 2 * _counting_error(table)]
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order, columns].reset_index(drop=True)


def _counting_error(table: pd.DataFrame) -> pd.Series:
    """Return the standard error of a change from counting alone, in its unit; 0 where cases do not apply."""
    parts = [table[f"value_{side}"] ** 2 / table[f"cases_{side}"] for side in ("before", "after")]
    return ((parts[0] + parts[1]) ** 0.5).fillna(0)
