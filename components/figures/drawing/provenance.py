"""Values behind figures of one kind: of an activity, of ways to parity, of comparisons with the city."""

from collections.abc import Iterable

from components.figure import Use
from data.centre_periphery import AUEZOV, Auezov, structure
from data.dataset import Dataset
from data.district_profile import against_city
from data.largest_moves import largest_moves
from data.parity import parity
from data.transforms import POPULATION, weight_period


def activity_uses(
    dataset: Dataset, key: str, periods: Iterable[str], auezovs: Iterable[Auezov] = AUEZOV
) -> tuple[Use, ...]:
    """Return the uses of an activity at some periods, and of the population it is held against there."""
    activity = Use(key, "value", tuple(periods))
    dates = {
        structure(dataset, key, period, auezov).population_date
        for period in activity.periods
        for auezov in auezovs
    }
    return activity, Use(POPULATION, "value", tuple(sorted(date for date in dates if date)))


def parity_uses(dataset: Dataset, key: str, horizon: int, area: str | None = None) -> tuple[Use, ...]:
    """Return the uses of the ways to parity of an indicator, of one area or of all.

    The fastest pace is that of any district, so the series of all are behind each.
    """
    ways = parity(dataset, key, horizon)
    if area:
        ways = tuple(way for way in ways if way.area == area)
    periods = {period for way in ways for period, _ in way.series}
    latest = {way.latest[0] for way in ways if way.required_per_year_in_units is not None and way.latest}
    return (
        Use(key, "relative", tuple(sorted(periods)) or tuple(dataset.observations[key]["period"].unique())),
        *([Use(key, "value", tuple(sorted(latest)))] if latest else []),
    )


def against_city_uses(dataset: Dataset) -> tuple[Use, ...]:
    """Return the uses of the comparison of all districts with the city, and of what moved most."""
    compared = against_city(dataset)[["indicator", "period"]].drop_duplicates()
    moved = largest_moves(dataset)[["indicator", "before", "after"]].drop_duplicates()
    return (
        *(Use(key, "relative", (period,)) for key, period in compared.itertuples(index=False)),
        *(Use(key, "relative", (before, after)) for key, before, after in moved.itertuples(index=False)),
    )


def weight_uses(dataset: Dataset, key: str, period: str) -> tuple[Use, ...]:
    """Return the use of what the districts of a rate are weighted by, where it is a rate with a weight."""
    weight = dataset.indicators[key].weight
    date = weight_period(dataset, weight, period) if weight else None
    return (Use(weight, "value", (date,)),) if weight and date else ()
