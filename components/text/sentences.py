"""Generated words about an indicator: titles, units, notes, sources and the sentence of a figure."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import pandas as pd

from components.text.formats import day, day_text, number, period_in, period_label
from components.text.strings import Lang, capitalised, text
from data import periods
from data.comparison import GROUPS, Rank, ranked
from data.dataset import MAX_SERIES
from data.transforms import Refusal, Series, ranks, value_of
from geo.districts import BOUNDARY_DATE, CITY, DISTRICTS, declarations


def short_name(area: str, lang: Lang) -> str:
    """The bare name of a district, or the word for the city or a group of districts."""
    if area in GROUPS:
        return text(lang, f"place.{area}_short")
    return text(lang, "place.city_short") if area == CITY else declarations()[area]["short"][lang]


def full_name(area: str, lang: Lang) -> str:
    """The name of a district with the word district, of the city, or of a group of districts."""
    if area in GROUPS:
        return text(lang, f"place.{area}")
    return text(lang, "place.city") if area == CITY else declarations()[area]["name"][lang]


def names(areas: Iterable[str], lang: Lang) -> str:
    """Bare names, separated by commas."""
    return ", ".join(short_name(area, lang) for area in areas)


def title_of(shown: Series, lang: Lang) -> str:
    """The title of an indicator as it is shown: per resident, as a share, relative and so on."""
    return text(lang, f"title.{shown.transform}", title=shown.indicator.title[lang])


def unit_of(shown: Series, lang: Lang) -> str:
    """The unit of the shown values."""
    if shown.transform == "value":
        return shown.indicator.unit[lang]
    first = shown.periods()[:1] or shown.periods(districts=False)[:1]
    base = period_label(first[0], lang) if first else ""
    return text(lang, f"unit.{shown.transform}", unit=shown.indicator.unit[lang], period=base)


@lru_cache(maxsize=MAX_SERIES)
def decimals_of(shown: Series) -> int:
    """How many decimals the shown values are written with: about three significant digits."""
    if shown.transform == "value":
        return shown.indicator.decimals
    if shown.transform in ("relative", "index"):
        return 0
    if shown.transform == "share":
        return 1
    largest = shown.table["value"].abs().max()
    return 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 1 else 3


def value_text(shown: Series, value: float, lang: Lang) -> str:
    """A shown value as text, without its unit."""
    return number(value, decimals_of(shown), lang)


def highest_to_lowest(shown: Series, period: str) -> float | None:
    """The highest ranked value over the lowest; None where a ratio means nothing."""
    rows = shown.at(period)
    ranked = rows.loc[list(ranks(rows)), "value"]
    if shown.indicator.signed or len(ranked) < 2 or ranked.min() <= 0:
        return None
    return float(ranked.max() / ranked.min())


def rank_text(rank: Rank) -> str:
    """A rank, as an interval where districts that are not ranked could stand before it."""
    return str(rank.best) if rank.best == rank.worst else f"{rank.best}–{rank.worst}"


def rank_texts(rows: pd.DataFrame) -> dict[str, str]:
    """The rank of every ranked district in rows as ``Series.at`` gives them, in order of rank."""
    return {area: rank_text(rank) for area, rank in ranked(rows).items()}


def extremes_sentence(shown: Series, period: str, lang: Lang) -> str:
    """What one period shows: the highest and the lowest district, their ratio, and who is missing."""
    rows = shown.at(period)
    districts = rows.drop(CITY, errors="ignore")
    when = {"period_in": period_in(period, lang), "Period_in": capitalised(period_in(period, lang))}
    if districts.empty:
        if CITY not in rows.index:
            return ""
        value = value_text(shown, value_of(rows, CITY), lang)
        return text(lang, "sentence.city_only", title=title_of(shown, lang), value=value, **when)
    order = districts.loc[list(ranks(rows)), "value"]
    parts = []
    if order.empty:
        parts.append(text(lang, "sentence.none_ranked", **when))
    elif len(order) == 1:
        one = str(order.index[0])
        value, name = value_text(shown, order.iloc[0], lang), short_name(one, lang)
        title = title_of(shown, lang)
        parts.append(text(lang, "sentence.one_district", title=title, name=name, value=value, **when))
    elif order.iloc[0] == order.iloc[-1]:
        value = value_text(shown, order.iloc[0], lang)
        parts.append(text(lang, "sentence.equal", value=value, **when))
    else:
        high, low = str(order.index[0]), str(order.index[-1])
        parts.append(
            text(
                lang,
                "sentence.extremes",
                high=short_name(high, lang),
                low=short_name(low, lang),
                high_in=declarations()[high]["locative"][lang],
                low_in=declarations()[low]["locative"][lang],
                high_value=value_text(shown, order.iloc[0], lang),
                low_value=value_text(shown, order.iloc[-1], lang),
                **when,
            )
        )
        ratio = highest_to_lowest(shown, period)
        if ratio:
            parts.append(text(lang, "sentence.ratio", ratio=number(ratio, 2, lang)))
    few = [area for area in DISTRICTS if area in districts.index and districts.loc[area, "few"]]
    missing = [area for area in DISTRICTS if area not in districts.index]
    if few and len(few) < len(DISTRICTS):
        parts.append(text(lang, "sentence.few", names=names(few, lang)))
    if missing:
        parts.append(text(lang, "sentence.missing", names=names(missing, lang)))
    return " ".join(parts)


def headline_words(figures: Series, period: str, lang: Lang) -> tuple[str, str]:
    """Title and sentence of a map of one period."""
    title = f"{title_of(figures, lang)}, {period_label(period, lang)}"
    if period in figures.refused:
        return title, refusal_sentence(period, figures.refused[period], lang)
    return title, extremes_sentence(figures, period, lang)


def refusal_sentence(period: str, refusal: Refusal, lang: Lang) -> str:
    """Why a period has no values under a transform."""
    nearest = period_label(refusal.nearest, lang) if refusal.nearest else text(lang, "word.no_data")
    return text(lang, f"refused.{refusal.reason}", period=period_label(period, lang), nearest=nearest)


def reliability_badge(rows: pd.DataFrame, lang: Lang) -> str:
    """Return the words for low reliability if any of the rows has it (status U), else nothing."""
    return text(lang, "status.U") if (rows["obs_status"] == "U").any() else ""


def alternative_text(medium: Literal["map", "trend"], title: str, sentence: str, lang: Lang) -> str:
    """Return the text alternative of a map or a chart: what it is, its title and its sentence."""
    return text(lang, f"{medium}.alt", sentence=f"{title.removesuffix('.')}. {sentence}")


def boundary_line(lang: Lang) -> str:
    """The credit of the district boundaries and their date."""
    on = day_text(BOUNDARY_DATE, lang)
    return text(lang, "foot.boundaries", credit=text(lang, "foot.osm"), date=on)


def foot_lines(shown: Series, rows: pd.DataFrame, lang: Lang) -> tuple[str, ...]:
    """The notes that must stand with a figure of these rows: of the transform, the data, the indicator."""
    lines = [shown.indicator.description[lang]]
    dates = [date for date in rows["population_date"].unique() if date]
    if dates:
        written = ", ".join(day(periods.parse(date).end, lang) for date in sorted(dates))
        lines.append(text(lang, "foot.population", date=written))
    if rows["computed"].any():
        lines.append(text(lang, "foot.city_computed"))
    if rows["few"].any():
        lines.append(text(lang, "foot.few"))
    series = {periods.parse(period).series for period in rows["period"].unique()}
    if shown.indicator.kind == "flow":
        for part in sorted(series & {"P3M", "P6M", "P9M"}):
            name = text(lang, f"series.{part}").lower()
            lines.append(text(lang, "foot.part_year", series=name))
    for one in shown.indicator.breaks:
        at = period_label(one.period, lang)
        lines.append(text(lang, "foot.break", period=at, reason=one.reason[lang]))
    lines += [note[lang] for note in shown.indicator.notes]
    return tuple(lines)
