"""One activity, as every figure of polycentricity shows it: its words, its notes, its figure."""

from typing import NotRequired, TypedDict, Unpack
from xml.etree.ElementTree import Element

import pandas as pd
import plotly.graph_objects as go

from components.figure import Column, Figure, Use
from components.figures.drawing.provenance import activity_uses
from components.selection import activity_of, activity_period
from components.text.number_formats import period_label
from components.text.sentences import alternative_text, names, reliability_badge
from components.text.strings import Lang, text
from components.view import View
from data.centre_periphery import Auezov, Measures, Structure, classes, measured, structure
from data.dataset import Dataset
from geo.districts import DISTRICTS


class FigureParts(TypedDict):
    """The parts of a figure that are its own, by the names of ``Figure``."""

    title: str
    sentence: str
    picture: Element | go.Figure
    table: pd.DataFrame
    columns: tuple[Column, ...]
    subtitle: NotRequired[str]
    alt: NotRequired[str]
    method: NotRequired[str]
    uses: NotRequired[tuple[Use, ...]]


def activity_figure(
    view: View,
    dataset: Dataset,
    now: Structure,
    *,
    notes: tuple[str, ...] = (),
    last_notes: tuple[str, ...] = (),
    **parts: Unpack[FigureParts],
) -> Figure:
    """Return a figure of an activity, with what stands with every one: uses, badge, notes and caveat.

    ``now`` is the structure it is about; what else it shows belongs into ``uses``. ``notes`` stand before
    the notes of the structure and ``last_notes`` after them. Without ``alt`` it is a chart.
    """
    lang = view.lang
    counted = "all_districts" if len(now.areas) == len(DISTRICTS) else "few_districts"
    parts.setdefault("uses", activity_uses(dataset, now.key, [now.period], [now.auezov]))
    parts.setdefault("alt", alternative_text("trend", parts["title"], parts["sentence"], lang))
    return Figure(
        dataset=dataset,
        view=view,
        badge=reliability_badge(dataset.observations[now.key], lang),
        foot=(*notes, *_structure_notes(now, dataset, lang), *last_notes),
        caveat=text(lang, f"polycentricity.{counted}", n=len(now.areas)),
        **parts,
    )


def _structure_notes(now: Structure, dataset: Dataset, lang: Lang) -> tuple[str, ...]:
    """Return what a reader has to know: who is missing, which population, what the data say."""
    lines = []
    if now.missing:
        absent = names(now.missing, lang)
        lines.append(text(lang, "polycentricity.missing", names=absent, n=len(now.areas)))
    if now.population_date:
        lines.append(text(lang, "foot.population", date=period_label(now.population_date, lang)))
    if now.intensity:
        lines.append(text(lang, "polycentricity.intensity"))
    if now.few:
        lines.append(text(lang, "sentence.few", names=names(now.few, lang)))
    lines += [note[lang] for note in dataset.indicators[now.key].notes]
    return tuple(lines)


def groups_sentence(auezov: Auezov, lang: Lang) -> str:
    """Return which districts are the centre, which the outer ones, and how Auezov is counted."""
    placed = classes("out")
    return text(
        lang,
        "polycentricity.groups",
        centre=names((area for area, centre in placed.items() if centre), lang),
        periphery=names((area for area, centre in placed.items() if not centre), lang),
        auezov=text(lang, f"auezov.{auezov}"),
    )


def left_out(view: View, dataset: Dataset) -> str:
    """Return the sentence that measures against people are left out for want of them, else nothing."""
    period = activity_period(view, dataset)
    if structure(dataset, activity_of(view), period, view.auezov).population is not None:
        return ""
    return text(view.lang, "polycentricity.no_population", period=period_label(period, view.lang))


def measures_of(view: View, dataset: Dataset) -> Measures:
    """Return the measures of the view's activity at its period."""
    return measured(dataset, activity_of(view), activity_period(view, dataset), view.auezov)


def activity_title(view: View, dataset: Dataset) -> str:
    """Return the short name of the activity and its period, for the title of a figure."""
    name = dataset.indicators[activity_of(view)].short[view.lang]
    return f"{name}, {period_label(activity_period(view, dataset), view.lang)}"
