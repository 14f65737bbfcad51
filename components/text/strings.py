"""Every string a reader can see, from one ``<code>.toml`` per language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from geo.languages import LANGS as LANGS
from geo.languages import LANGUAGES
from geo.languages import Lang as Lang

LANG_NAMES: Mapping[Lang, str] = {code: language.name for code, language in LANGUAGES.items()}
"""Name of each language in itself, in the order in which they are offered."""


@cache
def strings(lang: Lang) -> Mapping[str, str]:
    """Return all strings of a language, keyed ``section.name``."""
    sections = tomllib.loads((Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, rows in sections.items() for name, text in rows.items()}


def text(lang: Lang, key: str, **values: object) -> str:
    """Return one string with its placeholders filled; values are ready text, nothing is attached to them.

    Raises
    ------
    KeyError
        Where the string or a placeholder's value is missing: a mistake in the code, found by the tests.
    """
    filled = strings(lang)[key].format_map(values)
    # A value may end with the point of an abbreviation («2024 г.») where the sentence has its own.
    return filled[:-1] if filled.endswith("..") else filled


def capitalised(sentence: str) -> str:
    """Return the sentence with its first letter in upper case, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
