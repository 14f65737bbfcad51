"""The figures of the Targets page: what they say is in their tables, readings have words."""

import re
from collections import Counter
from typing import get_args

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
from data.levels import Side
from data.parity import parity

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
    *rows, last = figure.picture.findall(".//tbody/tr")
    assert len(rows) == 8
    cells = [cell for row in rows for cell in row.findall("td")]
    keys = parity_indicators(DATASET)
    assert len(cells) == 8 * len(keys)
    assert all(cell.find(".//svg") is not None for cell in cells), "words without their icon"
    sides = {text("en", f"side.{side}"): side for side in get_args(Side)}
    written = ["".join(cell.itertext()) for cell in cells]
    told = Counter(side for words in written for word, side in sides.items() if word in words)
    ways = [way for key in keys for way in parity(DATASET, key)]
    assert told == Counter(way.side for way in ways if way.side)
    assert sum("too early" in words for words in written) == sum(
        way.progress.reading == "too_early" for way in ways
    )
    counts = ["".join(cell.itertext()) for cell in last.findall("td")]
    assert counts[keys.index("avg_wage")] == "4 of 7"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("indicator", parity_indicators(DATASET))
def test_the_largest_gap_is_that_of_the_table_or_none_is_named(indicator: str, lang: str) -> None:
    """The district named is the farthest on the worse side of all that have a value."""
    figure = progress_figure(View(lang=lang, indicator=indicator), DATASET)
    better = DATASET.indicators[indicator].better
    behind = figure.table.dropna(subset=["latest_gap"])
    behind = behind[(behind["latest_gap"] < 0) == (better == "higher")]
    if behind.empty:
        return
    farthest = behind.loc[behind["latest_gap"].abs().idxmax()]
    opening = text(lang, f"targets.needed_{better}", **dict.fromkeys(NEEDED, "…")).split("…")[0]
    assert opening in figure.sentence
    words = farthest["name"][:5]  # Russian declines it
    assert words in figure.sentence.split(opening)[1].split("(")[0]


NEEDED = ("name", "name_in", "gap", "year", "growth")


def test_the_wage_of_turksib_says_what_had_closed() -> None:
    """From 84.2 % of the city in 2017 to 97.9 in 2021 and 95.2 in 2023."""
    figure = progress_figure(View(lang="en", indicator="avg_wage"), DATASET)
    lines = {line.get("data-district"): "".join(line.itertext()) for line in figure.picture.iter("li")}
    assert "by 2021 13.7 of 15.8 points had closed, 4.8 were open in 2023" in lines["turksib"]
    assert "so far +2.1 points a year (+1.0 to +3.2)" in lines["turksib"]
    assert "had closed" not in lines["alatau"]
    assert "2050" not in lines["turksib"], "a pace so far is never carried on"


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
