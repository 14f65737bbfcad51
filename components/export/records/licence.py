"""What may not be passed on is refused, with a link to its owner."""

from components.refusal import RequestError
from data.catalogue import Transform
from data.dataset import Dataset
from data.licences import withheld


def permit(dataset: Dataset, key: str, transform: Transform = "value") -> None:
    """Pass where what an indicator is shown by may be passed on.

    Raises
    ------
    RequestError
        403 with the reason and a link to the first owner, where a source forbids it.
    """
    for source in withheld(dataset, key, transform):
        detail = (
            f'"{key}" may not be redistributed: the licence of "{source.title}" '
            f"({source.body['en']}) forbids it; ask the owner at {source.url}"
        )
        raise RequestError(403, "Not redistributable", detail, link=source.url)
