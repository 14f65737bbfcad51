"""An indicator on the polygons of the districts: at one period as it is drawn, or in all its periods."""

import pandas as pd

from components.arguments import LATEST
from components.export.records.json_records import finite
from components.export.records.observations import allowed
from components.selection import period_of
from components.text.sentences import unit_of
from components.view import View
from data.catalogue import Transform
from data.dataset import Dataset
from data.ranks import rank_intervals
from data.transforms import transformed, value_of, wide
from geo.districts import DISTRICTS


def every_period(dataset: Dataset, key: str) -> pd.DataFrame:
    """Return an indicator by district with one column per period, NaN where missing, after its ``unit``."""
    table = wide(dataset, key).T.reindex(list(DISTRICTS))
    table.insert(0, "unit", dataset.indicators[key].unit["en"])
    return table


def one_period(dataset: Dataset, key: str, period: str, transform: Transform) -> pd.DataFrame:
    """Return what an indicator says of each district at a period, through a transform.

    ``value`` in ``unit``; ``obs_status`` and ``source`` of the published figure; ``low`` and ``high`` as in
    ``transforms.Series``; ``rank_best`` and ``rank_worst``, 1 the highest, which differ where chance or a
    missing value leaves the rank open, both None where this one is not ranked; ``few`` where fewer than 20
    events stand behind the value; ``refused`` why the period has no transformed values.

    Raises
    ------
    RequestError
        For a transform the indicator does not have, and figures that may not be redistributed.
    """
    allowed(dataset, key, transform)
    series, table = transformed(dataset, key, transform), dataset.observations[key]
    if period == LATEST:
        period = period_of(View(indicator=key), series)
    rows, refusal = series.at(period), series.refused.get(period)
    status = table[table["period"] == period].set_index("area")["obs_status"]
    records, rank_by = {}, rank_intervals(series, period)
    for area in DISTRICTS:
        rank = rank_by.get(area)
        row = rows.loc[area] if area in rows.index else None
        records[area] = {
            "indicator": key,
            "as": transform,
            "period": period,
            "value": None if row is None else finite(value_of(rows, area)),
            "low": None if row is None else finite(value_of(rows, area, "low")),
            "high": None if row is None else finite(value_of(rows, area, "high")),
            "unit": unit_of(series, "en"),
            "obs_status": str(status[area]) if area in status.index else None,
            "source": None if row is None else str(row["source"]),
            "rank_best": rank.best if rank else None,
            "rank_worst": rank.worst if rank else None,
            "few": row is not None and bool(row["few"]),
            "refused": refusal.reason if refusal else None,
        }
    # By row: from_dict(orient="index") would make numbers of ranks with one missing 1.0 in place of 1.
    return pd.DataFrame(list(records.values()), index=list(records), dtype=object)
