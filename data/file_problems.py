"""A problem in a data file as a sentence with place, fact and remedy, and what such a sentence names."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass

MAX_CHARACTERS = 60
"""Maximum length of a word that is looked up, or of a value that is named back to whoever sent it."""
MAX_SUGGESTED = 12


def escaped(text: str) -> str:
    r"""Return a text with escapes (``\xa0``, ``\n``) for what a reader would not see."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text
    )


def shortened(text: str) -> str:
    """Return a text of at most ``MAX_CHARACTERS``, the last of them ``…`` where it was longer."""
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def visible(text: str) -> str:
    """Return a text as it can be named back: escaped and shortened."""
    return shortened(escaped(text[: MAX_CHARACTERS + 1]))


def nearest(word: str, among: Collection[str], count: int = 3, cutoff: float = 0) -> tuple[str, ...]:
    """Return the words most like a word, the nearest first; ``cutoff`` (0 to 1) is the least similarity."""
    bounded = word[:MAX_CHARACTERS].lower()
    return tuple(difflib.get_close_matches(bounded, list(among), n=count, cutoff=cutoff))


def suggestion(word: str, among: Collection[str]) -> str:
    """Return ``did you mean …?`` for a near miss, else the list of what exists (shortened)."""
    if not among:
        return "declare it first"
    close = nearest(word, among, count=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    first = ", ".join(sorted(among)[:MAX_SUGGESTED])
    return f"write one of: {first}" + (", …" if len(among) > MAX_SUGGESTED else "")


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    ``line`` counts from 1; ``wrong`` says what is there, ``remedy`` what to write instead.
    """

    file: str
    line: int
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return escaped(f"{self.file}:{self.line}: {self.wrong}; {self.remedy}")


class DataError(ValueError):
    """The data files have problems; ``problems`` lists every one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
