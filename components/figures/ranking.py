"""The ranking beside the map: rank, name, value, a bar against the city, the history and the change."""

from math import isnan
from xml.etree.ElementTree import Element

import pandas as pd

from components.figures.markup import element
from components.text.formats import number, period_short
from components.text.sentences import decimals_of, short_name, value_text
from components.text.strings import Lang, text
from data import periods
from data.transforms import Transformed, ranks, value_of
from geo.districts import CITY, DISTRICTS

SPARK_WIDTH, SPARK_HEIGHT = 120, 28


def history(figures: Transformed, period: str) -> pd.DataFrame:
    """Values over the periods comparable with one, periods down and areas across, NaN where missing."""
    series = periods.parse(period).series
    known = [
        one
        for one in figures.periods(series)
        if periods.comparable(one, period, figures.indicator.break_periods)
    ]
    table = figures.table[figures.table["period"].isin(known)]
    return table.pivot(index="period", columns="area", values="value").reindex(known)


def ranking(figures: Transformed, period: str, lang: Lang) -> Element:
    """The list of the districts in order of rank; it does in words all that the map does in colour."""
    rows = figures.at(period)
    rank = ranks(rows).sort_values(kind="stable")
    past = history(figures, period)
    before = periods.year_before(period, list(past.index), figures.indicator.break_periods)
    unranked = [district for district in DISTRICTS if district not in rank.index]
    several = len(past) > 1
    heads = [
        element("span", text(lang, "ui.district"), class_="head name"),
        element("span", period_short(period, lang), class_="head value"),
        element("span", _bar_head(rows, lang), class_="head bar"),
    ]
    if several:
        span = f"{periods.parse(past.index[0]).year} – {periods.parse(past.index[-1]).year}"
        heads.append(element("span", span, class_="head spark"))
        years = f"{periods.parse(before).year} – {periods.parse(period).year}" if before else ""
        since = f"{text(lang, 'word.change')}, {years}" if before else ""
        heads.append(element("span", since, class_="head change"))
    items = [
        _row(figures, period, rows, past, before, district, str(rank[district]), lang)
        for district in rank.index
    ]
    items += [_row(figures, period, rows, past, before, district, "–", lang) for district in unranked]
    if CITY in rows.index:
        items.append(_row(figures, period, rows, past, before, CITY, "", lang))
    return element(
        "div",
        element("div", heads, class_="row heads", aria_hidden="true"),
        items,
        class_="ranking" + ("" if several else " single"),
        role="list",
    )


def _bar_head(rows: pd.DataFrame, lang: Lang) -> str:
    return text(lang, "word.against_city") if _middle(rows) is not None else ""


def _middle(rows: pd.DataFrame) -> float | None:
    """The city value where districts scatter around it, None for totals and shares that sum to it."""
    if CITY not in rows.index:
        return None
    city = value_of(rows, CITY)
    districts = rows.drop(CITY)["value"]
    return city if districts.max() >= city >= districts.min() else None


def _row(
    figures: Transformed,
    period: str,
    rows: pd.DataFrame,
    past: pd.DataFrame,
    before: str | None,
    area: str,
    rank: str,
    lang: Lang,
) -> Element:
    known = area in rows.index
    few = known and area != CITY and bool(rows.loc[area, "few"])
    value = value_text(figures, value_of(rows, area), lang) if known and not few else ""
    name = text(lang, "place.city") if area == CITY else short_name(area, lang)
    cells = [
        element("span", rank, class_="rank"),
        element("span", name, class_="name"),
        element("span", value, class_="value") if value else None,
    ]
    if not known or few:
        note = text(lang, "word.few") if few else text(lang, "word.no_data")
        cells.append(element("span", note, class_="note"))
    else:
        cells.append(element("span", _bar(rows, area), class_="bar", aria_hidden="true"))
        if len(past) > 1:
            cells.append(element("span", _spark(past, period, area), class_="spark", aria_hidden="true"))
            cells.append(element("span", _change(figures, past, period, before, area, lang), class_="change"))
    clickable = {"data_district": area, "tabindex": 0} if area != CITY else {}
    state = " missing" if not known else " few" if few else ""
    return element(
        "div", cells, class_="row" + state + (" city" if area == CITY else ""), role="listitem", **clickable
    )


def _bar(rows: pd.DataFrame, area: str) -> Element | None:
    middle = _middle(rows)
    if area == CITY and middle is None:
        return None
    value = value_of(rows, area)
    districts = rows.drop(CITY, errors="ignore")["value"]
    if middle is None:
        reach = float(districts.abs().max()) or 1
        share = abs(value) / reach * 100
        return element("i", class_="fill", style=f"left:0;width:{share:.1f}%")
    reach = float((districts - middle).abs().max()) or 1
    width = abs(value - middle) / reach * 50
    left = 50 if value >= middle else 50 - width
    side = "above" if value >= middle else "below"
    return element(
        "span",
        element("i", class_=f"fill {side}", style=f"left:{left:.1f}%;width:{width:.1f}%"),
        element("i", class_="middle"),
        class_="track",
    )


def _change(
    figures: Transformed, past: pd.DataFrame, period: str, before: str | None, area: str, lang: Lang
) -> str:
    """How far the value moved since the same period of an earlier year, signed, or nothing."""
    if before is None or area not in past:
        return ""
    values = past[area]
    change = float(values[period] - values[before])
    return "" if isnan(change) else number(change, decimals_of(figures), lang, signed=True)


def _spark(past: pd.DataFrame, period: str, area: str) -> Element | None:
    """The history of one area on the scale that all areas share; a missing period is a gap."""
    if area not in past or past[area].notna().sum() < 2:
        return None
    drawn = past.drop(columns=CITY) if CITY in past and area != CITY else past
    low, high = float(drawn.min().min()), float(drawn.max().max())
    if area == CITY:
        low, high = min(low, float(past[CITY].min())), max(high, float(past[CITY].max()))
    times = [periods.parse(str(period)).moment for period in past.index]

    def place(at: int) -> str:
        x = 4 + (times[at] - times[0]) / (times[-1] - times[0]) * (SPARK_WIDTH - 8)
        share = 0.5 if high == low else (past[area].iloc[at] - low) / (high - low)
        return f"{x:.1f},{SPARK_HEIGHT - 4 - share * (SPARK_HEIGHT - 8):.1f}"

    path, pen, dot = "", "M", None
    for at, value in enumerate(past[area]):
        if pd.isna(value):
            pen = "M"
            continue
        path += pen + place(at)
        pen = "L"
        if past.index[at] == period:
            x, y = place(at).split(",")
            dot = element("circle", cx=x, cy=y, r=3)
    return element("svg", element("path", d=path), dot, viewBox=f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}")
