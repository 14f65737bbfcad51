"""Every mistake a data file can hold is answered by its sentence: place, fact and remedy."""

import re
import shutil
from pathlib import Path

import pytest

from components.cli.main import main
from data.dataset import load, read
from data.file_problems import DataError

BAD = Path(__file__).parents[1] / "bad"
SOUND = BAD / "_sound"
CASES = sorted(case.name for case in BAD.iterdir() if case.is_dir() and case != SOUND)

NAMED_BY_THE_ISSUE = {
    *("unknown_area", "near_miss_area", "duplicate_area_and_period", "not_a_number", "infinite"),
    *("decimal_comma", "space_in_number", "no_break_space_in_number", "formula", "period_syntax"),
    *("impossible_date", "negative_count", "jump", "missing_translation", "unknown_source", "unknown_status"),
    *("districts_do_not_add_up", "missing_column", "extra_column", "empty_file", "byte_order_mark", "cp1251"),
}


def sentences(case: str) -> list[str]:
    return (BAD / case / "problem.txt").read_text(encoding="utf-8").splitlines()


def put_together(cases: list[str], into: Path) -> Path:
    """The sound folder with the files of some cases in place of its own."""
    shutil.copytree(SOUND, into)
    for case in cases:
        notes = shutil.ignore_patterns("problem.txt", "without.txt")
        shutil.copytree(BAD / case, into, ignore=notes, dirs_exist_ok=True)
        without = BAD / case / "without.txt"
        for name in without.read_text().splitlines() if without.exists() else ():
            (into / name).unlink()
    return into


def test_every_mistake_the_issue_names_has_a_case() -> None:
    assert set(CASES) >= NAMED_BY_THE_ISSUE


def test_the_sound_folder_has_no_problem(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset, problems = read(folder)
    assert problems == []
    assert set(dataset.indicators) == {"births", "infant_mortality_rate", "population"}
    assert main(["check", str(folder)]) == 0
    assert "no problems" in capsys.readouterr().out


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_gives_its_sentence_and_no_other(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put_together([case], tmp_path / "data")
    _, problems = read(folder)
    assert [str(problem) for problem in problems] == sentences(case)
    assert main(["check", str(folder)]) == 1
    assert capsys.readouterr().out.splitlines() == sentences(case)


@pytest.mark.parametrize("case", CASES)
def test_a_sentence_has_place_fact_and_remedy(case: str) -> None:
    for sentence in sentences(case):
        place = re.match(r"((?:tables/\w+\.csv|(?:tables/)?\w+\.toml)):([1-9]\d*): [^;]+; .+[^.;]$", sentence)
        assert place, sentence


def test_mistakes_in_several_files_are_all_told_at_once(tmp_path: Path) -> None:
    cases = ["decimal_comma", "impossible_date", "missing_translation", "near_miss_area", "unknown_weight"]
    cases += ["duplicate_target", "source_address_not_of_the_web"]
    folder = put_together(cases, tmp_path / "data")
    _, problems = read(folder)
    expected = {sentence for case in cases for sentence in sentences(case)}
    assert {str(problem) for problem in problems} == expected
    with pytest.raises(DataError) as error:
        load(folder)
    assert set(str(error.value).splitlines()) == expected


def test_mistakes_in_one_file_are_all_told_at_once(folder: Path) -> None:
    births = folder / "tables" / "births.csv"
    text = births.read_text(encoding="utf-8")
    births.write_text(text.replace("almaly,2023,3000,A", "almali,2023-13,3 000,Y"), encoding="utf-8")
    told = [str(problem) for problem in read(folder)[1]]
    assert len(told) == 4
    for part in ('"almali"', '"2023-13"', '"3 000"', 'obs_status "Y"'):
        assert (
            sum(sentence.startswith("tables/births.csv:3: ") and part in sentence for sentence in told) == 1
        )


def test_a_folder_without_tables_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = put_together([], tmp_path / "data")
    shutil.rmtree(folder / "tables")
    assert main(["check", str(folder)]) == 1
    assert "tables:1: there are no tables; add <id>.toml and <id>.csv" in capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("name", ["nowhere", "births.csv"])
def test_what_is_not_a_folder_is_told(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "births.csv").write_text("area\n")
    assert main(["check", str(tmp_path / name)]) == 1
    assert "is not a folder" in capsys.readouterr().out


def test_folders_named_like_files_are_told(folder: Path) -> None:
    for suffix in ("toml", "csv"):
        (folder / "tables" / f"deaths.{suffix}").mkdir()
    told = [str(problem) for problem in read(folder)[1]]
    assert [sentence.split(":")[0] for sentence in told] == ["tables/deaths.csv", "tables/deaths.toml"]
    assert all("cannot be read" in sentence for sentence in told)
