"""The languages of everything a reader sees: one row per language, in the order in which they are offered.

A further language is one row here and its content: ``components/text/<code>.toml`` and its texts in the
declarations of tables, sources, targets, districts, polycentres and metro stations.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Lang = str
"""Code of a language; ``LANGS`` has all of them, and what comes from outside is held against it."""


@dataclass(frozen=True)
class Language:
    """A language: its ISO 639 ``code``, its ``name`` in itself and the ``locale`` of its numbers and dates.

    CLDR has the number format and the words of that locale; Open Graph names a page's language by it.
    ``alphabet`` has its lower-case letters in the order of a dictionary, where that of Unicode is another.
    """

    code: Lang
    name: str
    locale: str
    alphabet: str = ""

    def order(self, name: str) -> list[tuple[int, str]]:
        """Return what sorts names as a dictionary does: signs before letters, in either case."""
        return [(self.alphabet.find(letter), letter) for letter in name.casefold()]


LANGUAGES: Mapping[Lang, Language] = {
    language.code: language
    for language in (
        Language("kk", "Қазақша", "kk_KZ", "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"),
        Language("ru", "Русский", "ru_RU", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
        Language("en", "English", "en_GB"),
    )
}
LANGS: tuple[Lang, ...] = tuple(LANGUAGES)
FALLBACK: Lang = LANGS[0]
"""The language of a reader whose browser asks for none of them."""
NAME_COLUMNS = tuple(f"name_{lang}" for lang in LANGS)
"""Columns of a layer with the name of a place in each language."""
