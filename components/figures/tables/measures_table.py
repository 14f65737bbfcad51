"""Every measure of one activity at one period, each with its formula, meaning and paper."""

from xml.etree.ElementTree import Element

import pandas as pd

from components.figure import Column, Figure
from components.figures.drawing.activity_figure import activity_figure, activity_title, measures_of
from components.figures.drawing.frame import scrolling_table
from components.figures.drawing.markup import element
from components.text.number_formats import number, period_in
from components.text.strings import Lang, capitalised, text
from components.view import View
from data.centre_periphery import Measures
from data.dataset import Dataset

MEASURES: dict[str, tuple[str, str | None]] = {
    "centre_periphery_ratio": ("(S_c/P_c) / (S_p/P_p)", None),
    "centre_share": ("S_c", None),
    "primacy": ("max s", "10.2307/209944"),
    "herfindahl": ("Σ s²", None),
    "evenness": ("−Σ s ln s / ln n", "10.1016/0022-5193(66)90013-0"),
    "rank_size_slope": ("ln s = a + b ln r", "10.1068/a42151"),
    "p_star": ("1 − CV(s) / √(n − 1)", None),
    "green": ("1 − σ / (s_max / 2)", "10.1080/00420980701518941"),
    "hoover": ("½ Σ |s − p|", "10.2307/1927875"),
    "highest_to_lowest": ("max (s / p) / min (s / p)", None),
    "theil": ("Σ s ln(s / p)", "10.2307/1913126"),
    "gini": ("Σ_i Σ_j p_i p_j |x_i − x_j| / (2 x̄)", "10.1016/0304-4076(89)90074-2"),
}
"""Every measure in the order in which it is printed: its formula, and the DOI of its paper if it has one."""


def measures_figure(view: View, dataset: Dataset) -> Figure:
    """Draw all measures of the view's activity at its period as a table; a dash where one is not defined."""
    measures, lang = measures_of(view, dataset), view.lang
    structure = measures.structure
    title = activity_title(view, dataset)
    without_people = text(lang, "polycentricity.no_population", period=title)
    table = pd.DataFrame(
        [
            {
                "measure": text(lang, f"measure.{key}"),
                "value": value_of_measure(measures, key),
                "formula": formula,
                "meaning": text(lang, f"measure_meaning.{key}"),
                "paper": doi,
            }
            for key, (formula, doi) in MEASURES.items()
        ]
    )
    when = period_in(structure.period, lang)
    sentence = text(
        lang, "polycentricity.measures_sentence", Period_in=capitalised(when), n=len(structure.areas)
    )
    return activity_figure(
        view,
        dataset,
        structure,
        title=text(lang, "polycentricity.measures_title", title=title),
        sentence=sentence,
        alt=sentence,
        picture=_picture(table, lang),
        table=table.assign(n=len(structure.areas)),
        columns=(
            Column("measure", text(lang, "polycentricity.measure")),
            Column("value", text(lang, "word.value"), 3),
            Column("formula", text(lang, "polycentricity.formula")),
            Column("meaning", text(lang, "polycentricity.meaning")),
            Column("n", text(lang, "data.districts_n"), 0),
        ),
        notes=(without_people,) if structure.population is None else (),
    )


def value_of_measure(measures: Measures, key: str) -> float | None:
    """Return a measure by its name; of Theil's index the total."""
    if key == "theil":
        return measures.theil.total if measures.theil else None
    value = getattr(measures, key)
    return None if value is None else float(value)


def _picture(table: pd.DataFrame, lang: Lang) -> Element:
    labels = ("polycentricity.measure", "word.value", "polycentricity.formula", "polycentricity.meaning")
    heads = (element("th", text(lang, label), scope="col") for label in labels)
    rows = (
        element(
            "tr",
            element("th", row["measure"], scope="row"),
            element("td", "–" if pd.isna(row["value"]) else number(row["value"], 3, lang), class_="number"),
            element(
                "td",
                element("code", row["formula"]),
                " ",
                None if pd.isna(row["paper"]) else _paper(row["paper"], lang),
            ),
            element("td", row["meaning"]),
        )
        for row in table.to_dict("records")
    )
    return scrolling_table("measures", element("tr", heads), rows, label=text(lang, labels[0]))


def _paper(doi: str, lang: Lang) -> Element:
    return element(
        "a",
        text(lang, "polycentricity.paper"),
        href=f"https://doi.org/{doi}",
        rel="noopener",
        target="_blank",
    )
