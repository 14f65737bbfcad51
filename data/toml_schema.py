"""Declaration files (TOML), read with suspicion: every mistake becomes a Problem with its line.

What a declaration may hold is a frozen dataclass: its fields, their types and defaults are the keys, their
shapes and which of them must be there; ``Check`` adds what a type cannot say.
"""

import dataclasses
import re
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from data.file_problems import Problem, suggestion
from geo.languages import LANGS

Text = Mapping[str, str]
"""A text in every language, keyed by its code."""
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
"""Python type of each shape, its name in a sentence and how to write it."""
_ITEMS: Mapping[Shape, type] = {"list": str, "rows": dict, "text": str}
_OF_TYPE: Mapping[Any, Shape] = {str: "string", float: "number", int: "whole", bool: "boolean", Text: "text"}


Declaration = TypeVar("Declaration")


@dataclass(frozen=True)
class Check:
    """What a value must be beside its type: one of some words, or no less than a number."""

    among: Collection[str] = ()
    least: float | None = None


@dataclass(frozen=True)
class Field:
    """One key a declaration may have: its shape, whether it must be there, its check, keys of its rows."""

    key: str
    shape: Shape
    required: bool = True
    check: Check = Check()
    rows: tuple["Field", ...] = ()


TEXT_FIELDS = tuple(Field(lang, "string") for lang in LANGS)
"""Keys of a table that is a text itself."""


def fields_of(declaration: type, leave_out: Collection[str] = ()) -> tuple[Field, ...]:
    """Return the keys that a dataclass declares; a field with a default may be missing.

    ``leave_out`` are fields whose values come from elsewhere than the table.
    """
    hints = get_type_hints(declaration, include_extras=True)
    return tuple(
        _field(field.name, hints[field.name], field.default is dataclasses.MISSING)
        for field in dataclasses.fields(declaration)
        if field.name not in leave_out
    )


def _field(key: str, hint: Any, required: bool) -> Field:
    if NoneType in get_args(hint):
        hint = get_args(hint)[0]
    check = Check()
    if get_origin(hint) is Annotated:
        hint, check = get_args(hint)
    if get_origin(hint) is Literal:
        return Field(key, "string", required, Check(get_args(hint)))
    if get_origin(hint) is not tuple:
        return Field(key, _OF_TYPE[hint], required, check)
    item = get_args(hint)[0]
    if item is str or get_origin(item) is Literal:
        return Field(key, "list", required, Check(get_args(item)))
    if item is Text:
        return Field(key, "rows", required, rows=TEXT_FIELDS)
    own = (field for field in fields_of(item) if field.shape != "text")
    return Field(key, "rows", required, rows=(*own, *TEXT_FIELDS))


