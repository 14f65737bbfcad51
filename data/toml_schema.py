"""Reading a declaration file (TOML) with suspicion: every mistake becomes a Problem with its line."""

import re
import sys
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data.problems import Problem, suggestion
from geo.languages import LANGS

Shape = Literal["string", "number", "whole", "boolean", "list", "text", "rows", "table"]
"""``text`` is a table with a text in every language; ``rows`` a list of tables."""

_COUNT = ("no", "one", "two", "three", "four", "five")[len(LANGS)]
_TEXT = ", ".join(f'{lang} = "…"' for lang in LANGS)
_SHAPES: Mapping[Shape, tuple[type | tuple[type, ...], str, str]] = {
    "string": (str, "a text", '{key} = "…"'),
    "number": ((int, float), "a number", "{key} = 1.5"),
    "whole": (int, "a whole number", "{key} = 1"),
    "boolean": (bool, "true or false", "{key} = true or {key} = false"),
    "list": (list, "a list of texts", '{key} = ["…"]'),
    "text": (dict, f"a text in {_COUNT} languages", f"{{key}} = {{{{ {_TEXT} }}}}"),
    "rows": (list, "a list of tables", "[[{key}]] and its keys beneath"),
    "table": (dict, "a table", "[{key}] and its keys beneath"),
}
"""Of each shape the Python type, its name in a sentence and how to write it."""
_ITEMS: Mapping[Shape, type] = {"list": str, "rows": dict, "text": str}


@dataclass(frozen=True)
class Field:
    """One key a declaration may have: its shape, whether it must be there, what (or ``least``) it may be."""

    key: str
    shape: Shape
    required: bool = True
    among: Collection[str] = ()
    may_be_empty: bool = False
    least: float | None = None


def read_text(path: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of a file, or the one problem that keeps it from being read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return "", [Problem(name, 1, f"cannot be read: {error.strerror}", "make it a file that can")]
    if not raw.strip():
        return "", [Problem(name, 1, "the file is empty", "write its content or delete it")]
    if raw.startswith(b"\xef\xbb\xbf"):
        return "", [Problem(name, 1, "starts with a byte order mark", "save it as UTF-8 without BOM")]
    try:
        text = raw.decode("utf-8")
        if "\0" not in text:
            return text, []
        start = raw.index(0)
    except UnicodeDecodeError as error:
        start = error.start
    line = raw[:start].count(b"\n") + 1
    return "", [Problem(name, line, f"is not UTF-8{_legacy_encoding(raw)}", "save it as UTF-8")]


def _legacy_encoding(raw: bytes) -> str:
    """Name cp1251 if the bytes read as Russian or Kazakh in it, UTF-16 by its mark or zero bytes."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or raw.count(0) > len(raw) / 4:
        return ", it looks like UTF-16"
    try:
        letters = [letter for letter in raw.decode("cp1251") if letter.isalpha() and ord(letter) > 127]
    except UnicodeDecodeError:
        return ""
    cyrillic = sum("а" <= letter.lower() <= "я" for letter in letters)
    return ", it looks like Windows-1251 (cp1251)" if cyrillic > len(letters) / 2 else ""


def read_toml(path: Path, name: str) -> tuple[dict[str, Any], list[str], list[Problem]]:
    """Parse a TOML file: its table, its lines, and the problem if it is not TOML."""
    text, problems = read_text(path, name)
    if problems:
        return {}, [], problems
    lines = text.split("\n")
    try:
        return tomllib.loads(text), lines, []
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else len(text.rstrip().split("\n"))
        reason = str(error).split(" (at")[0]
        return {}, [], [Problem(name, line, f"is not valid TOML: {reason}", "correct this line")]
    except (ValueError, RecursionError):
        wrong = "holds a number that is too long or brackets nested too deep"
        return {}, [], [Problem(name, 1, wrong, "shorten it")]


def line_of(lines: Sequence[str], pattern: str, after: int = 1, otherwise: int | None = None) -> int:
    """The first line, from ``after`` on, that starts with a pattern, else ``otherwise``, else ``after``."""
    search = re.compile(rf"\s*(?:{pattern})")
    for number, line in enumerate(lines, start=1):
        if number >= after and search.match(line):
            return number
    return otherwise or after


def line_of_key(lines: Sequence[str], key: str, after: int = 1) -> int:
    """The first line, from ``after`` on, with the heading of a table, else with a key, else ``after``."""
    name = rf'(?:\w+\.)?"?{re.escape(key)}"?'
    return line_of(lines, rf"\[\[?{name}\]", after, line_of(lines, rf"{name}\s*=", after))


def check_table(
    table: object,
    fields: Sequence[Field],
    name: str,
    lines: Sequence[str],
    after: int = 1,
) -> list[Problem]:
    """Hold one table against its fields; ``after`` is the line where the table starts."""
    if not isinstance(table, dict):
        return [Problem(name, after, "is not a table", "write its keys beneath a [heading]")]
    known = {field.key: field for field in fields}
    problems = []

    def report(key: str, wrong: str, remedy: str) -> None:
        problems.append(Problem(name, line_of_key(lines, key, after), wrong, remedy))

    for key in table:
        if key not in known:
            report(
                key,
                f'"{key}" is not a key of this {"file" if after == 1 else "table"}',
                suggestion(key, known),
            )
    for field in fields:
        if field.key not in table:
            if field.required:
                problems.append(Problem(name, after, f'"{field.key}" is missing', f"add {field.key} = …"))
            continue
        value = table[field.key]
        if not _fits(value, field.shape):
            _, shape, example = _SHAPES[field.shape]
            report(field.key, f'"{field.key}" is not {shape}', "write " + example.format(key=field.key))
            continue
        if field.least is not None and value < field.least:
            report(
                field.key, f"{field.key} {value} is below {field.least:g}", f"write {field.least:g} or more"
            )
        if field.shape == "text":
            for lang in LANGS:
                if not value.get(lang, "").strip():
                    report(field.key, f'"{field.key}" has no {lang} text', f'add {lang} = "…"')
            remedy = f"write {', '.join(LANGS[:-1])} or {LANGS[-1]}"
            for lang in sorted(value.keys() - set(LANGS)):
                report(field.key, f'"{field.key}" has an unknown language "{lang}"', remedy)
        elif field.shape == "string" and not field.may_be_empty and not value.strip():
            remedy = "write it" if field.required else "write it or leave the key out"
            report(field.key, f'"{field.key}" is empty', remedy)
        if field.among:
            for item in value if isinstance(value, list) else [value]:
                if item not in field.among:
                    report(field.key, f'{field.key} "{item}" is unknown', suggestion(str(item), field.among))
    return problems


def _fits(value: Any, shape: Shape) -> bool:
    """Whether a value has a shape, its items have theirs, and a number is finite."""
    kind, _, _ = _SHAPES[shape]
    if isinstance(value, bool) or not isinstance(value, kind):
        return isinstance(value, bool) and shape == "boolean"
    if isinstance(value, int | float):
        return abs(value) <= sys.float_info.max
    items: Any = value.values() if isinstance(value, dict) else value
    return shape not in _ITEMS or all(isinstance(item, _ITEMS[shape]) for item in items)
