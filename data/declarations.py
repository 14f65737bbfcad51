"""Reading a declaration file (TOML) with suspicion: every mistake becomes a Problem with its line."""

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data.problems import Problem

LANGUAGES = ("kk", "ru", "en")
Shape = Literal["string", "number", "whole", "boolean", "list", "text", "rows", "table"]
"""``text`` is a table of the three languages; ``rows`` a list of tables."""

_SHAPES: Mapping[Shape, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "whole": (int,),
    "boolean": (bool,),
    "list": (list,),
    "text": (dict,),
    "rows": (list,),
    "table": (dict,),
}


@dataclass(frozen=True)
class Field:
    """One key a declaration may have: its shape, whether it must be there, what it may be."""

    key: str
    shape: Shape
    required: bool = True
    among: Collection[str] = ()
    may_be_empty: bool = False


def nearest(word: str, among: Collection[str]) -> str:
    """``; did you mean …?`` in words for a near miss, else the list of what exists (shortened)."""
    close = difflib.get_close_matches(word.lower(), sorted(among), n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    shown = ", ".join(sorted(among)[:12]) + (", …" if len(among) > 12 else "")
    return f"write one of: {shown}"


def read_text(path: Path, name: str) -> tuple[str, list[Problem]]:
    """The text of a file, or the one problem that keeps it from being read."""
    raw = path.read_bytes()
    if not raw.strip():
        return "", [Problem(name, 1, "the file is empty", "write its content or delete it")]
    if raw.startswith(b"\xef\xbb\xbf"):
        return "", [Problem(name, 1, "starts with a byte order mark", "save it as UTF-8 without BOM")]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        guess = _legacy_encoding(raw)
        return "", [Problem(name, line, f"is not UTF-8{guess}", "save it as UTF-8")]


def _legacy_encoding(raw: bytes) -> str:
    """Name cp1251 if the bytes read as Russian or Kazakh in it, UTF-16 if they carry its mark."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
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
    try:
        return tomllib.loads(text), text.splitlines(), []
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        reason = str(error).split(" (at")[0]
        return {}, [], [Problem(name, line, f"is not valid TOML: {reason}", "correct this line")]


def line_of(lines: Sequence[str], pattern: str, after: int = 1) -> int:
    """The first line, from ``after`` on, that starts with a pattern; ``after`` where none does."""
    search = re.compile(r"\s*" + pattern)
    for number, line in enumerate(lines, start=1):
        if number >= after and search.match(line):
            return number
    return after


def check_table(
    table: Mapping[str, Any],
    fields: Sequence[Field],
    name: str,
    lines: Sequence[str],
    after: int = 1,
) -> list[Problem]:
    """Hold one table against its fields; ``after`` is the line where the table starts."""
    known = {field.key: field for field in fields}
    problems = []

    def report(key: str, wrong: str, remedy: str) -> None:
        at = line_of(lines, rf'"?{re.escape(key)}"?\s*=|\[\[?{re.escape(key)}\]', after)
        problems.append(Problem(name, at, wrong, remedy))

    for key in table:
        if key not in known:
            report(key, f'"{key}" is not a key of this file', nearest(key, known))
    for field in fields:
        if field.key not in table:
            if field.required:
                report(field.key, f'"{field.key}" is missing', f"add {field.key} = …")
            continue
        value = table[field.key]
        fits = isinstance(value, _SHAPES[field.shape])
        if not fits or (isinstance(value, bool) and field.shape != "boolean"):
            report(field.key, f'"{field.key}" is not a {field.shape}', f"write a {field.shape}")
            continue
        if field.shape == "text":
            for lang in LANGUAGES:
                if not str(value.get(lang, "")).strip():
                    report(field.key, f'"{field.key}" has no {lang} text', f'add {lang} = "…"')
            for lang in value.keys() - set(LANGUAGES):
                report(field.key, f'"{field.key}" has an unknown language "{lang}"', "write kk, ru or en")
        elif field.shape == "string" and not field.may_be_empty and not value.strip():
            report(field.key, f'"{field.key}" is empty', "write it or leave the key out")
        if field.among:
            for item in value if isinstance(value, list) else [value]:
                if item not in field.among:
                    report(field.key, f'{field.key} "{item}" is unknown', nearest(str(item), field.among))
    return problems
