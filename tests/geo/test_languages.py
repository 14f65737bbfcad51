"""One table of languages: everything else follows from it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.text.number_formats import number, separators
from components.text.strings import LANG_NAMES
from geo.languages import FALLBACK, LANGS, LANGUAGES, NAME_COLUMNS

ROOT = Path(__file__).parents[2]
FIRST_TWO = {"kk", "ru", "name_kk", "name_ru"}
MAY_NAME_A_LANGUAGE = {
    "geo/languages.py": "the table itself",
}


def language_literals(source: str) -> Iterator[int]:
    """Lines with a string that is the code of a language, or the column of its names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value in FIRST_TWO:
            yield node.lineno


def product() -> list[str]:
    files = [
        ROOT / "app.py",
        *(path for room in ("pages", "components", "data", "geo") for path in (ROOT / room).rglob("*.py")),
    ]
    return [path.relative_to(ROOT).as_posix() for path in files]


def test_no_module_beside_the_table_names_a_language() -> None:
    lines = {
        path: list(language_literals((ROOT / path).read_text(encoding="utf-8")))
        for path in product()
        if path not in MAY_NAME_A_LANGUAGE
    }
    assert {path: found for path, found in lines.items() if found} == {}


@pytest.mark.parametrize("path", MAY_NAME_A_LANGUAGE)
def test_every_exception_is_still_needed(path: str) -> None:
    assert list(language_literals((ROOT / path).read_text(encoding="utf-8")))


def test_the_walk_sees_a_code_and_a_column() -> None:
    assert list(language_literals('LANGS = ("kk",\n "ru")\nname = row["name_kk"]')) == [1, 2, 3]


def test_kazakh_is_first_and_the_fallback() -> None:
    assert list(LANG_NAMES.items()) == [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
    assert tuple(LANG_NAMES) == LANGS
    assert FALLBACK == "kk"
    assert NAME_COLUMNS == ("name_kk", "name_ru", "name_en")


@pytest.mark.parametrize("lang", LANGS)
def test_separators_are_those_of_the_numbers(lang: str) -> None:
    decimal, thousands = separators(lang)
    assert number(1234.5, 1, lang) == f"1{thousands}234{decimal}5"


def test_each_row_is_keyed_by_its_code() -> None:
    assert all(code == language.code for code, language in LANGUAGES.items())


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("kk", ["2-нұсқа", "ауа", "Әлеумет", "Көлік", "Қала", "Орман", "Өзен", "Ысты", "Ірі", "Эко"]),
        ("ru", ["2-й", "Аренда", "Ель", "ёлка", "Жильё"]),
        ("en", ["2nd", "air", "Births", "legal entities", "SMEs"]),
    ],
)
def test_names_stand_as_in_a_dictionary_of_their_language(lang: str, names: list[str]) -> None:
    assert sorted({*names}, key=LANGUAGES[lang].order) == names
