"""The grammar of arguments: CONTRIBUTING names all of it, and strict readers refuse in words."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from components import arguments
from components.arguments import VIEW, read_all
from components.refusal import RequestError
from components.view import View
from data.catalogue import TRANSFORMS

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


def documented() -> dict[str, str]:
    """Key → what the table of keys in CONTRIBUTING says of its row, in the order of the table."""
    section = CONTRIBUTING.read_text(encoding="utf-8").partition("## One address is one view")[2]
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", section.partition("\n## ")[0], re.MULTILINE)
    return {key: words for keys, words in rows for key in re.findall(r"`(\w+)`", keys)}


def test_contributing_names_every_key_in_the_order_in_which_it_is_written():
    assert list(documented()) == list(VIEW)


def test_contributing_names_every_choice_that_is_no_id_of_the_data():
    fixed = {key: argument.choices for key, argument in VIEW.items() if isinstance(argument.choices, tuple)}
    few = {key: choices for key, choices in fixed.items() if len(choices) < 6} | {"as": TRANSFORMS}
    del few["state"]  # the filters of what was announced share one row
    assert {"lang", "horizon", "auezov", "classes", "theme", "tab", "sort", "as"} <= set(few)
    for key, choices in few.items():
        assert set(choices) <= set(re.findall(r"\w+", documented()[key])), key


def test_every_field_of_a_view_is_an_argument_and_its_default_is_the_same():
    assert [argument.field for argument in VIEW.values()] == [field.name for field in fields(View)]
    for argument in VIEW.values():
        assert argument.default in (None, getattr(View(), argument.field)), argument.key


def test_what_is_not_sent_is_the_default(dataset):
    sent = [("indicator", "avg_wage")]
    assert read_all(arguments.PROGRESS, sent, dataset) == {
        "indicator": "avg_wage",
        "target": "parity",
        "horizon": 2050,
    }
    assert read_all(arguments.POLYCENTRICITY, sent, dataset) == {
        "indicator": "avg_wage",
        "auezov": "periphery",
        "period": "latest",
    }


def test_repeatable_ones_are_tuples_without_repetition_and_numbers_are_numbers(dataset):
    sent = [("area", "medeu"), ("area", "city"), ("area", "medeu"), ("limit", "7")]
    chosen = read_all(arguments.OBSERVATIONS, sent, dataset)
    assert (chosen["area"], chosen["limit"], chosen["period"]) == (("medeu", "city"), 7, ())


@pytest.mark.parametrize(
    ("grammar", "sent", "status", "nearest"),
    [
        (arguments.COMPARE, [("a", "medeu"), ("b", "medeo")], 404, "medeu"),
        (arguments.COMPARE, [("a", "medeu"), ("b", "None")], 404, None),
        (arguments.POLYCENTRICITY, [("indicator", "sme_active"), ("auezov", "center")], 400, "centre"),
        (arguments.POLYCENTRICITY, [("indicator", "sme_active"), ("period", "2023")], 404, "2023-12-31"),
        (arguments.OBSERVATIONS, [("indicator", "birth")], 404, "births"),
        (arguments.OBSERVATIONS, [("area", "None")], 400, None),
        (arguments.INDICATOR, [("ids", "births")], 400, "id"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_nearest(dataset, grammar, sent, status, nearest):
    with pytest.raises(RequestError) as refused:
        read_all(grammar, sent, dataset)
    assert refused.value.status == status
    assert set(refused.value.nearest) <= set(refused.value.exists)
    if nearest:
        assert refused.value.nearest[0] == nearest


def test_the_default_of_a_period_is_none_of_the_periods_there_are(dataset):
    for sent in (
        [("indicator", "sme_active"), ("period", "LATEST")],
        [("indicator", "sme_active"), ("period", "x" * 61)],
    ):
        with pytest.raises(RequestError) as refused:
            read_all(arguments.POLYCENTRICITY, sent, dataset)
        assert refused.value.status == 400
        assert "latest" not in refused.value.exists
