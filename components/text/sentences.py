"""Generated words about an indicator: titles, units, notes, sources and the sentence of a figure."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import pandas as pd

from components.text.number_formats import day, day_text, number, period_in, period_label
from components.text.strings import Lang, capitalised, text
from data import periods
from data.catalogue import Break
from data.comparison import GROUPS
from data.dataset import MAX_SERIES
from data.ranks import Extremes, Rank, alike, extremes, rank_intervals
from data.transforms import Refusal, Series, value_of
from geo.districts import BOUNDARY_DATE, CITY, DISTRICTS, declarations


def short_name(area: str, lang: Lang) -> str:
    """Return the bare name of a district, or the word for the city or a group of districts."""
    if area in GROUPS:
        return text(lang, f"place.{area}_short")
    return text(lang, "place.city_short") if area == CITY else declarations()[area]["short"][lang]


def full_name(area: str, lang: Lang) -> str:
    """Return the name of a district with the word district, of the city, or of a group of districts."""
    if area in GROUPS:
        return text(lang, f"place.{area}")
    return text(lang, "place.city") if area == CITY else declarations()[area]["name"][lang]


def names(areas: Iterable[str], lang: Lang) -> str:
    """Return bare names of areas, separated by commas."""
    return ", ".join(short_name(area, lang) for area in areas)


def title_of(series: Series, lang: Lang) -> str:
    """Return the title of a series: its indicator per resident, as a share, relative and so on."""
    return text(lang, f"title.{series.transform}", title=series.indicator.title[lang])


def unit_of(series: Series, lang: Lang) -> str:
    """Return the unit of a series; of an index with its base period."""
    if series.transform == "value":
        return series.indicator.unit[lang]
    first = series.periods()[:1] or series.periods(districts=False)[:1]
    base = period_label(first[0], lang) if first else ""
    return text(lang, f"unit.{series.transform}", unit=series.indicator.unit[lang], period=base)


@lru_cache(maxsize=MAX_SERIES)
def decimals_of(series: Series) -> int:
    """Return how many decimals the values of a series are written with: about three significant digits."""
    if series.transform == "value":
        return series.indicator.decimals
    if series.transform in ("relative", "index"):
        return 0
    if series.transform == "share":
        return 1
    largest = series.table["value"].abs().max()
    return 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 1 else 3


def value_text(series: Series, value: float, lang: Lang) -> str:
    """Write a value of a series without its unit."""
    return number(value, decimals_of(series), lang)


def rank_text(rank: Rank) -> str:
    """Write a rank, as an interval where chance or a missing value leaves it open."""
    return str(rank.best) if rank.best == rank.worst else f"{rank.best}–{rank.worst}"


def rank_texts(series: Series, period: str) -> dict[str, str]:
    """Return the rank of every district that is ranked at a period, the highest first."""
    return {area: rank_text(rank) for area, rank in rank_intervals(series, period).items()}


def rank_of(rank: str, lang: Lang) -> str:
    """Write a rank among the districts: 3 of 8, 2–4 of 8."""
    return text(lang, "word.rank_of", rank=rank, n=len(DISTRICTS))


def counted(words: Iterable[str], lang: Lang) -> str:
    """Write how often each of some words occurs, the most frequent first."""
    counts = Counter(words).most_common()
    return ", ".join(text(lang, "targets.part", reading=word, count=count) for word, count in counts)


def extremes_sentence(series: Series, period: str, lang: Lang) -> str:
    """Write what one period shows: the highest and the lowest district, their ratio, and who is missing."""
    rows = series.at(period)
    districts = rows.drop(CITY, errors="ignore")
    if districts.empty:
        if CITY not in rows.index:
            return ""
        value = value_text(series, value_of(rows, CITY), lang)
        return text(
            lang, "sentence.city_only", title=title_of(series, lang), value=value, **_when(period, lang)
        )
    ends = extremes(series, period)
    parts = [_unnamed(series, period, ends, lang) if ends.unnamed else _ends(series, period, ends, lang)]
    if ends.ratio and ends.ratio > 1:
        parts.append(text(lang, "sentence.ratio", ratio=number(ends.ratio, 2, lang)))
    few = [area for area in DISTRICTS if area in districts.index and districts.loc[area, "few"]]
    missing = [area for area in DISTRICTS if area not in districts.index]
    if few and len(few) < len(DISTRICTS):
        parts.append(text(lang, "sentence.few", names=names(few, lang)))
    if missing:
        parts.append(text(lang, "sentence.missing", names=names(missing, lang)))
    return " ".join(parts)


def _unnamed(series: Series, period: str, ends: Extremes, lang: Lang) -> str:
    """Write why no district is called the highest or the lowest."""
    when, rows = _when(period, lang), series.at(period)
    if not ends.compared:
        return text(lang, "sentence.none_ranked", **when)
    first, *others = rank_intervals(series, period)
    value = value_text(series, value_of(rows, first), lang)
    if ends.valued == 1 and not others:
        name, title = short_name(first, lang), title_of(series, lang)
        return text(lang, "sentence.one_district", title=title, name=name, value=value, **when)
    words = {"n": ends.compared, "of": len(DISTRICTS), "value": value}
    probability = number(alike(series, period) or 0, 2, lang)
    return text(lang, f"sentence.{ends.unnamed}", p=probability, **words, **when)


def _ends(series: Series, period: str, ends: Extremes, lang: Lang) -> str:
    """Write the highest and the lowest district with their values, of an index the change since its base."""
    rows, when = series.at(period), _when(period, lang)
    high, low = (value_of(rows, districts[0]) for districts in (ends.highest, ends.lowest))
    words: dict[str, str | int] = {
        "high": names(ends.highest, lang),
        "low": names(ends.lowest, lang),
        "high_in": ", ".join(declarations()[area]["locative"][lang] for area in ends.highest),
        "low_in": ", ".join(declarations()[area]["locative"][lang] for area in ends.lowest),
        "n": ends.valued,
    }
    if series.transform == "index":
        first = series.periods(periods.parse(period).series)[0]
        since = {"since": period_label(first, lang), "period": period_label(period, lang)}
        change = {
            key: number(value - 100, 0, lang, signed=True)
            for key, value in {"high": high, "low": low}.items()
        }
        return text(
            lang, "sentence.index", **words, **since, high_change=change["high"], low_change=change["low"]
        )
    key = "extremes" if ends.valued == len(DISTRICTS) else "extremes_of"
    values = {"high_value": value_text(series, high, lang), "low_value": value_text(series, low, lang)}
    return text(lang, f"sentence.{key}", **words, **values, **when)


def _when(period: str, lang: Lang) -> dict[str, str]:
    """Return the period as an adverb within a sentence and at its beginning."""
    adverb = period_in(period, lang)
    return {"period_in": adverb, "Period_in": capitalised(adverb)}


def headline_words(series: Series, period: str, lang: Lang) -> tuple[str, str]:
    """Return title and sentence of a map of one period."""
    title = f"{title_of(series, lang)}, {period_label(period, lang)}"
    if period in series.refused:
        return title, refusal_sentence(period, series.refused[period], lang)
    return title, extremes_sentence(series, period, lang)


def refusal_sentence(period: str, refusal: Refusal, lang: Lang) -> str:
    """Write why a period has no values under a transform."""
    nearest = period_label(refusal.nearest, lang) if refusal.nearest else text(lang, "word.no_data")
    return text(lang, f"refused.{refusal.reason}", period=period_label(period, lang), nearest=nearest)


def reliability_badge(rows: pd.DataFrame, lang: Lang) -> str:
    """Return the words for low reliability if any of the rows has it (status U), else nothing."""
    return text(lang, "status.U") if (rows["obs_status"] == "U").any() else ""


def alternative_text(medium: Literal["map", "trend"], title: str, sentence: str, lang: Lang) -> str:
    """Return the text alternative of a map or a chart: what it is, its title and its sentence."""
    words = f"{title.removesuffix('.')}. {sentence}"
    return (
        text(lang, "map.alt", sentence=words) if medium == "map" else text(lang, "trend.alt", sentence=words)
    )


def boundary_line(lang: Lang) -> str:
    """Return the credit of the district boundaries and their date."""
    dated = day_text(BOUNDARY_DATE, lang)
    return text(lang, "foot.boundaries", credit=text(lang, "foot.osm"), date=dated)


def foot_lines(series: Series, rows: pd.DataFrame, lang: Lang) -> tuple[str, ...]:
    """Return the notes that must stand with a figure of these rows: of transform, data and indicator."""
    indicator = series.indicator
    lines = [indicator.description[lang]]
    dates = [date for date in rows["population_date"].unique() if date]
    if dates:
        written = ", ".join(day(periods.parse(date).end, lang) for date in sorted(dates))
        lines.append(text(lang, "foot.population", date=written))
    if rows["computed"].any():
        lines.append(text(lang, "foot.city_computed"))
    if rows["few"].any():
        lines.append(text(lang, "foot.few"))
    if indicator.kind == "flow":
        frequencies = {periods.parse(period).series for period in rows["period"].unique()}
        lines += [
            text(lang, "foot.part_year", series=text(lang, f"series.{part}").lower())
            for part in sorted(frequencies & {"P3M", "P6M", "P9M"})
        ]
    lines += [break_line(change, lang) for change in indicator.breaks]
    lines += [note[lang] for note in indicator.notes]
    return tuple(lines)


def break_line(change: Break, lang: Lang) -> str:
    """Write from which period on an indicator is counted otherwise, and why."""
    return text(lang, "foot.break", period=period_label(change.period, lang), reason=change.reason[lang])
