"""What was announced: every published target, forecast, milestone and baseline, with its document."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from data.catalogue import TOPICS, Direction, Text
from data.declarations import Field, check_table, line_of, nearest, read_toml
from data.problems import Problem
from geo.districts import AREAS

Kind = Literal["target", "forecast", "milestone", "commitment", "standard", "baseline", "output"]
State = Literal["current", "expired", "superseded"]

KINDS: tuple[Kind, ...] = (
    "target",
    "forecast",
    "milestone",
    "commitment",
    "standard",
    "baseline",
    "output",
)
STATES: tuple[State, ...] = ("current", "expired", "superseded")
_WORDING = (Field("kind", "string", among=KINDS), Field("state", "string", among=STATES))
_FIGURE = (Field("kk", "string"), Field("ru", "string"), Field("en", "string"))
_TARGET = (
    Field("id", "string"),
    Field("wording", "string"),
    Field("confidence", "string", among=("high", "medium", "low")),
    Field("programme", "text"),
    Field("statement", "text"),
    Field("geography", "text"),
    Field("area", "string", required=False, among=AREAS),
    Field("topic", "string", required=False, among=TOPICS),
    Field("figure", "string", required=False),
    Field("base_year", "whole", required=False),
    Field("base_value", "number", required=False),
    Field("target_year", "whole", required=False),
    Field("target_value", "number", required=False),
    Field("scale", "number", required=False),
    Field("unit", "text"),
    Field("better", "string", among=("higher", "lower", "neither")),
    Field("document", "string"),
    Field("url", "string", required=False),
    Field("note", "text", required=False),
    Field("conflicts", "list", required=False),
)


@dataclass(frozen=True)
class Target:
    """One announced row.

    ``kind`` and ``state`` follow from the document's own ``wording``. ``figure`` is the id of the
    series with the same definition: one of our indicators, or one that nobody publishes yet, described
    in ``figure_text``. ``target_value`` and ``base_value`` are in ``unit``; times ``scale`` they are in
    the unit of that indicator. ``conflicts`` are the ids of rows that say otherwise.
    """

    id: str
    wording: str
    kind: Kind
    state: State
    confidence: str
    programme: Text
    statement: Text
    geography: Text
    area: str | None
    topic: str | None
    figure: str | None
    figure_text: Text | None
    base_year: int | None
    base_value: float | None
    target_year: int | None
    target_value: float | None
    scale: float
    unit: Text
    better: Direction
    document: str
    url: str | None
    note: Text | None
    conflicts: tuple[str, ...]


def read_targets(
    folder: Path, indicators: Collection[str]
) -> tuple[dict[str, Target], list[Problem]]:
    """Read ``targets.toml`` of a data folder: the sound rows by id, and every problem."""
    name = "targets.toml"
    if not (folder / name).is_file():
        return {}, [Problem(name, 1, "the file does not exist", "add it, even without a row")]
    table, lines, problems = read_toml(folder / name, name)
    wordings, figures = table.get("wordings", {}), table.get("figures", {})
    for wording, row in wordings.items():
        problems += check_table(row, _WORDING, name, lines, line_of(lines, re.escape(f'"{wording}"')))
    for key, row in figures.items():
        problems += check_table(row, _FIGURE, name, lines, line_of(lines, rf"\[figures\.{key}\]"))
    targets: dict[str, Target] = {}
    rows = table.get("targets", [])
    ids = {row.get("id") for row in rows}
    at = 0
    for row in rows:
        at = line_of(lines, r"\[\[targets\]\]", at + 1)
        found = check_table(row, _TARGET, name, lines, at)
        if not found:
            found = _check_references(row, name, lines, at, wordings, {*figures, *indicators}, ids)
        if not found and row["id"] in targets:
            found = [Problem(name, at, f'target "{row["id"]}" stands here twice', "keep one of the two")]
        problems += found
        if not found:
            targets[row["id"]] = _target(row, wordings[row["wording"]], figures)
    return targets, problems


def _check_references(
    row: Mapping[str, object],
    name: str,
    lines: list[str],
    at: int,
    wordings: Collection[str],
    figures: Collection[str],
    ids: Collection[object],
) -> list[Problem]:
    problems = []
    for key, among in (("wording", wordings), ("figure", figures), ("conflicts", ids)):
        value = row.get(key, [])
        for one in value if isinstance(value, list) else [value]:
            if one not in among:
                line = line_of(lines, rf"{key}\s*=", at)
                remedy = nearest(str(one), {str(known) for known in among})
                problems.append(Problem(name, line, f'{key} "{one}" is unknown', remedy))
    return problems


def _target(row: Mapping[str, object], wording: Mapping[str, object], figures: Mapping[str, Text]) -> Target:
    optional = {
        key: row.get(key)
        for key in (
            *("area", "topic", "figure", "base_year", "base_value"),
            *("target_year", "target_value", "url", "note"),
        )
    }
    figure = row.get("figure")
    return Target(  # type: ignore[arg-type]
        **{key: row[key] for key in ("id", "wording", "confidence", "programme", "statement")},
        **{key: row[key] for key in ("geography", "unit", "better", "document")},
        **optional,
        **{key: wording[key] for key in ("kind", "state")},
        figure_text=figures.get(str(figure)),
        scale=row.get("scale", 1),
        conflicts=tuple(row.get("conflicts", ())),  # type: ignore[arg-type]
    )
