"""What was announced: every published target, forecast, milestone and baseline, with its document."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from data.catalogue import Direction, Topic
from data.file_problems import Problem, suggestion
from data.toml_schema import (
    TEXT_FIELDS,
    Check,
    Field,
    Text,
    TomlFile,
    check_table,
    declared,
    fields_of,
    read_toml,
)
from geo.districts import AREAS

TargetKind = Literal["target", "forecast", "milestone", "commitment", "standard", "baseline", "output"]
TargetState = Literal["current", "expired", "superseded"]
KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
STATES: tuple[TargetState, ...] = get_args(TargetState)


@dataclass(frozen=True)
class Wording:
    """What a document's own wording says of its targets."""

    kind: TargetKind
    state: TargetState


@dataclass(frozen=True, kw_only=True)
class Target:
    """One announced row.

    ``kind`` and ``state`` follow from the document's own ``wording``. ``programme`` is the id of what
    announced it, ``programme_name`` its name. ``figure`` is the id of the
    series with the same definition: one of our indicators, or one that nobody publishes yet, described
    in ``figure_text``. ``target_value`` and ``base_value`` are in ``unit``; times ``scale`` they are in
    the unit of that indicator. ``conflicts`` are the ids of rows that say otherwise.
    """

    id: str
    wording: str
    kind: TargetKind
    state: TargetState
    confidence: Literal["high", "medium", "low"]
    programme: str
    programme_name: Text
    statement: Text
    geography: Text
    area: Annotated[str, Check(AREAS)] | None = None
    topic: Topic | None = None
    figure: str | None = None
    figure_text: Text | None
    base_year: int | None = None
    base_value: float | None = None
    target_year: int | None = None
    target_value: float | None = None
    scale: float = 1
    unit: Text
    better: Direction
    document: str
    url: str | None = None
    note: Text | None = None
    conflicts: tuple[str, ...] = ()


_FILE = (
    Field("wordings", "table", required=False),
    Field("programmes", "table", required=False),
    Field("figures", "table", required=False),
    Field("targets", "rows", required=False),
)
_FIELDS = fields_of(Target, ("kind", "state", "programme_name", "figure_text"))


def read_targets(folder: Path, indicators: Collection[str]) -> tuple[dict[str, Target], list[Problem]]:
    """Read ``targets.toml`` of a data folder: the sound rows by id, and every problem."""
    name = "targets.toml"
    if not (folder / name).is_file():
        return {}, [Problem(name, 1, "the file does not exist", "add it, even without a row")]
    file, problems = read_toml(folder / name, name)
    problems += check_table(file, file.table, _FILE)
    if problems:
        return {}, problems
    wordings, programmes, figures = (file.table.get(key, {}) for key in ("wordings", "programmes", "figures"))
    sound: dict[str, Wording] = {}
    for key, row in wordings.items():
        mistakes = check_table(file, row, fields_of(Wording), file.line_of_key(key))
        if not mistakes:
            sound[key] = declared(Wording, row)
        problems += mistakes
    for key, row in (*programmes.items(), *figures.items()):
        problems += check_table(file, row, TEXT_FIELDS, file.line_of_key(key))
    targets: dict[str, Target] = {}
    ids = {row["id"] for _, row in file.rows("targets") if isinstance(row.get("id"), str)}
    exists = {
        "wording": wordings.keys(),
        "programme": programmes.keys(),
        "figure": {*figures, *indicators},
        "conflicts": ids,
    }
    for line, row in file.rows("targets"):
        mistakes = check_table(file, row, _FIELDS, line) or list(_unknown(file, row, line, exists))
        if not mistakes and row["id"] in targets:
            wrong = f'target "{row["id"]}" stands here twice'
            mistakes = [Problem(name, line, wrong, "keep one of the two")]
        problems += mistakes
        wording = sound.get(row["wording"]) if not mistakes else None
        if wording:
            targets[row["id"]] = declared(
                Target,
                row,
                kind=wording.kind,
                state=wording.state,
                programme_name=programmes[row["programme"]],
                figure_text=figures.get(row.get("figure", "")),
            )
    return targets, problems


def _unknown(
    file: TomlFile, row: Mapping[str, Any], line: int, exists: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield the references of a row to what does not exist."""
    for key, among in exists.items():
        value = row.get(key, [])
        for reference in value if isinstance(value, list) else [value]:
            if reference not in among:
                wrong, remedy = f'{key} "{reference}" is unknown', suggestion(reference, among)
                yield file.problem(key, wrong, remedy, line)
