"""The ranking beside the map: rank, name, value, a bar against the city, the history and the change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.text.formats import number, period_short
from components.text.sentences import decimals_of, rank_texts, short_name, value_text
from components.text.strings import Lang, text
from data import periods
from data.transforms import Series
from geo.districts import CITY, DISTRICTS

SPARK_WIDTH, SPARK_HEIGHT = 120, 28
SPARK_BOX = f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}"


@dataclass(frozen=True, eq=False)
class RankingRows:
    """What the rows of a ranking are drawn from: one period, and the periods comparable with it.

    ``values`` by area at the period; ``few`` the districts with fewer than 20 cases; ``past`` the values
    of the comparable ``known`` periods by area, a missing one absent; ``before`` the same period of an
    earlier year, if there is one.
    """

    figures: Series
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


def ranking_rows(figures: Series, period: str, lang: Lang) -> RankingRows:
    """Gather one period and what may be compared with it."""
    rows = figures.at(period)
    known = tuple(figures.comparable_with(period))
    past: dict[str, dict[str, float]] = {}
    for one in known:
        for area, value in figures.at(one)["value"].items():
            past.setdefault(str(area), {})[one] = float(value)
    few = rows["few"]
    return RankingRows(
        figures=figures,
        period=period,
        lang=lang,
        values={str(area): float(value) for area, value in rows["value"].items()},
        few=frozenset(str(area) for area in few.index[few.astype(bool)] if area != CITY),
        rank=rank_texts(rows),
        known=known,
        past=past,
        before=periods.year_before(period, known, figures.indicator.break_periods),
    )


def row_order(now: RankingRows) -> list[str]:
    """The districts in order of rank, those without one, then the city where it has a value."""
    others = [district for district in DISTRICTS if district not in now.rank]
    return [*now.rank, *others, *([CITY] if CITY in now.values else [])]


def ranking(figures: Series, period: str, lang: Lang) -> Element:
    """The list of the districts in order of rank; it does in words all that the map does in colour."""
    now = ranking_rows(figures, period, lang)
    several = len(now.known) > 1
    rows = [_row(now, area, now.rank.get(area, "" if area == CITY else "–")) for area in row_order(now)]
    return element(
        "div",
        element("div", _heads(now), class_="row heads", aria_hidden="true"),
        rows,
        class_="ranking" + ("" if several else " single"),
        role="list",
    )


def _heads(now: RankingRows) -> list[Element]:
    lang = now.lang
    heads = [
        element("span", text(lang, "ui.district"), class_="head name"),
        element("span", period_short(now.period, lang), class_="head value"),
        element("span", bar_head(now), class_="head bar"),
    ]
    if len(now.known) > 1:
        first, last = (periods.parse(now.known[at]).year for at in (0, -1))
        heads.append(element("span", f"{first} – {last}", class_="head spark"))
        heads.append(element("span", change_head(now), class_="head change"))
    return heads


def bar_head(now: RankingRows) -> str:
    """What the bars are drawn against, or nothing where they begin at zero."""
    return text(now.lang, "word.against_city") if now.middle is not None else ""


def change_head(now: RankingRows) -> str:
    """Between which years the change is taken, or nothing where there is none."""
    if now.before is None:
        return ""
    years = f"{periods.parse(now.before).year} – {periods.parse(now.period).year}"
    return f"{text(now.lang, 'word.change')}, {years}"


def _row(now: RankingRows, area: str, rank: str) -> Element:
    lang = now.lang
    known, few = area in now.values, area in now.few
    cells = [
        element("span", rank, class_="rank"),
        element("span", text(lang, "place.city") if area == CITY else short_name(area, lang), class_="name"),
    ]
    shown = known and not few
    cells.append(element("span", cell_value(now, area), class_="value"))
    cells.append(element("span", _bar(now, area) if shown else None, class_="bar", aria_hidden="true"))
    if len(now.known) > 1:
        cells.append(element("span", _spark(now, area), class_="spark", aria_hidden="true"))
        cells.append(element("span", cell_change(now, area), class_="change"))
    cells.append(element("span", cell_note(now, area), class_="note"))
    state = " missing" if not known else " few" if few else ""
    if area == CITY:
        return element("div", cells, class_="row city" + state, role="listitem")
    return element("div", cells, class_="row" + state, role="listitem", data_district=area, tabindex=0)


def cell_value(now: RankingRows, area: str) -> str:
    """The value as it is written; nothing where it is missing or of few cases."""
    if area not in now.values or area in now.few:
        return ""
    return value_text(now.figures, now.values[area], now.lang)


def cell_note(now: RankingRows, area: str) -> str:
    """Why there is no value, or nothing."""
    if area in now.few:
        return text(now.lang, "word.few")
    return "" if area in now.values else text(now.lang, "word.no_data")


def bar(now: RankingRows, area: str) -> tuple[float, float] | None:
    """Where the bar of a value begins and how wide it is, in percent of its track; None without one."""
    if area not in now.values or area in now.few or (now.middle is None and area == CITY):
        return None
    value = now.values[area]
    if now.middle is None:
        return 0, min(100.0, abs(value) / now.reach * 100)
    width = abs(value - now.middle) / now.reach * 50
    return (50 if value >= now.middle else 50 - width), width


def _bar(now: RankingRows, area: str) -> Element | None:
    found = bar(now, area)
    if found is None:
        return None
    left, width = found
    style = f"left:{left:.1f}%;width:{width:.1f}%"
    if now.middle is None:
        return element("i", class_="fill", style=style)
    side = "above" if left >= 50 else "below"
    return element(
        "span",
        element("i", class_=f"fill {side}", style=style),
        element("i", class_="middle"),
        class_="track",
    )


def cell_change(now: RankingRows, area: str) -> str:
    """How far the value moved since the same period of an earlier year, signed, or nothing."""
    if area not in now.values or area in now.few:
        return ""
    past = now.past.get(area, {})
    if now.before is None or now.before not in past or now.period not in past:
        return ""
    return number(past[now.period] - past[now.before], decimals_of(now.figures), now.lang, signed=True)


def spark_place(now: RankingRows, area: str, period: str) -> tuple[float, float] | None:
    """Where a period lies in the spark line of an area, on the scale that all districts share."""
    past = now.past.get(area, {})
    if period not in past or len(past) < 2:
        return None
    low, high = now.span
    if area == CITY:
        low, high = min(low, *past.values()), max(high, *past.values())
    first, last = (periods.parse(now.known[at]).moment for at in (0, -1))
    share = 0.5 if high == low else (past[period] - low) / (high - low)
    x = 4 + (periods.parse(period).moment - first) / (last - first) * (SPARK_WIDTH - 8)
    return x, SPARK_HEIGHT - 4 - share * (SPARK_HEIGHT - 8)


def spark_line(now: RankingRows, area: str) -> str:
    """The history of one area as the outline of a path; a missing period is a gap."""
    path, pen = "", "M"
    for period in now.known:
        place = spark_place(now, area, period)
        if place is None:
            pen = "M"
            continue
        path += f"{pen}{place[0]:.1f},{place[1]:.1f}"
        pen = "L"
    return path


def _spark(now: RankingRows, area: str) -> Element | None:
    path = spark_line(now, area)
    if not path:
        return None
    here = spark_place(now, area, now.period)
    dot = element("circle", cx=f"{here[0]:.1f}", cy=f"{here[1]:.1f}", r=3) if here else None
    return element("svg", element("path", d=path), dot, viewBox=SPARK_BOX)
