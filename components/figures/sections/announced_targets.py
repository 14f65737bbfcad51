"""What was announced: every row with its document, what it says, and what keeps it from being judged."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.reading_icons import labelled
from components.text.number_formats import number
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.target_assessment import Announced, announced, blocking_figures
from data.targets import Target


@lru_cache(maxsize=8)
def documents(dataset: Dataset) -> Mapping[str, Target]:
    """Return the first row of every programme that announced something, by the id of the row."""
    first: dict[str, Target] = {}
    for target in dataset.targets.values():
        first.setdefault(target.programme, target)
    return {target.id: target for target in first.values()}


def chosen(view: View, dataset: Dataset) -> list[Announced]:
    """Return the announced rows that fit the view's topic, document, kind, state and reason."""
    document = documents(dataset).get(view.document or "")
    return [
        row
        for row in announced(dataset)
        if view.topic in (None, row.target.topic)
        and (document is None or row.target.programme == document.programme)
        and view.kind in (None, row.target.kind)
        and view.state in (None, row.target.state)
        and view.reason in (None, row.reason or "judged")
    ]


def announced_sentence(dataset: Dataset, lang: Lang) -> str:
    """Write how many rows were announced, how many can be judged, and for how many a figure is missing."""
    rows = announced(dataset)
    judged = sum(row.progress is not None for row in rows)
    published = sum(row.reason == "not_published" for row in rows)
    key = "targets.announced_sentence" if judged else "targets.announced_none"
    return text(lang, key, n=len(rows), judged=judged, published=published)


@lru_cache(maxsize=128)
def announced_list(view: View, dataset: Dataset) -> Element:
    """List the chosen rows, each opening to its document, its figures and the reason."""
    lang = view.lang
    rows = chosen(view, dataset)
    return element(
        "section",
        element("h2", text(lang, "targets.announced_title")),
        element("p", announced_sentence(dataset, lang), class_="sentence"),
        element("p", text(lang, "targets.shown", n=len(rows)), class_="subtitle"),
        [_row(row, view, dataset) for row in rows] or element("p", text(lang, "targets.none_found")),
        _blocking(dataset, lang),
        class_="announced",
        lang=lang,
    )


def _row(row: Announced, view: View, dataset: Dataset) -> Element:
    lang, target = view.lang, row.target
    kind, state = text(lang, f"target_kind.{target.kind}"), text(lang, f"target_state.{target.state}")
    return element(
        "details",
        element(
            "summary",
            element("span", target.statement[lang], class_="statement"),
            element("b", _target_value(target, lang)),
            element("small", f"{kind} · {state} · {target.programme_name[lang]}"),
        ),
        element("ul", (element("li", fact) for fact in _facts(row, dataset, lang)), class_="notes"),
        id=target.id,
        open=view.target == target.id,
    )


def _target_value(target: Target, lang: Lang) -> str:
    """Write the value to be reached with its unit and year; nothing where none was announced."""
    if target.target_value is None:
        return ""
    year = str(target.target_year) if target.target_year else text(lang, "targets.no_year")
    return f"{_shortest(target.target_value, lang)} {target.unit[lang]}, {year}"


def _shortest(value: float, lang: Lang) -> str:
    """Write an announced value with as many decimals as it has, at most three."""
    decimals = next((places for places in range(3) if round(value, places) == value), 3)
    return number(value, decimals, lang)


def _facts(row: Announced, dataset: Dataset, lang: Lang) -> Iterator[Element | str | list[Element | str]]:
    target = row.target
    if row.reason:
        yield [labelled("not_judged", lang), f": {text(lang, f'reason.{row.reason}')}"]
    else:
        yield labelled(row.reading, lang)
    if target.figure_text and row.reason == "not_published":
        yield text(lang, "targets.missing_figure", figure=target.figure_text[lang])
    if target.base_value is not None and target.base_year is not None:
        value = _shortest(target.base_value, lang)
        yield text(lang, "targets.base_value", value=value, unit=target.unit[lang], year=target.base_year)
    yield target.geography[lang]
    if target.note:
        yield target.note[lang]
    for other in target.conflicts:
        against = dataset.targets[other]
        parts = (against.statement[lang], _target_value(against, lang), against.document)
        yield text(lang, "targets.conflict", statement=", ".join(part for part in parts if part))
    level = text(lang, f"confidence.{target.confidence}")
    yield text(lang, "targets.confidence", confidence=level)
    document = text(lang, "targets.document", document=target.document)
    yield (
        element("a", document, href=target.url, rel="noopener", target="_blank") if target.url else document
    )


def _blocking(dataset: Dataset, lang: Lang) -> Element:
    """List the figures that nobody publishes, with the number of rows that each keeps from being judged."""
    described = {row.target.figure: row.target.figure_text for row in announced(dataset)}
    lines = (
        element("li", element("b", str(count)), " ", (described[figure] or {}).get(lang, figure))
        for figure, count in blocking_figures(dataset).most_common()
    )
    return element(
        "details",
        element("summary", element("span", text(lang, "targets.blocking"), class_="statement")),
        element("ul", lines, class_="notes"),
    )
