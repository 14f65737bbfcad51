"""What is measured and where it comes from, as the declaration files say it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data import periods
from data.problems import Problem, suggestion
from data.toml_schema import Field, check_table, line_of, line_of_key, read_toml
from geo.languages import LANGS

Text = Mapping[str, str]
"""A text in every language, keyed by its code."""

IndicatorKind = Literal["stock", "flow", "rate", "index"]
Direction = Literal["higher", "lower", "neither"]
Transform = Literal["value", "per_1000", "per_km2", "share", "relative", "index"]

TOPICS = ("people", "economy", "services", "mobility", "safety_health", "environment", "housing")
PRINCIPLES = ("economy", "space", "communications")
"""New economy, new space, new communications: the three principles of the Almaty-2050 strategy."""
TRANSFORMS: tuple[Transform, ...] = ("value", "per_1000", "per_km2", "share", "relative", "index")

_NOTE = tuple(Field(lang, "string") for lang in LANGS)
_BREAK = (Field("period", "string"), *_NOTE)
_INDICATOR = (
    Field("title", "text"),
    Field("short", "text"),
    Field("unit", "text"),
    Field("description", "text"),
    Field("topic", "string", among=TOPICS),
    Field("principle", "string", among=PRINCIPLES),
    Field("kind", "string", among=("stock", "flow", "rate", "index")),
    Field("better", "string", among=("higher", "lower", "neither")),
    Field("decimals", "whole", least=0),
    Field("signed", "boolean", required=False),
    Field("counts_cases", "boolean", required=False),
    Field("transforms", "list", among=TRANSFORMS),
    Field("opens_with", "string", among=TRANSFORMS),
    Field("weight", "string", required=False),
    Field("per", "number", required=False),
    Field("adds_up", "boolean"),
    Field("tolerance", "number", required=False, least=0),
    Field("max_jump", "number", required=False),
    Field("good_since", "string", required=False),
    Field("parity", "text", required=False),
    Field("sources", "list"),
    Field("notes", "rows", required=False),
    Field("breaks", "rows", required=False),
)
_SOURCE = (
    Field("title", "string"),
    Field("url", "string"),
    Field("body", "text"),
    Field("copy", "text"),
    Field("dated", "string", required=False),
    Field("licence", "text"),
    Field("checked", "text", required=False),
    Field("redistribution", "boolean"),
)


@dataclass(frozen=True)
class Break:
    """A break in a series: the first ``period`` of the new side and the reason in three languages."""

    period: str
    reason: Text


@dataclass(frozen=True)
class Indicator:
    """What one table measures.

    ``kind``: a stock is a level on a date, a flow accumulates over a period, a rate is a ratio, price
    or average, an index compares with an earlier period. ``better`` is the direction that is better, or
    neither. ``signed`` series can be negative and have neither shares nor relative values.
    ``counts_cases`` marks counts of events or things, to which the rule of twenty cases applies;
    ``weight`` and ``per`` turn a rate into cases (value × weight / per) and weight its city mean.
    ``tolerance`` is how far, relative to the city, districts may be from adding up to it (None: exact).
    ``parity`` is the reason why every district should reach the city average; without it there is no
    parity target. ``max_jump`` is the largest plausible factor between neighbouring comparable periods.
    ``good_since`` is the first period from which the source says the series is good (None: all of it).
    """

    id: str
    title: Text
    short: Text
    unit: Text
    description: Text
    topic: str
    principle: str
    kind: IndicatorKind
    better: Direction
    decimals: int
    signed: bool
    counts_cases: bool
    transforms: tuple[Transform, ...]
    opens_with: Transform
    weight: str | None
    per: float
    adds_up: bool
    tolerance: float | None
    max_jump: float | None
    good_since: str | None
    parity: Text | None
    sources: tuple[str, ...]
    notes: tuple[Text, ...]
    breaks: tuple[Break, ...]

    @property
    def break_periods(self) -> tuple[str, ...]:
        """The first period after each break, in order of time."""
        return tuple(one.period for one in self.breaks)


@dataclass(frozen=True)
class Source:
    """Where figures were read: the official ``body``, the ``copy``, licence and what was checked."""

    id: str
    title: str
    url: str
    body: Text
    copy: Text
    dated: str | None
    licence: Text
    checked: Text | None
    redistribution: bool


def read_sources(folder: Path) -> tuple[dict[str, Source], Collection[str] | None, list[Problem]]:
    """Read ``sources.toml`` of a data folder.

    Returns
    -------
    The sources that are sound, the keys of all (None if the file cannot be read), and every problem.
    """
    name = "sources.toml"
    if not (folder / name).is_file():
        return {}, None, [Problem(name, 1, "the file does not exist", "add it: every value needs a source")]
    table, lines, problems = read_toml(folder / name, name)
    if problems:
        return {}, None, problems
    sources = {}
    for key, row in table.items():
        at = line_of_key(lines, key)
        found = check_table(row, _SOURCE, name, lines, at)
        if not found and not row["url"].startswith(("https://", "http://")):
            line = line_of(lines, "url", at)
            found = [Problem(name, line, f'url "{row["url"]}" is not a web address', "write https://…")]
        problems += found
        if not found:
            sources[key] = Source(
                id=key,
                title=row["title"],
                url=row["url"],
                body=row["body"],
                copy=row["copy"],
                dated=row.get("dated"),
                licence=row["licence"],
                checked=row.get("checked"),
                redistribution=row["redistribution"],
            )
    return sources, table.keys(), problems


def read_indicator(
    path: Path, name: str, sources: Collection[str] | None, indicators: set[str]
) -> tuple[Indicator | None, list[Problem]]:
    """Read one indicator's declaration; ``sources`` and ``indicators`` exist (None: not known)."""
    table, lines, problems = read_toml(path, name)
    if problems:
        return None, problems
    problems = check_table(table, _INDICATOR, name, lines)
    if problems:
        return None, problems
    for key, fields in (("notes", _NOTE), ("breaks", _BREAK)):
        at = 1
        for row in table.get(key, []):
            at = line_of(lines, rf"\[\[{key}\]\]", at + 1)
            problems += check_table(row, fields, name, lines, at)
    if problems:
        return None, problems
    problems = _check_sense(table, name, lines, sources, indicators)
    return (None if problems else _indicator(path.stem, table)), problems


