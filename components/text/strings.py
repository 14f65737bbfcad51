"""Every string a reader can see, from one ``<code>.toml`` per language."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import parse_decimal

from geo.languages import LANGS as LANGS
from geo.languages import LANGUAGES
from geo.languages import Lang as Lang

LANG_NAMES: Mapping[Lang, str] = {code: language.name for code, language in LANGUAGES.items()}
"""Name of each language in itself, in the order in which they are offered."""

_FORMS = re.compile(r"\{(\w+):([^{}]+)\}")
_CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")


@cache
def strings(lang: Lang) -> Mapping[str, str]:
    """Return all strings of a language, keyed ``section.name``."""
    sections = tomllib.loads((Path(__file__).parent / f"{lang}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, rows in sections.items() for name, text in rows.items()}


def text(lang: Lang, key: str, **values: object) -> str:
    """Return one string with its placeholders filled; values are ready text, nothing is attached to them.

    ``{n:запись|записи|записей}`` becomes the form that goes with the number n, in the order of the plural
    forms of Unicode CLDR: one, few, many, other (fractions) in Russian, one, other in English and Kazakh.

    Raises
    ------
    KeyError
        Where the string or a placeholder's value is missing: a mistake in the code, found by the tests.
    """
    template = _FORMS.sub(lambda match: _form(values[match[1]], match[2], lang), strings(lang)[key])
    filled = template.format_map(values)
    # A value may end with the point of an abbreviation («2024 г.») where the sentence has its own.
    return filled[:-1] if filled.endswith("..") else filled


def _form(count: object, forms: str, lang: Lang) -> str:
    """Return which of the forms goes with a number as this language writes it; 2,0 is a fraction."""
    locale = Locale.parse(LANGUAGES[lang].locale)
    tag = locale.plural_form(parse_decimal(str(count).lstrip("+\u2212"), locale))
    order = [name for name in _CLDR_ORDER if name in {*locale.plural_form.tags, "other"}]
    offered = forms.split("|")
    return offered[min(order.index(tag), len(offered) - 1)]


def capitalised(sentence: str) -> str:
    """Return the sentence with its first letter in upper case, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
