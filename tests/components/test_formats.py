"""Numbers, dates and periods as each language writes them; expectations written by hand from the glossary."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.text.number_formats import day, day_text, number, period_in, period_label, period_short

NO_BREAK = "\u00a0"
MINUS = "\u2212"
GROUP = {"kk": NO_BREAK, "ru": NO_BREAK, "en": ","}
POINT = {"kk": ",", "ru": ",", "en": "."}
PERIODS = {
    "2023": {
        "label": ("2023", "2023", "2023"),
        "in": ("2023 жылы", "в 2023 году", "in 2023"),
        "short": ("2023", "2023", "2023"),
    },
    "2023-12-31": {
        "label": (f"2023{NO_BREAK}ж. 31 желтоқсан", f"31 декабря 2023{NO_BREAK}г.", "31 December 2023"),
        "in": (
            "2023 жылғы 31 желтоқсандағы жағдай бойынша",
            "по состоянию на 31 декабря 2023 года",
            "as of 31 December 2023",
        ),
        "short": ("31.12.2023", "31.12.2023", "31.12.2023"),
    },
    "2024-01-01": {
        "label": (f"2024{NO_BREAK}ж. 1 қаңтар", f"1 января 2024{NO_BREAK}г.", "1 January 2024"),
        "in": (
            "2024 жылғы 1 қаңтардағы жағдай бойынша",
            "по состоянию на 1 января 2024 года",
            "as of 1 January 2024",
        ),
        "short": ("01.01.2024", "01.01.2024", "01.01.2024"),
    },
    "2025-01-01/P3M": {
        "label": ("2025 жылғы қаңтар–наурыз", "январь–март 2025 года", "January–March 2025"),
        "in": ("2025 жылғы қаңтар–наурызда", "в январе–марте 2025 года", "in January–March 2025"),
        "short": ("2025 жылғы қаңтар–наурыз", "январь–март 2025 года", "January–March 2025"),
    },
    "2024-01-01/P6M": {
        "label": ("2024 жылғы қаңтар–маусым", "январь–июнь 2024 года", "January–June 2024"),
        "in": ("2024 жылғы қаңтар–маусымда", "в январе–июне 2024 года", "in January–June 2024"),
        "short": ("2024 жылғы қаңтар–маусым", "январь–июнь 2024 года", "January–June 2024"),
    },
    "2023-01-01/P9M": {
        "label": ("2023 жылғы қаңтар–қыркүйек", "январь–сентябрь 2023 года", "January–September 2023"),
        "in": ("2023 жылғы қаңтар–қыркүйекте", "в январе–сентябре 2023 года", "in January–September 2023"),
        "short": ("2023 жылғы қаңтар–қыркүйек", "январь–сентябрь 2023 года", "January–September 2023"),
    },
}
OF_DAY = {
    "kk": "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы "
    "шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize(
    ("value", "decimals", "english"),
    [
        (1234567.89, 2, "1,234,567.89"),
        (1234567.89, 0, "1,234,568"),
        (999.5, 1, "999.5"),
        (1000, 0, "1,000"),
        (0.5, 3, "0.500"),
        (0, 2, "0.00"),
        (12, 1, "12.0"),
    ],
)
def test_a_number_in_each_language(lang, value, decimals, english):
    expected = english.translate({ord(","): GROUP[lang], ord("."): POINT[lang]})
    assert number(value, decimals, lang) == expected
    if value:
        assert number(-value, decimals, lang) == MINUS + expected


def test_a_number_of_the_glossary():
    assert number(1234567.89, 2, "kk") == number(1234567.89, 2, "ru") == "1\u00a0234\u00a0567,89"
    assert number(1234567.89, 2, "en") == "1,234,567.89"


def test_a_sign_stands_only_where_it_is_asked_for(lang):
    point = POINT[lang]
    assert number(2.5, 1, lang, signed=True) == f"+2{point}5"
    assert number(-2.5, 1, lang, signed=True) == f"{MINUS}2{point}5"
    assert number(2.5, 1, lang) == f"2{point}5"


@pytest.mark.parametrize("value", [0.04, -0.04, 0.0, -0.0, 1e-12, -1e-12])
def test_what_rounds_to_zero_has_no_sign(lang, value):
    assert number(value, 1, lang, signed=True) == number(value, 1, lang) == f"0{POINT[lang]}0"


@given(st.floats(-1e12, 1e12), st.integers(0, 4), st.sampled_from(["kk", "ru", "en"]))
def test_a_number_reads_back(value, decimals, lang):
    written = number(value, decimals, lang)
    plain = written.replace(GROUP[lang], "").replace(POINT[lang], ".").replace(MINUS, "-")
    assert abs(float(plain) - value) <= 0.5 * 10**-decimals + abs(value) * 1e-12
    assert len(plain.partition(".")[2]) == decimals
    assert not set(written) & {" ", "\u202f", "-", "e"}


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_in_each_language(period):
    languages = ("kk", "ru", "en")
    for form, write in (("label", period_label), ("in", period_in), ("short", period_short)):
        assert tuple(write(period, lang) for lang in languages) == PERIODS[period][form]


def test_every_month_of_a_day(lang):
    for month, name in enumerate(OF_DAY[lang].split(), start=1):
        assert f" {name} " in period_in(f"2023-{month:02d}-15", lang) + " "


def test_a_date_has_no_space_that_breaks_before_the_year_sign():
    assert day(date(2023, 12, 31), "kk") == "2023\u00a0ж. 31 желтоқсан"
    assert day(date(2023, 12, 31), "ru") == "31 декабря 2023\u00a0г."


def test_a_date_known_to_the_month_or_year_only_stands_as_it_is(lang):
    assert day_text("2024-07", lang) == "2024-07"
    assert day_text("2022", lang) == "2022"
    assert day_text("2024-01-01", lang) == day(date(2024, 1, 1), lang)
