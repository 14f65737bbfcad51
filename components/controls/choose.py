"""Widgets that choose a field of the view: indicator, period, classes, districts. Each writes the address."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal, get_args

import streamlit as st

from components import selection
from components.arguments import HORIZONS, LATEST, Sort, Tab
from components.controls import address
from components.controls.select_box import select, select_field, select_filter
from components.figures.sections.announced_targets import documents
from components.text.number_formats import period_label
from components.text.sentences import full_name, short_name
from components.text.strings import text
from components.view import View
from data import periods
from data.catalogue import TOPICS
from data.centre_periphery import ACTIVITIES, AUEZOV, measured_periods
from data.comparison import PLACES
from data.dataset import Dataset
from data.target_assessment import announced as announced_targets
from data.targets import KINDS, STATES
from data.transforms import Series
from geo.districts import DISTRICTS
from geo.languages import LANGUAGES, Lang


@lru_cache(maxsize=8)
def indicators_in_order(dataset: Dataset, lang: Lang) -> tuple[str, ...]:
    """Return indicator ids by topic, those by district before those of the city only, then by name."""

    def order(key: str) -> tuple[object, ...]:
        indicator = dataset.indicators[key]
        city_only = set(dataset.observations[key]["area"]) == {"city"}
        return TOPICS.index(indicator.topic), city_only, LANGUAGES[lang].order(indicator.short[lang])

    return tuple(sorted(dataset.indicators, key=order))


def indicator(view: View, dataset: Dataset) -> None:
    """Choose an indicator; its topic is written after its name."""

    def write(key: str) -> str:
        topic = dataset.indicators[key].topic
        return f"{dataset.indicators[key].short[view.lang]} · {text(view.lang, f'topic.{topic}')}"

    ids = indicators_in_order(dataset, view.lang)
    select(view, "ui.indicator", ids, view.indicator, write, _show_indicator)


def parity_indicator(view: View, dataset: Dataset) -> None:
    """Choose among the indicators that have a parity target."""
    ids, current = selection.parity_indicators(dataset), selection.parity_indicator(view, dataset)
    _select_short(view, dataset, "ui.indicator", ids, current, "indicator-parity")


def activity(view: View, dataset: Dataset) -> None:
    """Choose among the activities for which the spread over the city is measured."""
    current = selection.activity_of(view)
    _select_short(view, dataset, "ui.activity", ACTIVITIES, current, "indicator-activity")


def against(view: View, dataset: Dataset) -> None:
    """Choose the second indicator of a scatter."""
    ids, current = indicators_in_order(dataset, view.lang), selection.second_of(view)

    def take(key: str) -> None:
        address.change(against=key)

    _select_short(view, dataset, "ui.against", ids, current, "indicator-against", take)


def transform(view: View, dataset: Dataset) -> None:
    """Choose how the indicator is shown, among what it allows."""
    indicator = dataset.indicators[view.indicator]
    select(
        view,
        "ui.as",
        indicator.transforms,
        selection.transform_of(view, indicator),
        lambda key: text(view.lang, f"as.{key}"),
        lambda key: address.change(transform=None if key == indicator.opens_with else key),
    )


def period(view: View, series: Series) -> None:
    """Choose a period: full years first, then dates and part-years, the latest first within each."""
    existing = series.periods() or series.periods(districts=False) or series.refused
    current = selection.period_of(view, series)
    latest = selection.period_of(replace(view, period=LATEST), series)
    select(
        view,
        "ui.period",
        _newest_first({*existing, current}),
        current,
        lambda period: period_label(period, view.lang),
        lambda period: address.change(period=LATEST if period == latest else period),
    )


def activity_period(view: View, dataset: Dataset) -> None:
    """Choose a period of the activity, in the order of ``period``."""
    key = selection.activity_of(view)
    select(
        view,
        "ui.period",
        _newest_first(measured_periods(dataset, key, view.auezov)),
        selection.activity_period(view, dataset),
        lambda period: period_label(period, view.lang),
        lambda period: address.go(replace(address.latest().with_indicator(key), period=period)),
        key="period-activity",
    )


def period_series(view: View, series: Series) -> None:
    """Choose which periods a trend runs over: full years, dates, or part-years of one length."""
    existing = series.periods(districts=False) or list(series.refused)
    last = {kind: ordered[-1] for kind in periods.SERIES if (ordered := periods.ordered(existing, kind))}
    select(
        view,
        "ui.period",
        list(last),
        periods.parse(selection.period_of(view, series)).series,
        lambda kind: text(view.lang, f"series.{kind}"),
        lambda kind: address.change(period=last[kind]),
        key="series",
    )


def classes(view: View) -> None:
    """Choose the number of classes of the map."""
    select_field(view, "classes", (4, 3, 0), lambda count: text(view.lang, f"ui.classes_{count}"))


def horizon(view: View) -> None:
    """Choose the year by which parity is to be reached."""
    select_field(view, "horizon", HORIZONS, str)


def auezov(view: View) -> None:
    """Choose how Auezov is counted."""
    select_field(view, "auezov", AUEZOV, lambda choice: text(view.lang, f"auezov.{choice}"))


def sort(view: View) -> None:
    """Choose the order of the indicators."""
    select_field(view, "sort", get_args(Sort), lambda order: text(view.lang, f"sort.{order}"))


def place(view: View, side: Literal["a", "b"]) -> None:
    """Choose the first or the second of two places to compare."""
    select(
        view,
        f"ui.place_{side}",
        PLACES,
        view.a if side == "a" else view.b,
        lambda area: full_name(area, view.lang),
        lambda area: address.change(**{side: area}),
        key=f"place-{side}",
    )


def district(view: View) -> None:
    """Choose the district of a page."""
    select(
        view,
        "ui.district",
        DISTRICTS,
        selection.district_of(view),
        lambda area: full_name(area, view.lang),
        lambda area: address.change(district=(area,)),
        key="one-district",
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
        format_func=lambda tab: text(view.lang, f"ui.{tab}_tab"),
        on_change=lambda: address.change(tab=st.session_state[key] or view.tab),
    )


def topic(view: View) -> None:
    """Choose a topic of the catalogue, or all."""
    select_filter(view, "topic", TOPICS, lambda key: text(view.lang, f"topic.{key}"), every="topic.all")


def announced(view: View, dataset: Dataset) -> None:
    """Filter announced targets by document, kind, state and what keeps them from being judged."""
    lang = view.lang
    papers = documents(dataset)
    reasons = list(dict.fromkeys(target.reason or "judged" for target in announced_targets(dataset)))
    select_filter(view, "document", list(papers), lambda key: papers[key].programme_name[lang])
    select_filter(view, "kind", KINDS, lambda key: text(lang, f"target_kind.{key}"))
    select_filter(view, "state", STATES, lambda key: text(lang, f"target_state.{key}"))
    select_filter(view, "reason", reasons, lambda key: text(lang, f"reason.{key}"))


def _show_indicator(key: str) -> None:
    address.go(address.latest().with_indicator(key))


def _select_short(
    view: View,
    dataset: Dataset,
    label: str,
    ids: Sequence[str],
    current: str,
    key: str,
    take: Callable[[str], None] = _show_indicator,
) -> None:
    """Show a select box of indicators under their short names."""
    select(view, label, ids, current, lambda key: dataset.indicators[key].short[view.lang], take, key)


def _newest_first(existing: Iterable[str]) -> list[str]:
    """Return periods by kind, full years first, the latest first within each."""
    existing = set(existing)
    return [period for kind in periods.SERIES for period in reversed(periods.ordered(existing, kind))]
