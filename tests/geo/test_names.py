"""What the district layer says in words: names in three languages, classes and their evidence."""

import re

import pytest

from geo.districts import DISTRICTS, declarations, districts

NAMES = {
    "alatau": ("Алатау ауданы", "Алатауский район", "Alatau district"),
    "almaly": ("Алмалы ауданы", "Алмалинский район", "Almaly district"),
    "auezov": ("Әуезов ауданы", "Ауэзовский район", "Auezov district"),
    "bostandyk": ("Бостандық ауданы", "Бостандыкский район", "Bostandyk district"),
    "medeu": ("Медеу ауданы", "Медеуский район", "Medeu district"),
    "nauryzbay": ("Наурызбай ауданы", "Наурызбайский район", "Nauryzbay district"),
    "turksib": ("Түрксіб ауданы", "Турксибский район", "Turksib district"),
    "zhetysu": ("Жетісу ауданы", "Жетысуский район", "Zhetysu district"),
}


@pytest.mark.parametrize("district", DISTRICTS)
def test_a_district_has_its_official_name_in_three_languages(district: str) -> None:
    row = districts("map").loc[district]
    assert (row["name_kk"], row["name_ru"], row["name_en"]) == NAMES[district]


@pytest.mark.parametrize("form", ["name", "short", "genitive", "locative", "basis"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_form_of_a_name_is_there_and_tells_districts_apart(form: str, language: str) -> None:
    words = [declarations()[district][form][language] for district in DISTRICTS]
    assert all(word.strip() == word != "" for word in words)
    assert form == "basis" or len(set(words)) == 8


def test_the_forms_of_a_name_are_forms_of_one_name() -> None:
    for district, row in declarations().items():
        for language in ("kk", "ru", "en"):
            stem = row["short"][language][:4]
            for form in ("name", "genitive", "locative"):
                assert stem in row[form][language], (district, form, language)


def test_centre_and_periphery_leave_auezov_unclassified() -> None:
    classes = districts("map")["class"].to_dict()
    assert {one for one, kind in classes.items() if kind == "centre"} == {"almaly", "bostandyk", "medeu"}
    assert {one for one, kind in classes.items() if kind == "unclassified"} == {"auezov"}
    outer = {"alatau", "nauryzbay", "turksib", "zhetysu"}
    assert {one for one, kind in classes.items() if kind == "periphery"} == outer


def test_every_class_names_its_evidence() -> None:
    assert set(declarations()) == set(DISTRICTS)
    for row in declarations().values():
        assert row["evidence"]
        assert all(re.fullmatch(r"https?://[^\s/]+\.[^\s/]+/\S*", url) for url in row["evidence"])
