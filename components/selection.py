"""What a view selects: its series and period, its district, its activity, its indicator of parity.

A view names ids or nothing. Each function answers one question about it, so that every page, figure and
file answers it alike.
"""

from components.arguments import LATEST
from components.view import DEFAULT_INDICATOR, View
from data import periods
from data.catalogue import Indicator, Transform
from data.centre_periphery import ACTIVITIES, default_period, measured_periods
from data.dataset import Dataset
from data.transforms import Series, transformed
from geo.districts import DISTRICTS


def series_of(view: View, dataset: Dataset) -> Series:
    """Return the series of a view: its indicator through its transform."""
    return transformed(dataset, view.indicator, transform_of(view, dataset.indicators[view.indicator]))


def transform_of(view: View, indicator: Indicator) -> Transform:
    """Return the transform of a view: the chosen one, else the one the indicator opens with."""
    return view.transform or indicator.opens_with


def period_of(view: View, series: Series) -> str:
    """Return the period of a view; ``latest`` is the last one by district of the preferred frequency.

    Where the indicator has no district at all, or every period is refused, it is the last one there is.

    Raises
    ------
    ValueError
        Where the indicator has no period at all.
    """
    if view.period != LATEST:
        return view.period
    for candidates in (series.periods(), series.periods(districts=False), list(series.refused)):
        frequency = periods.preferred_series(candidates)
        if frequency:
            return periods.ordered(candidates, frequency)[-1]
    raise ValueError(f"{series.indicator.id} has no periods")


def second_of(view: View) -> str:
    """Return the view's second indicator; where it is the first one as well, the one that opens the map."""
    return DEFAULT_INDICATOR if view.against == view.indicator else view.against


def district_of(view: View) -> str:
    """Return the first district that the view names, else the first of the eight."""
    return view.district[0] if view.district else DISTRICTS[0]


def activity_of(view: View) -> str:
    """Return the view's indicator if it is one of the named activities, else the first of them."""
    return view.indicator if view.indicator in ACTIVITIES else ACTIVITIES[0]


def with_activity(view: View) -> View:
    """Return the view of its activity: as it is, or of the first activity where its indicator is none."""
    return _with_indicator(view, activity_of(view))


def activity_period(view: View, dataset: Dataset) -> str:
    """Return the period of a view for its activity; ``latest`` is the last with all districts it ever has."""
    activity = activity_of(view)
    if view.indicator == activity and view.period in measured_periods(dataset, activity, view.auezov):
        return view.period
    return default_period(dataset, activity, view.auezov)


def parity_indicators(dataset: Dataset) -> list[str]:
    """Return the ids of the indicators that have a parity target, those with most values first."""
    with_target = [key for key, indicator in dataset.indicators.items() if indicator.parity]
    return sorted(with_target, key=lambda key: (-len(dataset.observations[key]), key))


def parity_indicator(view: View, dataset: Dataset) -> str:
    """Return the view's indicator if it has a parity target, else the wage, the strategy's own example."""
    return view.indicator if dataset.indicators[view.indicator].parity else DEFAULT_INDICATOR


def with_parity(view: View, dataset: Dataset) -> View:
    """Return the view of its parity indicator: as it is, or of the wage where its indicator has no parity."""
    return _with_indicator(view, parity_indicator(view, dataset))


def _with_indicator(view: View, indicator: str) -> View:
    return view if indicator == view.indicator else view.with_indicator(indicator)
