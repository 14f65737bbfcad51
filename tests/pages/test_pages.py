"""Every page in every language, through Streamlit's own tester."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.text.sentences import full_name
from components.text.strings import LANG_NAMES, LANGS, Lang, text
from data.dataset import load
from tests.inventory import PAGES, ROOT

UNUSUAL = (
    "indicator=housing_price_new",
    "indicator=infant_mortality_rate",
    "indicator=migration_net&as=value",
    "indicator=population&as=per_km2&classes=0",
    "indicator=school_places_opened&period=1990-12-31",
    "indicator=births&period=2023-01-01/P3M",
    "indicator=avg_wage&district=almaly&district=medeu&tab=explore&classes=3",
)
"""Without districts, few cases, signed, dates, part-years, a district without values, everything at once."""


def query_of(address: str) -> dict[str, list[str]]:
    pairs = [part.split("=") for part in address.split("&")]
    return {key: [value for other, value in pairs if other == key] for key, _ in pairs}


def is_whole(app: AppTest) -> None:
    assert not app.exception
    assert not app.error
    assert not app.warning


def test_every_script_is_a_page_that_the_app_declares() -> None:
    assert set(PAGES) == {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert [name for name, path in PAGES.items() if not path] == ["overview"]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_in_every_language(
    page: str, lang: Lang, opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened(page, lang=lang)
    is_whole(app)
    shown = content(app)
    (heading,) = re.findall(r"<h1>(.+?)</h1>", shown)
    wage = load().indicators["avg_wage"].title[lang]
    if page in ("map", "trends"):
        assert heading.startswith(wage)
    elif page == "district":
        assert heading == full_name("alatau", lang)
    elif page != "targets":
        assert heading == text(lang, f"{page}.title")
    assert f'lang="{lang}"' in shown
    assert not re.search(rf'lang="({"|".join(set(LANGS) - {lang})})"', shown)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("page", PAGES)
def test_the_bar_names_pages_and_languages(page: str, lang: Lang, opened: Callable[..., AppTest]) -> None:
    app = opened(page, lang=lang)
    links = [one.proto.label for one in app.main if one.type == "page_link"]
    assert links[0].strip("*") == text(lang, "page.overview")
    (here,) = (one for one in links if one.startswith("**"))
    assert here == f"**{text(lang, f'page.{page}')}**"
    assert sorted(one.strip("*") for one in links) == sorted(text(lang, f"page.{name}") for name in PAGES)
    (language,) = (one for one in app.segmented_control if one.key == "lang")
    assert language.options == list(LANG_NAMES.values()) == ["Қазақша", "Русский", "English"]
    assert language.value == lang
    assert text(lang, "app.short") in app.markdown[0].value


@pytest.mark.parametrize("address", UNUSUAL)
@pytest.mark.parametrize("page", PAGES)
def test_unusual_views_are_shown_without_exception(
    page: str, address: str, opened: Callable[..., AppTest]
) -> None:
    lang = LANGS[(len(address) + len(page)) % 3]
    is_whole(opened(page, lang=lang, **query_of(address)))


@pytest.mark.parametrize("locale", ["de-DE", "zz", ""])
def test_a_browser_of_another_language_gets_kazakh(
    locale: str, opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    assert 'lang="kk"' in content(opened(locale=locale))


def test_a_browser_of_a_known_language_gets_it(
    opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    assert 'lang="ru"' in content(opened(locale="ru-KZ"))
    assert 'lang="kk"' in content(opened(locale="ru-KZ", lang="kk"))


def test_select_boxes_offer_every_indicator_once(opened: Callable[..., AppTest]) -> None:
    app = opened("map", lang="ru")
    options = app.selectbox(key="indicator-ru").options
    assert len(options) == len(set(options)) == len(load().indicators)
    assert any("Средняя зарплата" in option for option in options)


def test_periods_are_offered_full_years_first_latest_first(opened: Callable[..., AppTest]) -> None:
    options = opened("map", lang="en", indicator="births").selectbox(key="period-en").options
    years = [option for option in options if re.fullmatch(r"\d{4}", option)]
    assert options[: len(years)] == sorted(years, reverse=True)
    assert any(option.startswith("January–") for option in options[len(years) :])


def test_a_file_is_offered_for_every_format(opened: Callable[..., AppTest]) -> None:
    app = opened("data", lang="en", indicator="births")
    files = [one.proto.label for one in app.get("download_button")]
    assert len(files) == 7
    for word in ("CSV", "XLSX", "GeoJSON", "GeoPackage", "ZIP"):
        assert any(word in label for label in files)
