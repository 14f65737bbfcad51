"""Whatever a data folder holds, reading it ends in problems told or in usable data, never in an error."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.cli.main import main
from data.dataset import Dataset, read
from data.file_problems import Problem
from data.largest_moves import largest_moves
from data.transforms import transformed

SOUND = Path(__file__).parents[1] / "bad" / "_sound"
FILES = sorted(str(path.relative_to(SOUND)) for path in SOUND.rglob("*.*"))
WORDS = st.sampled_from(
    [
        *('""', '"', "''", '"""', "[", "]", "[[", "]]", "{", "}", "=", ",", ";", "#", "\\", "\n", "\r", "\t"),
        *(
            "nan",
            "inf",
            "-inf",
            "1e999",
            "-0",
            "0",
            "-1",
            "1e-320",
            "9" * 400,
            "9" * 5000,
            "1_0",
            "0x1f",
            "٣",
        ),
        *("true", "[1]", "[[1]]", "{ a = 1 }", '["a"]', '"a"', "1979-05-27", "07:32:00", "[" * 2000, "a.b"),
        *(
            "[x]\n",
            "[[targets]]\n",
            "[targets]\n",
            "[wordings]\n",
            "[figures]\n",
            "[[notes]]\n",
            "[passports]\n",
        ),
        *("almaly", "city", "2024", "0000", "2024-02-30", "2024-01-01/P9M", "M", "births", "population"),
        *("\ufeff", "\x00", "\u00a0", "\u2028", "\x85", "\x1c", "\ud7ff", "\U0010ffff", "Ә", "𝟙", "×" * 3),
    ]
)


def usable(dataset: Dataset) -> None:
    """Do with sound data what the pages do with it."""
    for key, indicator in dataset.indicators.items():
        for transform in indicator.transforms:
            shown = transformed(dataset, key, transform)
            assert set(shown.table["area"]) <= {"city", *dataset.observations[key]["area"]}
    largest_moves(dataset)


def read_safely(files: dict[str, bytes], cli: bool = False) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(SOUND, Path(name) / "data"))
        for file, content in files.items():
            (folder / file).write_bytes(content)
        dataset, problems = read(folder)
        for problem in problems:
            assert isinstance(problem, Problem)
            assert problem.line >= 1
            assert str(problem).isprintable()
        if cli:
            assert main(["check", str(folder)]) == (1 if problems else 0)
    if not problems:
        usable(dataset)


@given(st.sampled_from(FILES), st.binary(max_size=300))
@settings(max_examples=30, deadline=None)
@example("tables/births.csv", b"\x85")
@example("tables/births.csv", b'"')
@example("tables/births.csv", b"\n")
@example("tables/births.toml", b"a = " + b"9" * 5000)
@example("sources.toml", b"a = " + b"[" * 5000)
@example("targets.toml", b"targets = [1]\nwordings = 2\nfigures = 3")
def test_any_bytes_in_place_of_a_file_are_read_without_an_error(file: str, content: bytes) -> None:
    read_safely({file: content}, cli=True)


@given(st.data(), st.sampled_from(FILES), st.lists(WORDS, min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_any_words_written_into_a_file_are_read_without_an_error(
    data: st.DataObject, file: str, words: list[str]
) -> None:
    """Words replace a stretch of the sound file: most leave the rest of it as it was."""
    text = (SOUND / file).read_text(encoding="utf-8")
    for word in words:
        at = data.draw(st.integers(0, len(text)), label="at")
        length = data.draw(st.sampled_from([0, 0, 1, 2, 5, 30]), label="length")
        text = text[:at] + word + text[at + length :]
    read_safely({file: text.encode("utf-8")})


@given(
    st.data(), st.sampled_from([file for file in FILES if file.endswith(".csv")]), WORDS | st.text(max_size=8)
)
@settings(max_examples=50, deadline=None)
def test_any_cell_of_a_table_is_read_without_an_error(data: st.DataObject, file: str, word: str) -> None:
    rows = [line.split(",") for line in (SOUND / file).read_text(encoding="utf-8").splitlines()]
    row = data.draw(st.integers(0, len(rows) - 1), label="row")
    rows[row][data.draw(st.integers(0, 6), label="column")] = word
    read_safely({file: "\n".join(",".join(cells) for cells in rows).encode("utf-8")})


@given(
    st.data(),
    st.sampled_from([file for file in FILES if file.endswith(".toml")]),
    WORDS | st.from_regex(r'-?\d{1,3}|"[a-z]{0,9}"|\[("[a-z]{1,9}",?)?\]', fullmatch=True),
)
@settings(max_examples=50, deadline=None)
def test_any_value_of_a_declaration_is_read_without_an_error(
    data: st.DataObject, file: str, word: str
) -> None:
    lines = (SOUND / file).read_text(encoding="utf-8").splitlines()
    keyed = [number for number, line in enumerate(lines) if " = " in line]
    at = data.draw(st.sampled_from(keyed), label="line")
    lines[at] = lines[at].split(" = ")[0] + " = " + word
    read_safely({file: "\n".join(lines).encode("utf-8")})
