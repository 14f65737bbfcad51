"""The table of a district's sheet: every number of the page."""

from collections.abc import Iterator

import pandas as pd

from components.figures.drawing.parity_words import side_words
from components.figures.drawing.reading_icons import PACES
from components.figures.sections.district_values import DistrictValues, change_words, rank_words
from components.text.number_formats import number, period_short
from components.text.sentences import unit_of, value_text
from components.text.strings import text
from data.parity import gap
from data.transforms import value_of

COLUMNS = {
    "section": "profile.section",
    "title": "ui.indicator",
    "period": "ui.period",
    "value": "word.value",
    "unit": "word.unit",
    "rank": "word.rank",
    "change": "word.change",
}
"""The columns with the keys of their labels; all are text."""


def sheet_table(values: DistrictValues) -> pd.DataFrame:
    """Return one row per number: key figures, comparisons with the city, ways to parity, trends."""
    rows = (*_headlines(values), *_against(values), *_parity(values), *_trends(values))
    return pd.DataFrame(rows, columns=list(COLUMNS)).fillna("")


def _headlines(values: DistrictValues) -> Iterator[dict[str, str]]:
    lang = values.lang
    for value in (*values.headlines, *([values.people] if values.people else [])):
        yield {
            "section": text(lang, "profile.headlines"),
            "title": value.series.indicator.short[lang],
            "period": period_short(value.period, lang),
            "value": value_text(value.series, value.value, lang),
            "unit": unit_of(value.series, lang),
            "rank": rank_words(value, lang),
            "change": change_words(value, lang),
        }


def _against(values: DistrictValues) -> Iterator[dict[str, str]]:
    for side, rows in values.against.items():
        for row in rows.to_dict("records"):
            yield {
                "section": text(values.lang, f"profile.{side}"),
                "title": values.short(row["indicator"]),
                "period": period_short(row["period"], values.lang),
                "value": number(row["relative"], 0, values.lang),
                "unit": text(values.lang, "unit.relative"),
            }


def _parity(values: DistrictValues) -> Iterator[dict[str, str]]:
    lang = values.lang
    for key, way in values.ways.items():
        if way.latest:
            yield {
                "section": text(lang, "profile.parity"),
                "title": values.short(key),
                "period": period_short(way.latest[0], lang),
                "value": number(gap(way.latest[1]), 0, lang, signed=True),
                "unit": text(lang, "targets.gap"),
                "rank": side_words(way, lang),
                "change": text(lang, f"reading.{way.progress.reading}")
                if way.progress.reading in PACES
                else "",
            }


def _trends(values: DistrictValues) -> Iterator[dict[str, str]]:
    lang = values.lang
    for series, trend_periods in values.trends:
        for period in trend_periods:
            yield {
                "section": text(lang, "profile.trends"),
                "title": series.indicator.short[lang],
                "period": period_short(period, lang),
                "value": value_text(series, value_of(series.at(period), values.area), lang),
                "unit": unit_of(series, lang),
            }
