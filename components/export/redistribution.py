"""What may not be passed on: figures whose source's licence forbids to publish them again."""

from functools import cache

from components.export.records import Refused
from data.catalogue import Source
from data.dataset import Dataset


@cache
def withheld(dataset: Dataset, indicator_id: str) -> tuple[Source, ...]:
    """The sources of an indicator's rows that may not be redistributed; none where all may.

    Those of its rows, not those it declares: what no value comes from forbids nothing.
    """
    joined = dataset.observations[indicator_id]["source"]
    used = dict.fromkeys(key for one in joined.unique() for key in str(one).split(";"))
    return tuple(dataset.sources[key] for key in used if key and not dataset.sources[key].redistribution)


def permit(dataset: Dataset, *indicator_ids: str) -> None:
    """Pass where the figures of all these indicators may be passed on.

    Raises
    ------
    Refused
        403 with the reason and a link to the first owner, where a source forbids it.
    """
    for key in indicator_ids:
        for source in withheld(dataset, key):
            detail = (
                f'"{key}" may not be redistributed: the licence of "{source.title}" '
                f"({source.body['en']}) forbids it; ask the owner at {source.url}"
            )
            raise Refused(403, "Not redistributable", detail, link=source.url)
