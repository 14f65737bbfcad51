"""The words of a problem: what is invisible becomes visible, what is unknown gets a neighbour."""

import pytest

from data.file_problems import MAX_CHARACTERS, Problem, nearest, suggestion, visible

DISTRICTS = ("alatau", "almaly", "auezov", "bostandyk")


@pytest.mark.parametrize(
    ("text", "seen"),
    [("Медеу", "Медеу"), ("a\u00a0b", "a\\xa0b"), ("\u202e", "\\u202e"), ("x\ny", "x\\ny"), ("", "")],
)
def test_what_is_invisible_is_escaped(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_a_value_is_cut_with_a_sign_and_a_problem_is_not() -> None:
    assert visible("x" * 60) == "x" * 60
    assert visible("x" * 61) == "x" * 59 + "…"
    assert visible("\n" * 40) == ("\\n" * 40)[: MAX_CHARACTERS - 1] + "…"
    assert str(Problem("a.csv", 7, "x" * 80, "y")) == f"a.csv:7: {'x' * 80}; y"


def test_the_nearest_come_first_whatever_the_case() -> None:
    assert nearest("ALMALI", DISTRICTS)[0] == "almaly"
    assert len(nearest("", DISTRICTS)) == 3
    assert nearest("almali", DISTRICTS, count=1, cutoff=0.9) == ()


def test_a_suggestion_names_the_neighbour_else_what_exists() -> None:
    assert suggestion("almali", DISTRICTS) == 'did you mean "almaly"?'
    assert suggestion("moon", DISTRICTS) == "write one of: alatau, almaly, auezov, bostandyk"
    assert suggestion("moon", [f"i{number:02}" for number in range(13)]).endswith("i11, …")
    assert suggestion("moon", ()) == "declare it first"
