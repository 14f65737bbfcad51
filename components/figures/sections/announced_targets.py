"""What was announced: every row with its document, what it says, and what keeps it from being judged."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

from components.figures.drawing.markup import element
from components.figures.drawing.reading_icons import labelled
from components.text.formats import number
from components.text.strings import Lang, text
from components.view import View
from data.dataset import Dataset
from data.target_assessment import Announced, announced, blocking_figures
from data.targets import Target


@lru_cache(maxsize=8)
def documents(dataset: Dataset) -> Mapping[str, Target]:
    """The programmes that announced something, by the id of their first row.

    A programme is what stands before the first slash of ``programme`` («Programme to 2025 / Safe city»).
    """
    first: dict[str, Target] = {}
    for target in dataset.targets.values():
        first.setdefault(programme(target, "en"), target)
    return {target.id: target for target in first.values()}


def programme(target: Target, lang: Lang) -> str:
    """The name of the programme without its part."""
    return target.programme[lang].split(" / ")[0]


def chosen(view: View, dataset: Dataset) -> list[Announced]:
    """The announced rows that fit the view's topic, document, kind, state and reason."""
    document = documents(dataset).get(view.document or "")
    return [
        one
        for one in announced(dataset)
        if view.topic in (None, one.target.topic)
        and (document is None or programme(one.target, "en") == programme(document, "en"))
        and view.kind in (None, one.target.kind)
        and view.state in (None, one.target.state)
        and view.reason in (None, one.reason or "judged")
    ]


@lru_cache(maxsize=128)
def announced_list(view: View, dataset: Dataset) -> Element:
    """The chosen rows, each opening to its document, its figures and the reason."""
    lang = view.lang
    rows = chosen(view, dataset)
    every = announced(dataset)
    counts = {
        "n": len(every),
        "judged": sum(one.progress is not None for one in every),
        "published": sum(one.reason == "not_published" for one in every),
    }
    return element(
        "section",
        element("h2", text(lang, "targets.announced_title")),
        element("p", text(lang, "targets.announced_sentence", **counts), class_="sentence"),
        element("p", text(lang, "targets.shown", n=len(rows)), class_="subtitle"),
        [_row(one, view, dataset) for one in rows] or element("p", text(lang, "targets.none_found")),
        _blocking(dataset, lang),
        class_="announced",
        lang=lang,
    )


def _row(one: Announced, view: View, dataset: Dataset) -> Element:
    lang, target = view.lang, one.target
    kind, state = text(lang, f"target_kind.{target.kind}"), text(lang, f"target_state.{target.state}")
    return element(
        "details",
        element(
            "summary",
            element("span", target.statement[lang], class_="statement"),
            element("b", _value(target.target_value, target, target.target_year, lang)),
            element("small", f"{kind} · {state} · {programme(target, lang)}"),
        ),
        element("ul", (element("li", part) for part in _facts(one, dataset, lang)), class_="notes"),
        id=target.id,
        open=view.target == target.id,
    )


def _value(value: float | None, target: Target, year: int | None, lang: Lang) -> str:
    if value is None:
        return ""
    written = number(value, _decimals(value), lang)
    when = str(year) if year else text(lang, "targets.no_year")
    return f"{written} {target.unit[lang]}, {when}"


def _decimals(value: float) -> int:
    return next(places for places in range(4) if places == 3 or round(value, places) == value)


def _facts(one: Announced, dataset: Dataset, lang: Lang) -> Iterator[Element | str | list[Element | str]]:
    target = one.target
    if one.reason:
        yield [labelled("not_judged", lang), f": {text(lang, f'reason.{one.reason}')}"]
    else:
        yield labelled(one.reading, lang)
    if target.figure_text and one.reason == "not_published":
        yield text(lang, "targets.missing_figure", figure=target.figure_text[lang])
    if target.base_value is not None and target.base_year is not None:
        value = number(target.base_value, _decimals(target.base_value), lang)
        yield text(lang, "targets.base_value", value=value, unit=target.unit[lang], year=target.base_year)
    yield target.geography[lang]
    if target.note:
        yield target.note[lang]
    for other in target.conflicts:
        against = dataset.targets[other]
        value = _value(against.target_value, against, against.target_year, lang)
        statement = ", ".join(part for part in (against.statement[lang], value, against.document) if part)
        yield text(lang, "targets.conflict", statement=statement)
    level = text(lang, f"confidence.{target.confidence}")
    yield text(lang, "targets.confidence", confidence=level)
    document = text(lang, "targets.document", document=target.document)
    yield (
        element("a", document, href=target.url, rel="noopener", target="_blank") if target.url else document
    )


def _blocking(dataset: Dataset, lang: Lang) -> Element:
    described = {one.target.figure: one.target.figure_text for one in announced(dataset)}
    lines = (
        element("li", element("b", str(count)), " ", (described[figure] or {}).get(lang, figure))
        for figure, count in blocking_figures(dataset).most_common()
    )
    return element(
        "details",
        element("summary", element("span", text(lang, "targets.blocking"), class_="statement")),
        element("ul", lines, class_="notes"),
    )