@dataclass(frozen=True)
class TomlFile:
    """A file that is TOML: its ``name`` in a problem, its ``table`` and its ``lines``."""

    name: str
    table: dict[str, Any]
    lines: Sequence[str]

    def line_of(self, pattern: str, after: int = 1, otherwise: int | None = None) -> int:
        """Return the first line, from ``after`` on, that starts so, else ``otherwise``, else ``after``."""
        search = re.compile(rf"\s*(?:{pattern})")
        for number, line in enumerate(self.lines, start=1):
            if number >= after and search.match(line):
                return number
        return otherwise or after

    def line_of_key(self, key: str, after: int = 1) -> int:
        """Return the first line, from ``after`` on, with the heading of a table, else with a key."""
        name = rf'(?:\w+\.)?"?{re.escape(key)}"?'
        return self.line_of(rf"\[\[?{name}\]", after, self.line_of(rf"{name}\s*=", after))

    def rows(self, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the line and the content of every ``[[key]]``."""
        line = 0
        for row in self.table.get(key, ()):
            line = self.line_of(rf"\[\[{key}\]\]", line + 1)
            yield line, row

    def problem(self, key: str, wrong: str, remedy: str, after: int = 1) -> Problem:
        """Return a problem at the line of a key."""
        return Problem(self.name, self.line_of_key(key, after), wrong, remedy)


def read_text(path: Path, name: str) -> tuple[str, list[Problem]]:
    """Return the text of a file, or the one problem that keeps it from being read."""
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


def read_toml(path: Path, name: str) -> tuple[TomlFile, list[Problem]]:
    """Parse a TOML file; with the problem, and without content, if it is none."""
    text, problems = read_text(path, name)
    lines = text.split("\n")
    if not problems:
        try:
            return TomlFile(name, tomllib.loads(text), lines), []
        except tomllib.TOMLDecodeError as error:
            match = re.search(r"line (\d+)", str(error))
            line = int(match[1]) if match else len(text.rstrip().split("\n"))
            reason = str(error).split(" (at")[0]
            problems = [Problem(name, line, f"is not valid TOML: {reason}", "correct this line")]
        except (ValueError, RecursionError):
            wrong = "holds a number that is too long or brackets nested too deep"
            problems = [Problem(name, 1, wrong, "shorten it")]
    return TomlFile(name, {}, lines), problems


def check_table(file: TomlFile, table: object, fields: Sequence[Field], after: int = 1) -> list[Problem]:
    """Hold one table of a file against its fields; ``after`` is the line where the table starts."""
    if not isinstance(table, dict):
        return [Problem(file.name, after, "is not a table", "write its keys beneath a [heading]")]
    keys = [field.key for field in fields]
    problems = [
        file.problem(
            key,
            f'"{key}" is not a key of this {"file" if after == 1 else "table"}',
            suggestion(key, keys),
            after,
        )
        for key in table
        if key not in keys
    ]
    for field in fields:
        if field.key in table:
            problems += (
                file.problem(field.key, wrong, remedy, after)
                for wrong, remedy in _mistakes(field, table[field.key])
            )
            if field.rows and _fits(table[field.key], "rows"):
                for line, row in file.rows(field.key):
                    problems += check_table(file, row, field.rows, line)
        elif field.required:
            problems.append(Problem(file.name, after, f'"{field.key}" is missing', f"add {field.key} = …"))
    return problems


def _mistakes(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the value of a key, and what to write."""
    key, check = field.key, field.check
    if not _fits(value, field.shape):
        _, shape, example = _SHAPES[field.shape]
        yield f'"{key}" is not {shape}', "write " + example.format(key=key)
        return
    if check.least is not None and value < check.least:
        yield f"{key} {value} is below {check.least:g}", f"write {check.least:g} or more"
    if field.shape == "text":
        for lang in LANGS:
            if not value.get(lang, "").strip():
                yield f'"{key}" has no {lang} text', f'add {lang} = "…"'
        for lang in sorted(value.keys() - set(LANGS)):
            remedy = f"write {', '.join(LANGS[:-1])} or {LANGS[-1]}"
            yield f'"{key}" has an unknown language "{lang}"', remedy
    elif field.shape == "string" and not value.strip():
        yield f'"{key}" is empty', "write it" if field.required else "write it or leave the key out"
    if check.among:
        for item in value if isinstance(value, list) else [value]:
            if item not in check.among:
                yield f'{key} "{item}" is unknown', suggestion(str(item), check.among)


def _fits(value: Any, shape: Shape) -> bool:
    """Whether a value has a shape, its items have theirs, and a number is finite."""
    kind, _, _ = _SHAPES[shape]
    if isinstance(value, bool) or not isinstance(value, kind):
        return isinstance(value, bool) and shape == "boolean"
    if isinstance(value, int | float):
        return abs(value) <= sys.float_info.max
    items: Any = value.values() if isinstance(value, dict) else value
    return shape not in _ITEMS or all(isinstance(item, _ITEMS[shape]) for item in items)


def declared(declaration: type[Declaration], table: Mapping[str, Any], **elsewhere: object) -> Declaration:
    """Make a declaration of a table that was found sound; ``elsewhere`` are the fields left out of it."""
    values = dict(elsewhere)
    for field in fields_of(declaration, elsewhere):
        if field.key in table:
            value = table[field.key]
            values[field.key] = tuple(value) if isinstance(value, list) else value
    return declaration(**values)
