"""One activity at one period, as the figures of polycentricity name it: its words, notes and sources."""

from components.selection import activity_of, activity_period
from components.text.formats import period_label
from components.text.sentences import names
from components.text.strings import Lang, text
from components.view import View
from data.centre_periphery import Auezov, Measures, Structure, classes, measured, structure
from data.dataset import Dataset


def groups_sentence(auezov: Auezov, lang: Lang) -> str:
    """Which districts are the centre, which the outer ones, and what is done with Auezov."""
    placed = classes("out")
    return text(
        lang,
        "polycentricity.groups",
        centre=names((area for area, centre in placed.items() if centre), lang),
        periphery=names((area for area, centre in placed.items() if not centre), lang),
        auezov=text(lang, f"auezov.{auezov}"),
    )


def left_out(view: View, dataset: Dataset) -> str:
    """That the measures against people are left out, where people are not known; else nothing."""
    period = activity_period(view, dataset)
    if structure(dataset, activity_of(view), period, view.auezov).population is not None:
        return ""
    return text(view.lang, "polycentricity.no_population", period=period_label(period, view.lang))


def caveat(one: Structure, lang: Lang) -> str:
    """What has to stand with every measure: how few districts there are."""
    return text(lang, "polycentricity.few_districts", n=len(one.areas))


def structure_notes(one: Structure, dataset: Dataset, lang: Lang) -> tuple[str, ...]:
    """What must be known of a structure: who is missing, which population, what the source says."""
    lines = []
    if one.missing:
        absent = names(one.missing, lang)
        lines.append(text(lang, "polycentricity.missing", names=absent, n=len(one.areas)))
    if one.population_date:
        lines.append(text(lang, "foot.population", date=period_label(one.population_date, lang)))
    if one.intensity:
        lines.append(text(lang, "polycentricity.intensity"))
    if one.few:
        lines.append(text(lang, "sentence.few", names=names(one.few, lang)))
    lines += [note[lang] for note in dataset.indicators[one.key].notes]
    return tuple(lines)


def reliability(dataset: Dataset, key: str, lang: Lang) -> str:
    """The badge of an indicator of which any value is of low reliability, else nothing."""
    return text(lang, "status.U") if (dataset.observations[key]["obs_status"] == "U").any() else ""


def measures_of(view: View, dataset: Dataset) -> Measures:
    """The measures of the view's activity at its period."""
    return measured(dataset, activity_of(view), activity_period(view, dataset), view.auezov)


def titled(view: View, dataset: Dataset) -> str:
    """The short name of the activity and its period, for the title of a figure."""
    name = dataset.indicators[activity_of(view)].short[view.lang]
    return f"{name}, {period_label(activity_period(view, dataset), view.lang)}"
