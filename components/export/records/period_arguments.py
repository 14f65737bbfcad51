"""A period as someone asks for it: one there is, or a refusal that names the nearest."""

from collections.abc import Sequence
from typing import Final

from components.refusal import RequestError, nearest, visible
from data import periods

LATEST: Final = "latest"
FORMS = "a year (2023), a date (2023-12-31) or months from 1 January (2023-01-01/P6M)"


def parsed(text: str, known: Sequence[str] | None = None, name: str = "period") -> periods.Period:
    """A period of any form.

    Raises
    ------
    RequestError
        400 for anything else; with the nearest of the ``known`` ones, and all of them.
    """
    try:
        return periods.parse(text)
    except ValueError as error:
        detail = f'{name} "{visible(text)}" {error}; write {FORMS}{" or latest" if known else ""}'
        close = None if known is None else nearest(text, known)
        raise RequestError(
            400, "Not a period", detail, close, None if known is None else tuple(known)
        ) from None


def period_among(text: str, known: Sequence[str], none: str) -> str:
    """The period, if it is among the known ones.

    Raises
    ------
    RequestError
        400 for what is no period; 404 for one that is not known, ``none`` being the start of the sentence.
        The nearest are of the same series first, then those that end nearest.
    """
    if text in known:
        return text
    asked = parsed(text, known)

    def distance(other: str) -> tuple[bool, int]:
        there = periods.parse(other)
        return there.series != asked.series, abs((there.end - asked.end).days)

    close = tuple(sorted(known, key=distance)[:3])
    raise RequestError(
        404, "Unknown period", f"{none} {text}; the nearest are {', '.join(close)}", close, tuple(known)
    )
