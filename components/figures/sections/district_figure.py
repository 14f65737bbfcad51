"""One district on one page: where it is, how it stands, where it moves, and what is not known."""

from collections.abc import Iterator

from components.figure import Column, Figure, Use
from components.figures.drawing.provenance import parity_uses
from components.figures.sections.district_sheet import sheet_picture
from components.figures.sections.district_table import COLUMNS, sheet_table
from components.figures.sections.district_values import DistrictValues
from components.text.number_formats import number, period_in
from components.text.sentences import boundary_line, full_name
from components.text.strings import capitalised, text
from components.view import View
from data.dataset import Dataset


def district_figure(view: View, dataset: Dataset) -> Figure:
    """Draw the page of the view's district; its table has every number of the page."""
    values, lang = DistrictValues(view, dataset), view.lang
    title, sentence = full_name(values.area, lang), _sentence(values)
    return Figure(
        dataset=dataset,
        uses=tuple(_uses(values)),
        view=view,
        title=title,
        subtitle=text(lang, "profile.unit"),
        sentence=sentence,
        alt=f"{title}. {sentence}",
        picture=sheet_picture(values),
        table=sheet_table(values),
        columns=tuple(Column(key, text(lang, label)) for key, label in COLUMNS.items()),
        foot=(text(lang, "profile.fit", names=_fit(values)), text(lang, "foot.few"), boundary_line(lang)),
    )


def _fit(values: DistrictValues) -> str:
    """Name the indicators that tell how districts fare."""
    return ", ".join(values.short(key) for key, each in values.dataset.indicators.items() if each.profile)


def _uses(values: DistrictValues) -> Iterator[Use]:
    for value in (*values.headlines, *([values.people] if values.people else [])):
        yield Use.of(value.series, value.period, value.before)
    for rows in values.against.values():
        for row in rows.to_dict("records"):
            yield Use(row["indicator"], "relative", (row["period"],))
    for key in values.ways:
        yield from parity_uses(values.dataset, key, values.view.horizon)
    for series, dates in values.trends:
        yield Use.of(series, *dates)


def _sentence(values: DistrictValues) -> str:
    """Write the share of residents, and what is best and worst against the city, or that nothing is."""
    lang, parts = values.lang, []
    if values.people:
        when = capitalised(period_in(values.people.period, lang))
        share = number(values.people.value, 1, lang)
        parts.append(text(lang, "profile.sentence", when=when, share=share))
    for side, rows in values.against.items():
        if len(rows):
            row = rows.iloc[0]
            relative = number(row["relative"], 0, lang)
            name = values.short(row["indicator"])
            parts.append(text(lang, f"profile.{side}_sentence", name=name, value=relative))
        else:
            parts.append(text(lang, f"profile.{side}_none"))
    return " ".join(parts)
