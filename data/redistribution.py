"""Whose figures may not be passed on: sources whose licence forbids to publish them again."""

from functools import lru_cache

from data.catalogue import Source, Transform
from data.dataset import MAX_SERIES, Dataset
from data.transforms import POPULATION


@lru_cache(maxsize=MAX_SERIES)
def withheld(dataset: Dataset, key: str, transform: Transform = "value") -> tuple[Source, ...]:
    """The sources that may not be redistributed of what an indicator is shown by; none where all may.

    Those of its rows, and of the population they are divided by, not those it declares: what no value comes
    from forbids nothing.
    """
    counts = dataset.indicators[key].kind in ("stock", "flow")
    by_population = transform == "per_1000" or (transform == "relative" and counts)
    joined = [
        str(one)
        for used in ((key, POPULATION) if by_population else (key,))
        for one in dataset.observations[used]["source"].unique()
    ]
    sources = dict.fromkeys(one for each in joined for one in each.split(";") if one)
    return tuple(dataset.sources[one] for one in sources if not dataset.sources[one].redistribution)


def open_indicators(dataset: Dataset) -> tuple[str, ...]:
    """The indicators whose tables may be passed on."""
    return tuple(key for key in dataset.indicators if not withheld(dataset, key))
