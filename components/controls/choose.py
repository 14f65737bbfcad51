"""Widgets that choose: indicator, transform, period, classes, districts. Each writes the address."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, TypeVar, get_args

import streamlit as st

from components.arguments import HORIZONS, LATEST, Sort, Tab
from components.controls import address
from components.figures.sections.announced_targets import documents, programme
from components.selection import (
    activity_of,
    district_of,
    parity_indicators,
    period_of,
    second_of,
    transform_of,
)
from components.selection import activity_period as period_of_activity
from components.selection import parity_indicator as parity_of
from components.text.formats import period_label
from components.text.sentences import full_name, short_name
from components.text.strings import text
from components.view import View
from data import periods
from data.catalogue import TOPICS
from data.centre_periphery import ACTIVITIES, AUEZOV, measured_periods
from data.comparison import PLACES
from data.dataset import Dataset
from data.target_assessment import announced as judged
from data.targets import KINDS, STATES
from data.transforms import Series
from geo.districts import DISTRICTS

Choice = TypeVar("Choice")


def _select(
    label: str,
    key: str,
    options: Sequence[Choice],
    chosen: Choice,
    write: Callable[[Choice], str],
    take: Callable[[Choice], None],
) -> None:
    """A select box that shows what the address says and writes what the reader picks.

    The widget's own state follows the address on every run, so Back and links move it too. Its key has
    the language in it: a widget keeps its first labels otherwise.
    """
    st.session_state[key] = chosen
    st.selectbox(
        label,
        options,
        key=key,
        format_func=write,
        on_change=lambda: take(st.session_state[key]),
    )


@cache
def indicators_in_order(dataset: Dataset, topic: str | None = None) -> tuple[str, ...]:
    """Indicator ids by topic; those with figures by district before those of the city only."""
    ordered = sorted(
        (key for key, one in dataset.indicators.items() if topic in (None, one.topic)),
        key=lambda key: (
            TOPICS.index(dataset.indicators[key].topic),
            set(dataset.observations[key]["area"]) == {"city"},
            dataset.indicators[key].short["ru"],
        ),
    )
    return tuple(ordered)


def indicator(view: View, dataset: Dataset) -> None:
    """Choose an indicator; its topic is written before its name."""

    def write(key: str) -> str:
        one = dataset.indicators[key]
        return f"{one.short[view.lang]} · {text(view.lang, f'topic.{one.topic}')}"

    _select(
        text(view.lang, "ui.indicator"),
        f"indicator-{view.lang}",
        indicators_in_order(dataset),
        view.indicator,
        write,
        lambda key: address.go(address.latest().with_indicator(key)),
    )


def topic(view: View) -> None:
    """Choose a topic of the catalogue, or all."""
    _select(
        text(view.lang, "ui.topic"),
        f"topic-{view.lang}",
        ("all", *TOPICS),
        view.topic or "all",
        lambda one: text(view.lang, f"topic.{one}"),
        lambda one: address.change(topic=None if one == "all" else one),
    )


def transform(view: View, dataset: Dataset) -> None:
    """Choose how the indicator is shown, among what it allows."""
    one = dataset.indicators[view.indicator]
    _select(
        text(view.lang, "ui.as"),
        f"as-{view.lang}",
        one.transforms,
        transform_of(view, one),
        lambda key: text(view.lang, f"as.{key}"),
        lambda key: address.change(transform=None if key == one.opens_with else key),
    )


def period(view: View, figures: Series) -> None:
    """Choose a period: full years first, then dates and part-years, the latest first within each."""
    known = set(figures.periods()) or set(figures.periods(districts=False)) or set(figures.refused)
    now = period_of(view, figures)
    options = [one for series in periods.SERIES for one in reversed(periods.ordered(known | {now}, series))]
    latest = period_of(View(lang=view.lang, indicator=view.indicator), figures)
    _select(
        text(view.lang, "ui.period"),
        f"period-{view.lang}",
        options,
        now,
        lambda one: period_label(one, view.lang),
        lambda one: address.change(period=LATEST if one == latest else one),
    )


def series(view: View, figures: Series) -> None:
    """Choose which periods a trend runs over: full years, dates, or part-years of one length."""
    known = figures.periods(districts=False) or list(figures.refused)
    options = [one for one in periods.SERIES if periods.ordered(known, one)]
    _select(
        text(view.lang, "ui.period"),
        f"series-{view.lang}",
        options,
        periods.parse(period_of(view, figures)).series,
        lambda one: text(view.lang, f"series.{one}"),
        lambda one: address.change(period=periods.ordered(known, one)[-1]),
    )


def classes(view: View) -> None:
    """Choose the number of classes of the map."""
    _select(
        text(view.lang, "ui.classes"),
        f"classes-{view.lang}",
        (4, 3, 0),
        view.classes,
        lambda count: text(view.lang, f"ui.classes_{count}"),
        lambda count: address.change(classes=count),
    )


def highlighted(view: View) -> None:
    """Choose the districts that stand out in a chart."""
    key = f"district-{view.lang}"
    st.session_state[key] = list(view.district)
    st.multiselect(
        text(view.lang, "ui.highlight"),
        DISTRICTS,
        key=key,
        format_func=lambda area: short_name(area, view.lang),
        placeholder=text(view.lang, "ui.all_districts"),
        on_change=lambda: address.change(district=tuple(st.session_state[key])),
    )


def tab(view: View) -> None:
    """Choose between the picture of the districts and the map to explore."""
    key = f"tab-{view.lang}"
    st.session_state[key] = view.tab
    st.segmented_control(
        text(view.lang, "ui.map_kind"),
        get_args(Tab),
        key=key,
        required=True,
        format_func=lambda one: text(view.lang, f"ui.{one}_tab"),
        on_change=lambda: address.change(tab=st.session_state[key] or view.tab),
    )


def parity_indicator(view: View, dataset: Dataset) -> None:
    """Choose one of the indicators that have a parity target."""
    _select(
        text(view.lang, "ui.indicator"),
        f"indicator-parity-{view.lang}",
        parity_indicators(dataset),
        parity_of(view, dataset),
        lambda key: dataset.indicators[key].short[view.lang],
        lambda key: address.go(address.latest().with_indicator(key)),
    )


def horizon(view: View) -> None:
    """Choose the year by which parity is to be reached."""
    _select(
        text(view.lang, "ui.horizon"),
        f"horizon-{view.lang}",
        HORIZONS,
        view.horizon,
        str,
        lambda year: address.change(horizon=year),
    )


def announced(view: View, dataset: Dataset) -> None:
    """Choose announced targets by document, kind, state and what keeps them from being judged."""
    lang = view.lang
    papers = documents(dataset)
    _filter(view, "document", list(papers), lambda key: programme(papers[key], lang))
    _filter(view, "kind", KINDS, lambda key: text(lang, f"target_kind.{key}"))
    _filter(view, "state", STATES, lambda key: text(lang, f"target_state.{key}"))
    reasons = list(dict.fromkeys(one.reason or "judged" for one in judged(dataset)))
    _filter(view, "reason", reasons, lambda key: text(lang, f"reason.{key}"))


def _filter(view: View, field: str, options: Sequence[str], write: Callable[[str], str]) -> None:
    """A select box over a field of the view that may be None for all."""
    _select(
        text(view.lang, f"ui.{field}"),
        f"{field}-{view.lang}",
        ("all", *options),
        getattr(view, field) or "all",
        lambda key: text(view.lang, "ui.all") if key == "all" else write(key),
        lambda key: address.change(**{field: None if key == "all" else key}),
    )


def activity(view: View, dataset: Dataset) -> None:
    """Choose one of the activities whose spread over the city is measured."""
    _select(
        text(view.lang, "ui.activity"),
        f"indicator-activity-{view.lang}",
        ACTIVITIES,
        activity_of(view),
        lambda key: dataset.indicators[key].short[view.lang],
        lambda key: address.go(address.latest().with_indicator(key)),
    )


def activity_period(view: View, dataset: Dataset) -> None:
    """Choose a period of the activity, the latest of each series first."""
    key = activity_of(view)
    known = measured_periods(dataset, key, view.auezov)
    _select(
        text(view.lang, "ui.period"),
        f"period-activity-{view.lang}",
        [one for series in periods.SERIES for one in reversed(periods.ordered(known, series))],
        period_of_activity(view, dataset),
        lambda one: period_label(one, view.lang),
        lambda one: address.go(replace(address.latest().with_indicator(key), period=one)),
    )


def auezov(view: View) -> None:
    """Choose how Auezov is counted."""
    _select(
        text(view.lang, "ui.auezov"),
        f"auezov-{view.lang}",
        AUEZOV,
        view.auezov,
        lambda one: text(view.lang, f"auezov.{one}"),
        lambda one: address.change(auezov=one),
    )


def place(view: View, side: Literal["a", "b"]) -> None:
    """Choose one of the two places that are compared."""
    _select(
        text(view.lang, f"ui.place_{side}"),
        f"place-{side}-{view.lang}",
        PLACES,
        view.a if side == "a" else view.b,
        lambda one: full_name(one, view.lang),
        lambda one: address.change(**{side: one}),
    )


def sort(view: View) -> None:
    """Choose the order of the indicators."""
    _select(
        text(view.lang, "ui.sort"),
        f"sort-{view.lang}",
        get_args(Sort),
        view.sort,
        lambda one: text(view.lang, f"sort.{one}"),
        lambda one: address.change(sort=one),
    )


def against(view: View, dataset: Dataset) -> None:
    """Choose the second indicator of a scatter."""
    _select(
        text(view.lang, "ui.against"),
        f"indicator-against-{view.lang}",
        indicators_in_order(dataset),
        second_of(view),
        lambda key: dataset.indicators[key].short[view.lang],
        lambda key: address.change(against=key),
    )


def district(view: View) -> None:
    """Choose the district of a page."""
    _select(
        text(view.lang, "ui.district"),
        f"one-district-{view.lang}",
        DISTRICTS,
        district_of(view),
        lambda one: full_name(one, view.lang),
        lambda one: address.change(district=(one,)),
    )
