"""All eight districts against the city over all indicators that allow it."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from math import isnan
from typing import Any
from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.frame import link, scrolling_table
from components.figures.drawing.markup import element
from components.figures.drawing.palette import Scale, ink, relative_scale
from components.figures.drawing.provenance import against_city_uses
from components.text.number_formats import number, period_short
from components.text.sentences import short_name
from components.text.strings import Lang, text
from components.view import View
from data.catalogue import TOPICS
from data.dataset import Dataset
from data.district_profile import against_city
from data.largest_moves import largest_moves
from data.transforms import transformed
from geo.districts import DISTRICTS


def standings_figure(view: View, dataset: Dataset) -> Figure:
    """Draw district × indicator relative to the city, in the order of the view."""
    lang = view.lang
    table = against_city(dataset).assign(distance=lambda rows: (rows["relative"] - 100).abs())
    title = text(lang, "compare.all_title")
    sentence = _sentence(table, dataset, lang)
    return Figure(
        dataset=dataset,
        uses=against_city_uses(dataset),
        view=view,
        title=title,
        subtitle=text(lang, "compare.all_unit"),
        sentence=sentence,
        alt=f"{title}. {sentence}",
        picture=_picture(_order(table, view, dataset), table, view, dataset),
        table=table.assign(
            title=[dataset.indicators[key].short[lang] for key in table["indicator"]],
            name=[short_name(area, lang) for area in table["area"]],
            period_label=[period_short(period, lang) for period in table["period"]],
        ),
        columns=(
            Column("title", text(lang, "ui.indicator")),
            Column("name", text(lang, "ui.district")),
            Column("period_label", text(lang, "ui.period")),
            Column("relative", text(lang, "unit.relative"), 0),
            Column("change", text(lang, "word.change"), 0, signed=True),
        ),
        foot=(text(lang, "foot.few"), text(lang, "compare.noise")),
    )


def _order(table: pd.DataFrame, view: View, dataset: Dataset) -> list[str]:
    """Return the ids of the indicators: by topic, by mean distance from the city, or by mean change."""
    means = table.assign(change=table["size"]).groupby("indicator")[["distance", "change"]].mean()
    topics = pd.Series({key: TOPICS.index(dataset.indicators[str(key)].topic) for key in means.index})
    weight = topics if view.sort == "topic" else -means[view.sort]
    return [str(key) for key in weight.sort_values(kind="stable", na_position="last").index]


def _sentence(table: pd.DataFrame, dataset: Dataset, lang: Lang) -> str:
    """Name the value that is farthest from the city, and the largest move."""
    farthest = table.sort_values("distance", kind="stable").iloc[-1]
    moved = largest_moves(dataset).iloc[0]
    return " ".join(
        text(
            lang,
            f"compare.{key}",
            name=short_name(row["area"], lang),
            indicator=dataset.indicators[row["indicator"]].short[lang],
            value=value,
        )
        for key, row, value in (
            ("all_sentence", farthest, number(farthest["relative"], 0, lang)),
            ("all_moved", moved, number(moved["change"], 0, lang, signed=True)),
        )
    )


def _picture(keys: list[str], table: pd.DataFrame, view: View, dataset: Dataset) -> Element:
    lang = view.lang
    head = element(
        "tr",
        element("th", text(lang, "ui.indicator"), scope="col"),
        (element("th", short_name(district, lang), scope="col") for district in DISTRICTS),
    )
    rows = (_row(key, table[table["indicator"] == key], view, dataset) for key in keys)
    return scrolling_table("standings", head, rows, label=text(lang, "compare.all_title"))


def _row(key: str, own: pd.DataFrame, view: View, dataset: Dataset) -> Element:
    """Draw an indicator from its rows of the table, one per district."""
    lang, period = view.lang, str(own["period"].iloc[0])
    by_district = {row["area"]: row for row in own.to_dict("records")}
    values = transformed(dataset, key, "relative").at(period)
    few = set(values.index[values["few"].astype(bool)])
    target = replace(view.with_indicator(key), transform="relative", period=period)
    scale = relative_scale(dataset.indicators[key].better)
    return element(
        "tr",
        element(
            "th",
            link(target, "map", dataset.indicators[key].short[lang]),
            element("small", period_short(period, lang)),
            scope="row",
        ),
        (_cell(by_district.get(district), district in few, scale, lang) for district in DISTRICTS),
    )


def _cell(row: Mapping[Hashable, Any] | None, few: bool, scale: Scale, lang: Lang) -> Element:
    if row is None:
        return element("td", text(lang, "word.few_short") if few else "–", class_="absent")
    fill, change = scale.colour(row["relative"]), row["change"]
    arrow = "" if isnan(change) or not round(change) else " ↑" if change > 0 else " ↓"
    moved = element("small", arrow + number(abs(change), 0, lang)) if arrow else None
    style = f"background:{fill};color:{ink(fill)}"
    return element("td", number(row["relative"], 0, lang), moved, style=style, class_="filled")
