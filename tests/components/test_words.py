"""What no text may hold: words that say something else, endings and signs in the wrong place."""

import re

import pytest

from components.text.strings import LANGS, strings
from tests.components.test_letters import words

BANNED = {
    "kk": ("панел", "сурет", "арасалмақ", "кесте(ге|ден) (сай|артта)", "тартылыс", "жағдайдан аз", "мықты"),
    "ru": (
        *("панел", "рисун", "снимок", "снимк", "центричн", "полусокращ", "окраинн", "откат", "график[уе] —"),
        *("менее 20 случаев", "досчитан", "невзят", "видение", "пробит", "иностр\\.", "коэф\\."),
    ),
    "en": (r"readings?\b(?! the file)", "judged?", "snapshot", "alone in its class", "counter-magnet"),
}
"""Patterns of words that readers misunderstood, by language."""
SPAN = {
    "kk": "(қаңтар|наурыз|маусым|қыркүйек)",
    "ru": "(январ|март|июн|сентябр)",
    "en": "(January|March|June|September)",
}


@pytest.mark.parametrize("lang", LANGS)
def test_no_text_holds_a_word_that_misleads(lang, dataset):
    pattern = re.compile(r"\b(" + "|".join(BANNED[lang]) + ")", re.IGNORECASE)
    rows = [*words(lang, dataset), *((one.id, one.statement[lang]) for one in dataset.targets.values())]
    without_placeholders = ((place, re.sub(r"\{\w+", "{", told)) for place, told in rows)
    assert [(place, told) for place, told in without_placeholders if pattern.search(told)] == []


def test_the_words_that_mislead_are_seen():
    """The patterns find what they are for."""
    for lang, told in (
        ("kk", "осы панельде есептелген"),
        ("ru", "Все рисунки"),
        ("en", "Readings: 8"),
        ("en", "cannot be judged"),
    ):
        assert re.search(r"\b(" + "|".join(BANNED[lang]) + ")", told, re.IGNORECASE), told


def unfinished(template: str) -> list[str]:
    """Percentages of a Kazakh sentence that are neither a value of their own nor end in -ы."""
    alone = r"(^|[–(,] |\(|және )\{\w+\}%"
    return re.findall(r"\S* ?\{\w+\}%(?!-ы)", re.sub(alone, "", template))


def test_a_part_of_something_has_its_ending_in_kazakh():
    """A percentage is a value after a dash or in brackets, or a part of something: тұрғындардың {x}%-ы."""
    assert unfinished("Тұрғындардың {share}% тұрады.")
    assert not unfinished("Тұрғындардың {share}%-ы тұрады, үлесі – {share}% ({last}).")
    assert {key: bad for key, told in strings("kk").items() if (bad := unfinished(told))} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_months_are_joined_by_an_en_dash(lang, dataset):
    pattern = re.compile(rf"{SPAN[lang]}\w*-{SPAN[lang]}", re.IGNORECASE)
    assert pattern.search({"kk": "қаңтар-наурызда", "ru": "январе-марте", "en": "January-March"}[lang])
    assert [place for place, told in words(lang, dataset) if pattern.search(told)] == []


def test_a_space_that_does_not_break_stands_before_percent_in_russian(dataset):
    assert [place for place, told in words("ru", dataset) if re.search(r"[\d}](%| %)", told)] == []
