"""What was announced: every published target, forecast, milestone and baseline, with its document."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data.catalogue import TOPICS, Direction, Text
from data.problems import Problem, suggestion
from data.toml_schema import Field, check_table, line_of, line_of_key, read_toml
from geo.districts import AREAS
from geo.languages import LANGS

TargetKind = Literal["target", "forecast", "milestone", "commitment", "standard", "baseline", "output"]
TargetState = Literal["current", "expired", "superseded"]

KINDS: tuple[TargetKind, ...] = (
    "target",
    "forecast",
    "milestone",
    "commitment",
    "standard",
    "baseline",
    "output",
)
STATES: tuple[TargetState, ...] = ("current", "expired", "superseded")
_FILE = (
    Field("wordings", "table", required=False),
    Field("figures", "table", required=False),
    Field("targets", "rows", required=False),
)
_WORDING = (Field("kind", "string", among=KINDS), Field("state", "string", among=STATES))
_FIGURE = tuple(Field(lang, "string") for lang in LANGS)
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
    kind: TargetKind
    state: TargetState
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


def read_targets(folder: Path, indicators: Collection[str]) -> tuple[dict[str, Target], list[Problem]]:
    """Read ``targets.toml`` of a data folder: the sound rows by id, and every problem."""
    name = "targets.toml"
    if not (folder / name).is_file():
        return {}, [Problem(name, 1, "the file does not exist", "add it, even without a row")]
    table, lines, problems = read_toml(folder / name, name)
    problems += check_table(table, _FILE, name, lines)
    if problems:
        return {}, problems
    wordings, figures = table.get("wordings", {}), table.get("figures", {})
    sound = set()
    for wording, row in wordings.items():
        found = check_table(row, _WORDING, name, lines, line_of_key(lines, wording))
        problems += found
        if not found:
            sound.add(wording)
    for key, row in figures.items():
        problems += check_table(row, _FIGURE, name, lines, line_of_key(lines, key))
    targets: dict[str, Target] = {}
    rows = table.get("targets", [])
    ids = {row["id"] for row in rows if isinstance(row.get("id"), str)}
    at = 0
    for row in rows:
        at = line_of(lines, r"\[\[targets\]\]", at + 1)
        found = check_table(row, _TARGET, name, lines, at)
        if not found:
            found = _check_references(row, name, lines, at, wordings, {*figures, *indicators}, ids)
        if not found and row["id"] in targets:
            found = [Problem(name, at, f'target "{row["id"]}" stands here twice', "keep one of the two")]
        problems += found
        if not found and row["wording"] in sound:
            targets[row["id"]] = _target(row, wordings[row["wording"]], figures)
    return targets, problems


def _check_references(
    row: Mapping[str, object],
    name: str,
    lines: list[str],
    at: int,
    wordings: Collection[str],
    figures: Collection[str],
    ids: Collection[str],
) -> list[Problem]:
    problems = []
    for key, among in (("wording", wordings), ("figure", figures), ("conflicts", ids)):
        value = row.get(key, [])
        for one in value if isinstance(value, list) else [value]:
            if one not in among:
                line = line_of(lines, rf"{key}\s*=", at)
                remedy = suggestion(str(one), {str(known) for known in among})
                problems.append(Problem(name, line, f'{key} "{one}" is unknown', remedy))
    return problems


def _target(row: Mapping[str, Any], wording: Mapping[str, Any], figures: Mapping[str, Text]) -> Target:
    return Target(
        id=row["id"],
        wording=row["wording"],
        kind=wording["kind"],
        state=wording["state"],
        confidence=row["confidence"],
        programme=row["programme"],
        statement=row["statement"],
        geography=row["geography"],
        area=row.get("area"),
        topic=row.get("topic"),
        figure=row.get("figure"),
        figure_text=figures.get(row.get("figure", "")),
        base_year=row.get("base_year"),
        base_value=row.get("base_value"),
        target_year=row.get("target_year"),
        target_value=row.get("target_value"),
        scale=row.get("scale", 1),
        unit=row["unit"],
        better=row["better"],
        document=row["document"],
        url=row.get("url"),
        note=row.get("note"),
        conflicts=tuple(row.get("conflicts", ())),
    )
