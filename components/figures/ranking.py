"""The ranking beside the map: rank, name, value, a bar against the city, the history and the change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from components.figures.markup import element
from components.text.formats import number, period_short
from components.text.sentences import decimals_of, rank_texts, short_name, value_text
from components.text.strings import Lang, text
from data import periods
from data.transforms import Transformed
from geo.districts import CITY, DISTRICTS

SPARK_WIDTH, SPARK_HEIGHT = 120, 28


@dataclass(frozen=True, eq=False)
class Standing:
    """What the rows of a ranking are drawn from: one period, and the periods comparable with it.

    ``values`` by area at the period; ``few`` the districts with fewer than 20 cases; ``past`` the values
    of the comparable ``known`` periods by area, a missing one absent; ``before`` the same period of an
    earlier year, if there is one.
    """

    figures: Transformed
    period: str
    lang: Lang
    values: Mapping[str, float]
    few: frozenset[str]
    rank: Mapping[str, str]
    known: tuple[str, ...]
    past: Mapping[str, Mapping[str, float]]
    before: str | None

    @cached_property
    def middle(self) -> float | None:
        """The city value where districts scatter around it, None for totals and shares that sum to it."""
        districts = [value for area, value in self.values.items() if area != CITY]
        city = self.values.get(CITY)
        if city is None or not districts or not min(districts) <= city <= max(districts):
            return None
        return city

    @cached_property
    def reach(self) -> float:
        """How far the longest bar goes: from the middle where there is one, else from zero."""
        districts = (value for area, value in self.values.items() if area != CITY)
        return max((abs(value - (self.middle or 0)) for value in districts), default=0) or 1

    @cached_property
    def span(self) -> tuple[float, float]:
        """The scale that the histories of all districts share."""
        values = [value for area in DISTRICTS for value in self.past.get(area, {}).values()]
        return (min(values), max(values)) if values else (0, 0)


def standing(figures: Transformed, period: str, lang: Lang) -> Standing:
    """Gather one period and what may be compared with it."""
    rows = figures.at(period)
    breaks = figures.indicator.break_periods
    series = periods.parse(period).series
    known = tuple(one for one in figures.periods(series) if periods.comparable(one, period, breaks))
    past: dict[str, dict[str, float]] = {}
    for one in known:
        for area, value in figures.at(one)["value"].items():
            past.setdefault(str(area), {})[one] = float(value)
    few = rows["few"]
    return Standing(
        figures=figures,
        period=period,
        lang=lang,
        values={str(area): float(value) for area, value in rows["value"].items()},
        few=frozenset(str(area) for area in few.index[few.astype(bool)] if area != CITY),
        rank=rank_texts(rows),
        known=known,
        past=past,
        before=periods.year_before(period, known, breaks),
    )


def ranking(figures: Transformed, period: str, lang: Lang) -> Element:
    """The list of the districts in order of rank; it does in words all that the map does in colour."""
    now = standing(figures, period, lang)
    several = len(now.known) > 1
    rows = [_row(now, district, rank) for district, rank in now.rank.items()]
    rows += [_row(now, district, "–") for district in DISTRICTS if district not in now.rank]
    if CITY in now.values:
        rows.append(_row(now, CITY, ""))
    return element(
        "div",
        element("div", _heads(now), class_="row heads", aria_hidden="true"),
        rows,
        class_="ranking" + ("" if several else " single"),
        role="list",
    )


def _heads(now: Standing) -> list[Element]:
    lang = now.lang
    against = text(lang, "word.against_city") if now.middle is not None else ""
    heads = [
        element("span", text(lang, "ui.district"), class_="head name"),
        element("span", period_short(now.period, lang), class_="head value"),
        element("span", against, class_="head bar"),
    ]
    if len(now.known) > 1:
        first, last = (periods.parse(now.known[at]).year for at in (0, -1))
        heads.append(element("span", f"{first} – {last}", class_="head spark"))
    if len(now.known) > 1 and now.before:
        years = f"{periods.parse(now.before).year} – {periods.parse(now.period).year}"
        heads.append(element("span", f"{text(lang, 'word.change')}, {years}", class_="head change"))
    return heads


def _row(now: Standing, area: str, rank: str) -> Element:
    lang = now.lang
    known, few = area in now.values, area in now.few
    cells = [
        element("span", rank, class_="rank"),
        element("span", text(lang, "place.city") if area == CITY else short_name(area, lang), class_="name"),
    ]
    if not known or few:
        cells.append(element("span", text(lang, "word.few" if few else "word.no_data"), class_="note"))
    else:
        cells.append(element("span", value_text(now.figures, now.values[area], lang), class_="value"))
        cells.append(element("span", _bar(now, area), class_="bar", aria_hidden="true"))
        if len(now.known) > 1:
            cells.append(element("span", _spark(now, area), class_="spark", aria_hidden="true"))
            cells.append(element("span", _change(now, area), class_="change"))
    state = " missing" if not known else " few" if few else ""
    if area == CITY:
        return element("div", cells, class_="row city" + state, role="listitem")
    return element("div", cells, class_="row" + state, role="listitem", data_district=area, tabindex=0)


def _bar(now: Standing, area: str) -> Element | None:
    value = now.values[area]
    if now.middle is None:
        width = min(100.0, abs(value) / now.reach * 100)
        return None if area == CITY else element("i", class_="fill", style=f"left:0;width:{width:.1f}%")
    width = abs(value - now.middle) / now.reach * 50
    left = 50 if value >= now.middle else 50 - width
    side = "above" if value >= now.middle else "below"
    return element(
        "span",
        element("i", class_=f"fill {side}", style=f"left:{left:.1f}%;width:{width:.1f}%"),
        element("i", class_="middle"),
        class_="track",
    )


def _change(now: Standing, area: str) -> str:
    """How far the value moved since the same period of an earlier year, signed, or nothing."""
    past = now.past.get(area, {})
    if now.before is None or now.before not in past or now.period not in past:
        return ""
    return number(past[now.period] - past[now.before], decimals_of(now.figures), now.lang, signed=True)


def _spark(now: Standing, area: str) -> Element | None:
    """The history of one area on the scale that all districts share; a missing period is a gap."""
    past = now.past.get(area, {})
    if len(past) < 2:
        return None
    low, high = now.span
    if area == CITY:
        low, high = min(low, *past.values()), max(high, *past.values())
    times = [periods.parse(period).moment for period in now.known]
    path, pen, dot = "", "M", None
    for period, moment in zip(now.known, times, strict=True):
        if period not in past:
            pen = "M"
            continue
        share = 0.5 if high == low else (past[period] - low) / (high - low)
        x = 4 + (moment - times[0]) / (times[-1] - times[0]) * (SPARK_WIDTH - 8)
        y = SPARK_HEIGHT - 4 - share * (SPARK_HEIGHT - 8)
        path += f"{pen}{x:.1f},{y:.1f}"
        pen = "L"
        if period == now.period:
            dot = element("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3)
    return element("svg", element("path", d=path), dot, viewBox=f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}")
