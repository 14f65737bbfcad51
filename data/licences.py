"""Figures that may not be passed on: those from sources whose licence forbids to publish them again."""

from functools import lru_cache

from data.catalogue import Source, Transform
from data.dataset import MAX_SERIES, Dataset
from data.transforms import POPULATION, divides_by_population


@lru_cache(maxsize=MAX_SERIES)
def withheld(dataset: Dataset, key: str, transform: Transform = "value") -> tuple[Source, ...]:
    """Return the sources of an indicator through a transform that may not be redistributed, if any.

    Those of its rows, and of the population they are divided by, not those it declares: what no value comes
    from forbids nothing.
    """
    keys = [key, POPULATION] if divides_by_population(dataset.indicators[key], transform) else [key]
    columns = (dataset.observations[used]["source"].str.split(";").explode() for used in keys)
    sources = dict.fromkeys(source for column in columns for source in column if source)
    return tuple(dataset.sources[source] for source in sources if not dataset.sources[source].redistribution)


def open_indicators(dataset: Dataset) -> tuple[str, ...]:
    """Return the indicators with tables that may be passed on."""
    return tuple(key for key in dataset.indicators if not withheld(dataset, key))
