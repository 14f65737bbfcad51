"""The ranking beside the map: rank, name, value, a bar against the city, the history and the change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from xml.etree.ElementTree import Element

from components.figure import Figure
from components.figures.drawing.markup import element
from components.figures.drawing.scales import line_path, linear
from components.figures.tables.period_figure import period_figure
from components.selection import period_of, series_of
from components.text.number_formats import number, period_short
from components.text.sentences import decimals_of, rank_texts, short_name, value_text
from components.text.strings import Lang, text
from components.view import View
from data import periods
from data.dataset import Dataset
from data.transforms import Series
from geo.districts import CITY, DISTRICTS

SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 120, 28, 4
SPARK_BOX = f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}"


@dataclass(frozen=True, eq=False)
class RankingRows:
    """What the rows of a ranking are drawn from: one period, and the periods comparable with it.

    ``values`` by area at the period; ``few`` the districts with fewer than 20 cases; ``past`` the values
    of the ``comparable`` periods by area, a missing one absent; ``before`` the same period of an earlier
    year, if there is one.
    """

    series: Series
    period: str
    lang: Lang
    values: Mapping[str, float]
    few: frozenset[str]
    rank: Mapping[str, str]
    comparable: tuple[str, ...]
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

    @property
    def has_history(self) -> bool:
        """Whether there is more than the one period."""
        return len(self.comparable) > 1

    def has_value(self, area: str) -> bool:
        """Return whether an area has a value of enough cases to be written and drawn."""
        return area in self.values and area not in self.few


def ranking_rows(series: Series, period: str, lang: Lang) -> RankingRows:
    """Gather one period and what may be compared with it."""
    rows = series.at(period)
    comparable = tuple(series.comparable_with(period))
    past: dict[str, dict[str, float]] = {}
    for moment in comparable:
        for area, value in series.at(moment)["value"].items():
            past.setdefault(str(area), {})[moment] = float(value)
    few = rows["few"]
    return RankingRows(
        series=series,
        period=period,
        lang=lang,
        values={str(area): float(value) for area, value in rows["value"].items()},
        few=frozenset(str(area) for area in few.index[few.astype(bool)] if area != CITY),
        rank=rank_texts(series, period),
        comparable=comparable,
        past=past,
        before=periods.year_before(period, comparable, series.indicator.break_periods),
    )


def row_order(rows: RankingRows) -> list[str]:
    """Return the districts in order of rank, those without one, then the city where it has a value."""
    others = [district for district in DISTRICTS if district not in rows.rank]
    return [*rows.rank, *others, *([CITY] if CITY in rows.values else [])]


def ranking_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the ranking beside the map without the map: the same words, table and sources."""
    figure, series = period_figure(view, dataset), series_of(view, dataset)
    title = text(view.lang, "compare.ranking_title", title=figure.title)
    return replace(
        figure,
        title=title,
        alt=f"{title.removesuffix('.')}. {figure.sentence}",
        picture=ranking(series, period_of(view, series), view.lang),
    )


def ranking(series: Series, period: str, lang: Lang) -> Element:
    """Draw the districts in order of rank; the list says in words all that the map says in colour."""
    rows = ranking_rows(series, period, lang)
    return element(
        "div",
        element("div", _heads(rows), class_="row heads", aria_hidden="true"),
        [_row(rows, area) for area in row_order(rows)],
        class_=f"ranking better-{series.indicator.better}" + ("" if rows.has_history else " single"),
        role="list",
    )


def _heads(rows: RankingRows) -> list[Element]:
    heads = {
        "name": text(rows.lang, "ui.district"),
        "value": period_short(rows.period, rows.lang),
        "bar": bar_head(rows),
    }
    if rows.has_history:
        first, last = (periods.parse(rows.comparable[index]).year for index in (0, -1))
        heads |= {"spark": f"{first} – {last}", "change": change_head(rows)}
    return [element("span", head, class_=f"head {kind}") for kind, head in heads.items()]


def bar_head(rows: RankingRows) -> str:
    """Return what the bars are drawn against, or nothing where they begin at zero."""
    return text(rows.lang, "word.against_city") if rows.middle is not None else ""


def change_head(rows: RankingRows) -> str:
    """Return between which years the change is taken, or nothing where there is none."""
    if rows.before is None:
        return ""
    years = f"{periods.parse(rows.before).year} – {periods.parse(rows.period).year}"
    return f"{text(rows.lang, 'word.change')}, {years}"


