"""Every word a reader of a language can see is written in that language's own letters."""

import re
from collections.abc import Iterator

from components.text.strings import LANGS, strings
from geo.districts import declarations
from geo.layers import metro_stations, polycentres


def data_strings() -> dict[str, dict[str, str]]:
    """Every string of districts and layers that a reader sees, by place and language."""
    found = {
        f"{district}.{field}": row[field]
        for district, row in declarations().items()
        for field in ("name", "short", "genitive", "locative", "basis")
    }
    for one in polycentres():
        found |= {f"{one.id}.name": one.name, f"{one.id}.location": one.location}
    for at, row in metro_stations().iterrows():
        found[f"station {at}"] = {lang: row[f"name_{lang}"] for lang in LANGS}
    return found


def words(lang: str, dataset) -> Iterator[tuple[str, str]]:
    """(place, text) of every string a reader of this language can see."""
    yield from strings(lang).items()
    yield from ((place, found[lang]) for place, found in data_strings().items())
    for key, one in dataset.indicators.items():
        rows = [
            one.title,
            one.short,
            one.unit,
            one.description,
            *one.notes,
            *(row.reason for row in one.breaks),
        ]
        yield from ((key, row[lang]) for row in rows)
    for key, source in dataset.sources.items():
        rows = [source.body, source.copy, source.licence, *([source.checked] if source.checked else [])]
        yield from ((key, row[lang]) for row in rows)


def test_no_string_is_empty(lang, dataset):
    assert not [place for place, found in words(lang, dataset) if not found.strip()]


def test_no_latin_letter_stands_in_a_cyrillic_word(lang, dataset):
    mixed = [
        f"{place}: {word}"
        for place, found in words(lang, dataset)
        for word in re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", " ", found))
        if re.search("[A-Za-z]", word) and re.search("[Ѐ-ӿ]", word)
    ]
    assert not mixed


def test_no_latin_letter_looks_like_a_word_of_its_own_in_kazakh_or_russian(dataset):
    """Latin words of look-alikes only, such as "i" or "Ha", are typing mistakes.

    Roman numerals are not, nor the letters of formulas.
    """
    formulas = ("method.", "measure.p_star", "measure_meaning.", "sentence.alike")
    suspects = [
        f"{lang} {place}: {word}"
        for lang in ("kk", "ru")
        for place, found in words(lang, dataset)
        if not place.startswith(formulas)
        for word in re.findall(r"[A-Za-z]+", re.sub(r"\{\w+\}|https?://\S+", " ", found))
        if re.fullmatch("[aceiopxyABCEHKMOPTXYIi]+", word) and not re.fullmatch("[IVX]{2,}", word)
    ]
    assert not suspects
