"""Sources in words: the official body, the copy it was read in, its date and licence."""

from collections.abc import Iterable
from dataclasses import dataclass

from components.text.number_formats import day_text
from components.text.strings import Lang, text
from data.dataset import Dataset


@dataclass(frozen=True)
class SourceNote:
    """Sources of one official body and one kind of copy: ``words``, a link with its date each, licence.

    ``withheld``: the licence forbids to pass the values on, so nothing made of them leaves the dashboard.
    """

    words: str
    links: tuple[tuple[str, str], ...]
    licence: str
    withheld: bool = False


def source_notes(dataset: Dataset, keys: Iterable[str], lang: Lang) -> tuple[SourceNote, ...]:
    """Return sources in words, those of the same body, copy and licence together; each key once."""
    groups: dict[tuple[str, str, bool], list[tuple[str, str]]] = {}
    for key in dict.fromkeys(keys):
        source = dataset.sources[key]
        words = text(lang, "foot.body_copy", body=source.body[lang], copy=source.copy[lang])
        dated = day_text(source.dated, lang) if source.dated else text(lang, "foot.undated")
        group = (words, source.licence[lang], not source.redistribution)
        groups.setdefault(group, []).append((source.url, dated))
    return tuple(
        SourceNote(words, tuple(links), licence, withheld)
        for (words, licence, withheld), links in groups.items()
    )
