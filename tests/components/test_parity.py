"""The figures of the Targets page: what they say is in their tables, readings have words."""

import re

import pytest

from components.figures.drawing.frame import table
from components.figures.drawing.markup import markup
from components.figures.maps.parity_progress import progress_figure
from components.figures.sections.announced_targets import announced_list, chosen, documents
from components.figures.tables.parity_matrix import matrix_figure
from components.selection import parity_indicators
from components.text.strings import LANGS, text
from components.view import View
from data.dataset import load

DATASET = load()
NUMBER = re.compile(r"[+\u2212]?\d[\d\u00a0,.]*\d|\d")


def numbers(sentence: str) -> set[str]:
    return {found.rstrip(".,") for found in NUMBER.findall(sentence)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("horizon", [2030, 2050])
@pytest.mark.parametrize("indicator", parity_indicators(DATASET))
def test_every_number_of_the_sentence_is_in_the_table(indicator: str, horizon: int, lang: str) -> None:
    figure = progress_figure(View(lang=lang, indicator=indicator, horizon=horizon), DATASET)
    printed = "".join(table(figure.table, figure.columns, lang).itertext())
    unit_numbers = numbers(" ".join(column.label for column in figure.columns))
    missing = [one for one in numbers(figure.sentence) - unit_numbers if one not in printed]
    assert not missing, f"{figure.sentence}: {missing}"


@pytest.mark.parametrize("lang", LANGS)
def test_every_number_of_the_matrix_sentence_is_in_its_table(lang: str) -> None:
    figure = matrix_figure(View(lang=lang), DATASET)
    printed = "".join(table(figure.table, figure.columns, lang).itertext())
    assert all(one in printed for one in numbers(figure.sentence))


def test_the_matrix_has_every_district_and_indicator_with_a_word() -> None:
    figure = matrix_figure(View(lang="en"), DATASET)
    rows = figure.picture.findall(".//tbody/tr")
    assert len(rows) == 8
    cells = [cell for row in rows for cell in row.findall("td")]
    assert len(cells) == 8 * 8
    words = {text("en", f"reading_short.{reading}") for reading in ("on_track", "not_clear", "at_or_better")}
    shown = " ".join("".join(cell.itertext()) for cell in cells)
    assert all(word in shown for word in words)
    assert all(cell.find(".//svg") is not None for cell in cells), "a reading without its icon"


def test_readings_of_too_few_cases_give_no_level() -> None:
    figure = matrix_figure(View(lang="en"), DATASET)
    cells = figure.picture.findall(".//tbody/tr/td")
    few = [cell for cell in cells if text("en", "reason.few_cases") in "".join(cell.itertext())]
    assert few, "no district with few cases among the parity indicators"
    assert all(cell.find("b") is None for cell in few)


def test_parity_is_labelled_as_derived_here_in_each_language() -> None:
    marks = {"kk": "осы сайттың есебі", "ru": "расчёт этого сайта", "en": "a calculation of this site"}
    for lang, mark in marks.items():
        for figure in (matrix_figure(View(lang=lang), DATASET), progress_figure(View(lang=lang), DATASET)):
            assert mark in figure.subtitle


def test_filters_choose_announced_rows() -> None:
    every = chosen(View(), DATASET)
    assert [row.target for row in every] == list(DATASET.targets.values())
    forecasts = chosen(View(kind="forecast"), DATASET)
    assert {one.target.kind for one in forecasts} == {"forecast"}
    assert 0 < len(forecasts) < len(every)
    by_document = [len(chosen(View(document=key), DATASET)) for key in documents(DATASET)]
    assert sum(by_document) == len(every)
    assert chosen(View(reason="judged"), DATASET) == []
    page = markup(announced_list(View(lang="en", reason="judged"), DATASET))
    assert text("en", "targets.none_found") in page


def test_rows_that_disagree_show_each_other_with_their_documents() -> None:
    page = markup(announced_list(View(lang="en"), DATASET))
    for target in DATASET.targets.values():
        for other in target.conflicts:
            assert DATASET.targets[other].document.split(" – ")[0][:20].replace("&", "&amp;") in page
            assert (
                text("en", "targets.conflict", statement=DATASET.targets[other].statement["en"])[:60] in page
            )


def test_the_target_of_the_address_is_open() -> None:
    page = announced_list(View(lang="en", target="P30-02"), DATASET)
    assert [row.get("id") for row in page.iter("details") if row.get("open")] == ["P30-02"]
