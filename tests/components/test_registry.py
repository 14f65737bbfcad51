"""The registry: names, the fields that change a figure, what each can show, and whose values it shows."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, get_args

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.arguments import HORIZONS, Sort, Tab, Theme
from components.export.files.figure_tables import stem
from components.figure import Figure
from components.figures.drawing.markup import markup
from components.figures.drawing.pins import pin
from components.figures.registry import CARDS, FIGURES, draw, draw_for_page, has_figure
from components.refusal import RequestError
from components.view import View
from data.catalogue import TRANSFORMS
from data.centre_periphery import AUEZOV
from data.comparison import PLACES
from data.dataset import Dataset, load
from data.periods import parse
from data.transforms import transformed
from geo.districts import DISTRICTS

SPECS = {**FIGURES, **CARDS}
DATASET = load()
OTHERS: dict[str, Sequence[Any]] = {
    "indicator": ("sme_active", "universities", "births"),
    "against": ("births", "universities"),
    "period": (),
    "transform": tuple(name for name in TRANSFORMS if name != "value"),
    "district": (("medeu",), ("turksib", "alatau")),
    "topic": ("education", "work"),
    "target": tuple(DATASET.targets)[:2],
    "horizon": HORIZONS,
    "auezov": AUEZOV,
    "a": PLACES,
    "b": PLACES,
    "classes": (3, 0),
    "tab": get_args(Tab),
    "sort": get_args(Sort),
    "document": tuple(DATASET.targets)[:1],
    "kind": ("target", "forecast"),
    "state": ("current", "expired"),
    "reason": ("no_figure",),
}
"""Other values of every field of a View but language and theme."""


def content(figure: Figure | None) -> str:
    """Everything a reader sees of a figure; links carry the rest of the reader's view along."""
    if figure is None:
        return "none"
    picture = (
        figure.picture.to_json()
        if isinstance(figure.picture, go.Figure)
        else re.sub(r'href="/[^"]*"', "", markup(figure.picture))
    )
    words = (figure.title, figure.subtitle, figure.sentence, figure.alt, figure.foot, figure.badge)
    return "\n".join((picture, figure.table.to_csv(), repr(words), figure.method, figure.caveat))


def starts(name: str) -> Iterator[View]:
    """Views from which a field is tried: a wage, which has a long series, and a count."""
    plain = View(lang="en")
    yield plain
    if "indicator" in SPECS[name].fields and not SPECS[name].indicators:
        yield replace(plain, indicator="births", transform="share", district=("medeu",))
    if name == "compare":
        yield replace(plain, a="centre")
    if name == "trend":
        yield replace(plain, transform="relative", district=("alatau",))
        yield replace(plain, indicator=of_two_frequencies())
    if SPECS[name].indicators:
        yield replace(plain, indicator="sme_active")


def of_two_frequencies() -> str:
    """An indicator whose periods are of two lengths, the latest of each a line of its own."""
    return next(
        key
        for key in DATASET.indicators
        if len({parse(period).series for period in transformed(DATASET, key, "value").periods()}) > 1
    )


def periods_of(indicator: str) -> list[str]:
    """Its periods, one of each length first."""
    periods = list(DATASET.observations[indicator]["period"].unique())
    return [*{parse(period).series: period for period in periods}.values(), *periods]


def test_every_field_of_a_view_is_tried():
    assert {*OTHERS, "lang", "theme"} == set(View.__dataclass_fields__)


@pytest.mark.parametrize("name", SPECS)
def test_a_figure_has_the_name_under_which_it_stands(name):
    views = (View(lang="kk", indicator=key) for key in ("avg_wage", "sme_active", "universities"))
    figure = next(draw_for_page(name, view, DATASET) for view in views if has_figure(name, view, DATASET))
    assert figure.id == name


