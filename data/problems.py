"""A problem in a data file, as a sentence with place, fact and remedy."""

from dataclasses import dataclass


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
        sentence = f"{self.file}:{self.line}: {self.wrong}; {self.remedy}"
        return "".join(_visible(letter) for letter in sentence)


def _visible(letter: str) -> str:
    r"""A letter as it is, or its escape (``\xa0``, ``\n``) where a reader would not see it."""
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode()


class DataError(ValueError):
    """The data files have problems; ``problems`` lists every one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
