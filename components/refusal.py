"""Requests that have no answer, and the words that say which one would have."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_CHARACTERS = 60
"""Maximum length of a value that is named back to whoever sent it."""


def visible(text: str) -> str:
    """Return a value as it can be shown back: bounded, with escapes for what a reader would not see."""
    escaped = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text[: MAX_CHARACTERS + 1]
    )
    return shortened(escaped)


def shortened(text: str) -> str:
    """Return a text of at most ``MAX_CHARACTERS``, the last of them ``…`` where it was longer."""
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def nearest(word: str, among: Sequence[str] | Mapping[str, object]) -> tuple[str, ...]:
    """Return the three ids most like a word."""
    return tuple(difflib.get_close_matches(word[:MAX_CHARACTERS].lower(), list(among), n=3, cutoff=0))


@dataclass(eq=False)
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