@pytest.mark.parametrize("name", SPECS)
def test_a_declared_field_changes_the_figure_and_an_undeclared_one_does_not(name):
    spec = SPECS[name]
    changing = set()
    for start in starts(name):
        before = drawn(name, start)
        for field in set(OTHERS) - changing:
            if field == "indicator" and spec.indicators:
                others: Sequence[Any] = [key for key in spec.can_show(DATASET) if key != start.indicator]
            elif field == "period":
                others = periods_of(start.indicator)
            else:
                others = [other for other in OTHERS[field] if other != getattr(start, field)]
            for other in others if field in spec.fields else others[:2]:
                view = replace(start, **{field: other})
                if field == "transform" and other not in DATASET.indicators[start.indicator].transforms:
                    continue
                after = drawn(name, view)
                if after != before:
                    changing.add(field)
                    break
    assert changing == set(spec.fields)


def drawn(name: str, view: View) -> str:
    """What the figure shows of a view, drawn past ``canonical``, with the districts the registry pins."""
    figure = SPECS[name].draw(view, DATASET)
    if figure and "district" in SPECS[name].fields and not isinstance(figure.picture, go.Figure):
        figure = replace(figure, picture=deepcopy(figure.picture))
        pin(figure.picture, view.district)
    return content(figure)


@pytest.mark.parametrize("theme", get_args(Theme))
def test_the_theme_of_a_view_is_kept_and_charts_that_leave_are_drawn_light(theme):
    figure = draw("trend", View(lang="en", theme=theme), DATASET)
    assert figure.view.theme == theme
    light = draw("trend", View(lang="en"), DATASET).picture
    dark = draw_for_page("trend", View(lang="en", theme=theme), DATASET, dark=True).picture
    assert figure.picture.to_json() == light.to_json() != dark.to_json()  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [name for name, spec in FIGURES.items() if "indicator" in spec.fields])
def test_an_indicator_that_cannot_be_shown_is_refused_with_those_that_can(name):
    able = set(FIGURES[name].can_show(DATASET))
    for indicator in set(DATASET.indicators) - able:
        with pytest.raises(RequestError) as refused:
            draw(name, View(lang="ru", indicator=indicator), DATASET)
        assert refused.value.status == 404
        assert refused.value.exists
        assert set(refused.value.exists) <= able
        assert set(refused.value.nearest or ()) <= set(refused.value.exists)
        for other in refused.value.exists:
            assert draw(name, View(lang="ru", indicator=other), DATASET).id == name


def test_what_the_review_named_is_refused():
    for name, indicator in (("quotients", "divorces"), ("progress", "deaths"), ("lorenz", "avg_wage")):
        with pytest.raises(RequestError) as refused:
            draw(name, View(indicator=indicator), DATASET)
        assert refused.value.status == 404
        assert indicator not in (refused.value.exists or ())
    with pytest.raises(RequestError) as refused:
        draw("rank", View(), DATASET)
    assert refused.value.nearest
    assert "rank_size" in refused.value.nearest


def test_a_scatter_is_of_the_latest_periods_whatever_the_address_says():
    latest = draw("scatter", View(lang="en"), DATASET)
    earlier = draw("scatter", View(lang="en", period="2017"), DATASET)
    assert earlier.view == latest.view
    assert stem(earlier) == "almaty2050_scatter_avg_wage_en"


# Whose values ---------------------------------------------------------------------------------------------


def views() -> list[tuple[str, View]]:
    """Every figure with indicators that bring in every source, every district, groups, other transforms."""
    sampled = {next(iter(tables_of(source))) for source in USED} | {"avg_wage", "births"}
    of_district = [("district", View(lang="en", district=(area,))) for area in DISTRICTS]
    others = [
        (name, View(lang="en", indicator=indicator))
        for name, spec in SPECS.items()
        if name != "district"
        for indicator in (sampled & {*spec.can_show(DATASET)} if "indicator" in spec.fields else {"avg_wage"})
    ]
    groups = [("compare", View(lang="en", a="centre", b="periphery"))]
    through = [
        ("map", View(lang="en", indicator=key, transform=transform))
        for key in sampled
        for transform in DATASET.indicators[key].transforms
        if transform != DATASET.indicators[key].opens_with
    ]
    return sorted({*of_district, *others, *groups, *through}, key=repr)