def _check_sense(
    table: Mapping[str, Any],
    name: str,
    lines: list[str],
    sources: Collection[str] | None,
    indicators: set[str],
) -> list[Problem]:
    """What a declaration says must also agree with itself and with what else exists."""
    problems = []

    def report(key: str, wrong: str, remedy: str, after: int = 1) -> None:
        problems.append(Problem(name, line_of_key(lines, key, after), wrong, remedy))

    if table["opens_with"] not in table["transforms"]:
        report(
            "opens_with", f'opens with "{table["opens_with"]}", which is not allowed', "add it to transforms"
        )
    readable = "relative" in table["transforms"] and table["better"] != "neither"
    if "parity" in table and not readable:
        wrong = "parity needs relative values and a better direction"
        report("parity", wrong, "add both or leave parity out")
    if table.get("signed") and {"share", "relative", "index"} & set(table["transforms"]):
        report("transforms", "a signed series has no share, relative or index", "leave them out")
    if "weight" in table and table["weight"] not in indicators:
        report(
            "weight",
            f'weight "{table["weight"]}" is not an indicator',
            suggestion(table["weight"], indicators),
        )
    if ("weight" in table) != ("per" in table):
        report("weight", "weight and per belong together", "write both or neither")
    if table.get("per", 1) <= 0:
        report("per", "per is not above 0", "write the number of units a rate is for, such as 1000")
    if table.get("max_jump", 2) <= 1:
        report("max_jump", "max_jump is not above 1", "write a factor such as 1.5")
    for source in table["sources"]:
        if sources is not None and source not in sources:
            report("sources", f'source "{source}" is unknown', suggestion(source, sources))
    at = 1
    dated = [("good_since", table["good_since"], at)] if "good_since" in table else []
    for row in table.get("breaks", []):
        at = line_of(lines, r"\[\[breaks\]\]", at + 1)
        dated.append(("period", row["period"], at))
    for key, period, at in dated:
        try:
            periods.parse(period)
        except ValueError as error:
            report(key, f'{key} "{period}" {error}', "write 2023, 2023-06-30 or 2023-01-01/P6M", at)
    return problems


def _indicator(key: str, table: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=key,
        title=table["title"],
        short=table["short"],
        unit=table["unit"],
        description=table["description"],
        topic=table["topic"],
        principle=table["principle"],
        kind=table["kind"],
        better=table["better"],
        decimals=table["decimals"],
        signed=table.get("signed", False),
        counts_cases=table.get("counts_cases", False),
        transforms=tuple(table["transforms"]),
        opens_with=table["opens_with"],
        weight=table.get("weight"),
        per=float(table.get("per", 1)),
        adds_up=table["adds_up"],
        tolerance=table.get("tolerance"),
        max_jump=table.get("max_jump"),
        good_since=table.get("good_since"),
        parity=table.get("parity"),
        sources=tuple(table["sources"]),
        notes=tuple(table.get("notes", ())),
        breaks=tuple(
            Break(row["period"], {lang: row[lang] for lang in LANGS}) for row in table.get("breaks", ())
        ),
    )
