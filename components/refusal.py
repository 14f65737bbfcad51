"""Requests that have no answer, and the words that say which one would have."""

from dataclasses import dataclass

from data.file_problems import MAX_CHARACTERS as MAX_CHARACTERS
from data.file_problems import nearest as nearest
from data.file_problems import shortened as shortened
from data.file_problems import visible as visible


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