def shifted(source: str) -> Dataset:
    """The data with every value of a source one percent higher."""

    def shift(table: pd.DataFrame) -> pd.DataFrame:
        own = table["source"].str.split(";").map(lambda keys: source in keys)
        return table.assign(value=table["value"].where(~own, table["value"] * 1.01))

    return replace(DATASET, observations={key: shift(table) for key, table in DATASET.observations.items()})


def closed(source: str) -> Dataset:
    """The data with one source that may not be passed on."""
    sources = {**DATASET.sources, source: replace(DATASET.sources[source], redistribution=False)}
    return replace(DATASET, sources=sources)


def urls(figure: Figure) -> set[str]:
    return {url for note in figure.sources for url, _ in note.links}


@cache
def tables_of(source: str) -> dict[str, pd.DataFrame]:
    """The rows that a source has, by indicator."""
    rows = {
        key: table[table["source"].str.contains(source, regex=False)]
        for key, table in DATASET.observations.items()
    }
    return {key: table for key, table in rows.items() if len(table)}


def nearby(view: View, name: str, source: str) -> bool:
    """Whether an indicator, its weight or the population could bring a source into a figure."""
    if "indicator" not in SPECS[name].fields:
        return True
    keys = {view.indicator, DATASET.indicators[view.indicator].weight or view.indicator}
    keys |= {view.against} if "against" in SPECS[name].fields else set()
    return not keys.isdisjoint(tables_of(source))


@cache
def published() -> dict[tuple[str, View], tuple[str, set[str]]]:
    """What a reader sees of every figure, and the addresses of the sources it names; drawn once."""
    figures = {
        (name, view): draw_for_page(name, view, DATASET)
        for name, view in views()
        if has_figure(name, view, DATASET)
    }
    return {key: (content(figure), urls(figure)) for key, figure in figures.items()}


USED = [source for source in DATASET.sources if tables_of(source)]
EVERYWHERE = sorted(USED, key=lambda key: sum(map(len, tables_of(key).values())))[-2:]
"""The two sources with most values: with these, figures across all indicators are drawn anew too."""


def tried(source: str) -> list[tuple[str, View]]:
    """Views to look at for a source: of single indicators, for the largest sources of all of them too."""
    return [
        (name, view)
        for name, view in published()
        if "indicator" in SPECS[name].fields or source in EVERYWHERE
    ]


@pytest.mark.parametrize("source", USED)
def test_a_figure_that_a_source_changes_names_it(source):
    """Another value of a source that changes anything a reader sees: the source is among the figure's."""
    other, url = shifted(source), DATASET.sources[source].url
    silent = [
        key for key in tried(source) if url not in published()[key][1] and nearby(key[1], key[0], source)
    ]
    unnamed = [
        (name, view.query_string())
        for name, view in Random(source).sample(silent, min(8, len(silent)))
        if published()[name, view][0]
        != content(draw_for_page(name, view, other) if has_figure(name, view, other) else None)
    ]
    assert unnamed == []


@pytest.mark.parametrize("source", USED)
def test_a_figure_of_a_closed_source_does_not_leave(source):
    """Figures that name a source are refused where it is closed, and may still be looked at."""
    shut, url = closed(source), DATASET.sources[source].url
    naming = [(name, view) for name, view in tried(source) if url in published()[name, view][1]]
    leaving = [(name, view) for name, view in naming if name in FIGURES]
    assert leaving
    for name, view in Random(source).sample(leaving, min(2, len(leaving))):
        with pytest.raises(RequestError) as refused:
            draw(name, view, shut)
        assert refused.value.status == 403
        assert draw_for_page(name, view, shut).withheld
