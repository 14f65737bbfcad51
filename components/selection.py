"""What a view selects: the series, its period, the activity, the indicators of parity, the district."""

from components.arguments import LATEST
from components.view import DEFAULT_INDICATOR, View
from data import periods
from data.catalogue import Indicator, Transform
from data.centre_periphery import ACTIVITIES, default_period, measured_periods
from data.dataset import Dataset
from data.transforms import Series, transformed
from geo.districts import DISTRICTS


def district_of(view: View) -> str:
    """The first district that the view names, else the first of the eight."""
    return view.district[0] if view.district else DISTRICTS[0]


def second_of(view: View) -> str:
    """The view's second indicator; where it is the first one as well, the one that opens the map."""
    return DEFAULT_INDICATOR if view.against == view.indicator else view.against


def parity_indicator(view: View, dataset: Dataset) -> str:
    """The view's indicator if it has a parity target, else the wage, the strategy's own example."""
    return view.indicator if dataset.indicators[view.indicator].parity else DEFAULT_INDICATOR


def parity_indicators(dataset: Dataset) -> list[str]:
    """The ids of the indicators that have a parity target, those with most values first."""
    found = [key for key, one in dataset.indicators.items() if one.parity]
    return sorted(found, key=lambda key: (-len(dataset.observations[key]), key))


def activity_period(view: View, dataset: Dataset) -> str:
    """The period of a view for its activity; ``latest`` is the last one with all districts it ever has."""
    known = measured_periods(dataset, activity_of(view), view.auezov)
    if view.indicator in ACTIVITIES and view.period in known:
        return view.period
    return default_period(dataset, activity_of(view), view.auezov)


def activity_of(view: View) -> str:
    """The view's indicator if it is one of the named activities, else the first of them."""
    return view.indicator if view.indicator in ACTIVITIES else ACTIVITIES[0]


def period_of(view: View, figures: Series) -> str:
    """The period of a view; ``latest`` is the last one by district of the preferred series.

    Where the indicator has no district at all, or every period is refused, the last one there is.
    """
    if view.period != LATEST:
        return view.period
    for known in (figures.periods(), figures.periods(districts=False), list(figures.refused)):
        series = periods.preferred_series(known)
        if series:
            return periods.ordered(known, series)[-1]
    raise ValueError(f"{figures.indicator.id} has no periods")


def series_of(view: View, dataset: Dataset) -> Series:
    """The figures of a view: its indicator through its transform."""
    return transformed(dataset, view.indicator, transform_of(view, dataset.indicators[view.indicator]))


def transform_of(view: View, indicator: Indicator) -> Transform:
    """The transform of a view: the chosen one, else the one the indicator opens with."""
    return view.transform or indicator.opens_with


def with_activity(view: View) -> View:
    """Return the view of its activity: as it is, or of the first activity where its indicator is none."""
    activity = activity_of(view)
    return view if activity == view.indicator else view.with_indicator(activity)


def with_parity(view: View, dataset: Dataset) -> View:
    """Return the view of its parity indicator: as it is, or of the wage where its indicator has no parity."""
    indicator = parity_indicator(view, dataset)
    return view if indicator == view.indicator else view.with_indicator(indicator)