def _row(rows: RankingRows, area: str) -> Element:
    rank = rows.rank.get(area, "" if area == CITY else "–")
    name = text(rows.lang, "place.city") if area == CITY else short_name(area, rows.lang)
    cells = [
        element("span", rank, class_="rank"),
        element("span", name, class_="name"),
        element("span", cell_value(rows, area), class_="value"),
        element("span", _bar(rows, area), class_="bar", aria_hidden="true"),
    ]
    if rows.has_history:
        cells.append(element("span", _spark(rows, area), class_="spark", aria_hidden="true"))
        cells.append(element("span", cell_change(rows, area), class_="change"))
    cells.append(element("span", cell_note(rows, area), class_="note"))
    state = " missing" if area not in rows.values else " few" if area in rows.few else ""
    if area == CITY:
        return element("div", cells, class_="row city" + state, role="listitem")
    return element("div", cells, class_="row" + state, role="listitem", data_district=area, tabindex=0)


def cell_value(rows: RankingRows, area: str) -> str:
    """Return the value as it is written; nothing where it is missing or of few cases."""
    return value_text(rows.series, rows.values[area], rows.lang) if rows.has_value(area) else ""


def cell_note(rows: RankingRows, area: str) -> str:
    """Return why there is no value, or nothing."""
    if area in rows.few:
        return text(rows.lang, "word.few")
    return "" if area in rows.values else text(rows.lang, "word.no_data")


def bar(rows: RankingRows, area: str) -> tuple[float, float] | None:
    """Return where the bar of a value begins and its width, in percent of its track; None without one."""
    if not rows.has_value(area) or (rows.middle is None and area == CITY):
        return None
    value = rows.values[area]
    if rows.middle is None:
        return 0, min(100.0, abs(value) / rows.reach * 100)
    width = abs(value - rows.middle) / rows.reach * 50
    return (50 if value >= rows.middle else 50 - width), width


def _bar(rows: RankingRows, area: str) -> Element | None:
    extent = bar(rows, area)
    if extent is None:
        return None
    left, width = extent
    if rows.middle is not None:
        return bar_from_middle(left, width)
    return element("i", class_="fill", style=f"left:{left:.1f}%;width:{width:.1f}%")


def bar_from_middle(left: float, width: float, **attributes: object) -> Element:
    """Draw a bar from the city's level, which stands in the middle of the track; in percent of the track."""
    side = "above" if left >= 50 else "below"
    return element(
        "span",
        element("i", class_=f"fill {side}", style=f"left:{left:.1f}%;width:{width:.1f}%"),
        element("i", class_="middle"),
        class_="track",
        **attributes,
    )


def cell_change(rows: RankingRows, area: str) -> str:
    """Return how far the value moved since the same period of an earlier year, signed, or nothing."""
    past = rows.past.get(area, {})
    before = None if rows.before is None else past.get(rows.before)
    if before is None or rows.period not in past or not rows.has_value(area):
        return ""
    change = past[rows.period] - before
    return number(change, decimals_of(rows.series), rows.lang, signed=True)


def spark_place(rows: RankingRows, area: str, period: str) -> tuple[float, float] | None:
    """Return where a period lies in the spark line of an area, on the scale that all districts share."""
    past = rows.past.get(area, {})
    if period not in past or len(past) < 2:
        return None
    domain = (*rows.span, *past.values()) if area == CITY else rows.span
    moments = [periods.parse(rows.comparable[index]).moment for index in (0, -1)]
    x = linear(moments, SPARK_MARGIN, SPARK_WIDTH - SPARK_MARGIN)
    y = linear(domain, SPARK_HEIGHT - SPARK_MARGIN, SPARK_MARGIN)
    return x(periods.parse(period).moment), y(past[period])


def spark_line(rows: RankingRows, area: str) -> str:
    """Return the history of one area as path data; a missing period is a gap."""
    return line_path(spark_place(rows, area, period) for period in rows.comparable)


def _spark(rows: RankingRows, area: str) -> Element | None:
    path = spark_line(rows, area)
    if not path:
        return None
    place = spark_place(rows, area, rows.period)
    dot = element("circle", cx=f"{place[0]:.1f}", cy=f"{place[1]:.1f}", r=3) if place else None
    return element("svg", element("path", d=path), dot, viewBox=SPARK_BOX)
