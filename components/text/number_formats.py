"""Numbers, dates and periods as each language writes them (CLDR, through Babel)."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from components.text.strings import Lang, text
from data import periods
from geo.languages import LANGUAGES

_MINUS = "\u2212"


def separators(lang: Lang) -> tuple[str, str]:
    """Return the sign before the decimals and the sign between thousands."""
    locale = LANGUAGES[lang].locale
    return get_decimal_symbol(locale), get_group_symbol(locale)


def number(value: float, decimals: int, lang: Lang, signed: bool = False) -> str:
    """Write a number with a fixed count of decimals: 1 234,5 in kk and ru, 1,234.5 in en; a true minus sign.

    ``signed`` puts a plus before positive numbers. What rounds to zero has no sign.
    """
    rounded = round(value, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    written = format_decimal(abs(rounded), pattern, locale=LANGUAGES[lang].locale)
    sign = _MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + str(written).replace("\u202f", "\u00a0")


def day(on: date, lang: Lang) -> str:
    """Write a date in full: 2023 ж. 31 желтоқсан, 31 декабря 2023 г., 31 December 2023."""
    return str(format_date(on, "long", locale=LANGUAGES[lang].locale)).replace("\u202f", "\u00a0")


def day_text(on: str, lang: Lang) -> str:
    """Write a date as precisely as a file states it: a day in full, else as it stands (2024-07, 2022)."""
    try:
        return day(date.fromisoformat(on), lang)
    except ValueError:
        return on


def period_label(period: str, lang: Lang) -> str:
    """Write a period as a label: 2023; January–September 2023; 31 December 2023."""
    parsed = periods.parse(period)
    if parsed.series == "date":
        return day(parsed.end, lang)
    return text(lang, f"period.{parsed.series}", year=parsed.year)


def period_in(period: str, lang: Lang) -> str:
    """Write a period as an adverb in a sentence: in 2023; as of 31 December 2023."""
    parsed = periods.parse(period)
    month = text(lang, f"month.of_day.{parsed.end.month}")
    return text(lang, f"period.in_{parsed.series}", year=parsed.year, day=parsed.end.day, month=month)


def period_short(period: str, lang: Lang) -> str:
    """Write a period for an axis: the year for a year, 31.12.2023 for a date, the label else."""
    parsed = periods.parse(period)
    if parsed.series == "date":
        return str(format_date(parsed.end, "dd.MM.yyyy", locale=LANGUAGES[lang].locale))
    return period_label(period, lang)
