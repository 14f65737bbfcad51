"""What every answer for machines shares: records, refusals, strict JSON, aligned tables.

Null (None) is what is not known; every number is finite.
"""

import difflib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]
MOST_CHARACTERS = 60
"""Of a value that is named back to whoever sent it."""


@dataclass
class RequestError(Exception):
    """A question that has no answer: the HTTP ``status``, a short ``title``, a sentence.

    ``nearest`` are the ids most like the one that was sent, ``exists`` all that could have been sent,
    ``link`` an address where the matter can be followed up, ``again`` the seconds after which asking once
    more may help.
    """

    status: int
    title: str
    detail: str
    nearest: tuple[str, ...] | None = None
    exists: tuple[str, ...] | None = None
    link: str | None = None
    again: int | None = None

    def __str__(self) -> str:
        return f"{self.detail}; there are {', '.join(self.exists)}" if self.exists else self.detail


def as_json(records: object) -> str:
    """Strict JSON in one line, letters of every language as they are."""
    return json.dumps(records, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def as_table(records: Sequence[Mapping[str, Any]], columns: Sequence[str], decimals: int = 3) -> str:
    """Some keys of the records as aligned columns; ``-`` for what is not known."""
    rows = [list(columns), *([_cell(record[column], decimals) for column in columns] for record in records)]
    numeric = [any(isinstance(record[column], int | float) for record in records) for column in columns]
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    )


def _cell(value: object, decimals: int) -> str:
    if isinstance(value, float):
        return f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "-" if value is None else str(value)


def finite(value: float | None) -> float | None:
    """A number, or None where it is not known or not finite."""
    return float(value) if value is not None and math.isfinite(value) else None


def nearest(word: str, among: Sequence[str] | Mapping[str, object]) -> tuple[str, ...]:
    """The three ids most like a word."""
    return tuple(difflib.get_close_matches(word[:MOST_CHARACTERS].lower(), list(among), n=3, cutoff=0))


def visible(text: str) -> str:
    """A value as it can be shown back: bounded, with escapes for what a reader would not see."""
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text[: MOST_CHARACTERS + 1]
    )
    return shown if len(shown) <= MOST_CHARACTERS else shown[: MOST_CHARACTERS - 1] + "…"
