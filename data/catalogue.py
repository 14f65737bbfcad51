"""What is measured and where it comes from, as the declaration files say it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from data import periods
from data.file_problems import Problem, suggestion
from data.toml_schema import Check, Text, TomlFile, check_table, declared, fields_of, read_toml
from geo.languages import LANGS

IndicatorKind = Literal["stock", "flow", "rate", "index"]
Direction = Literal["higher", "lower", "neither"]
Transform = Literal["value", "per_1000", "per_km2", "share", "relative", "index"]
Counted = Literal["events", "register"]
"""Events happen by chance and carry counting noise; a register lists what is there and carries none."""
Topic = Literal["people", "economy", "services", "mobility", "safety_health", "environment", "housing"]
Principle = Literal["economy", "space", "communications"]
"""New economy, new space, new communications: the three principles of the Almaty-2050 strategy."""

TOPICS: tuple[str, ...] = get_args(Topic)
PRINCIPLES: tuple[str, ...] = get_args(Principle)
TRANSFORMS: tuple[Transform, ...] = get_args(Transform)


@dataclass(frozen=True)
class Break:
    """A break in a series: the first ``period`` of the new side and the reason in every language."""

    period: str
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """What one table measures: the keys of its ``.toml``, and its ``id``, the name of the file.

    ``kind``: a stock is a level on a date, a flow accumulates over a period, a rate is a ratio, price
    or average, an index compares with an earlier period. ``better`` is the direction that is better, or
    neither. ``family`` joins indicators that tell of one thing (schools); the member with ``profile`` says
    how districts fare: it counts the same people above and below the line, and nothing that age, commuters or
    the addresses of firms decide. ``signed`` series can be negative and have neither shares nor relative
    values.
    ``counts`` says what is counted, of a rate in its numerator: events (births, deaths, offences), which
    chance moves, or a register (parks, schools, enterprises); None for amounts, prices and shares.
    ``weight`` and ``per`` turn a rate into a count (value × weight / per) and weight its city mean.
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
    topic: Topic
    principle: Principle
    kind: IndicatorKind
    better: Direction
    family: str | None = None
    profile: bool = False
    decimals: Annotated[int, Check(least=0)]
    signed: bool = False
    counts: Counted | None = None
    transforms: tuple[Transform, ...]
    opens_with: Transform
    weight: str | None = None
    per: float = 1.0
    adds_up: bool
    tolerance: Annotated[float, Check(least=0)] | None = None
    max_jump: float | None = None
    good_since: str | None = None
    parity: Text | None = None
    sources: tuple[str, ...]
    notes: tuple[Text, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def break_periods(self) -> tuple[str, ...]:
        """The first period after each break, in order of time."""
        return tuple(gap.period for gap in self.breaks)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where figures were read: the official ``body``, the ``copy``, licence and what was checked."""

    id: str
    title: str
    url: str
    body: Text
    copy: Text
    dated: str | None = None
    licence: Text
    checked: Text | None = None
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
    file, problems = read_toml(folder / name, name)
    if problems:
        return {}, None, problems
    sources = {}
    for key, row in file.table.items():
        line = file.line_of_key(key)
        mistakes = check_table(file, row, fields_of(Source, ("id",)), line)
        if not mistakes and not row["url"].startswith(("https://", "http://")):
            wrong = f'url "{row["url"]}" is not a web address'
            mistakes = [file.problem("url", wrong, "write https://…", line)]
        if not mistakes:
            sources[key] = declared(Source, row, id=key)
        problems += mistakes
    return sources, file.table.keys(), problems


def read_indicator(
    path: Path,
    name: str,
    sources: Collection[str] | None,
    indicators: set[str],
    profiles: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Indicator | None, list[Problem]]:
    """Read one indicator's declaration; ``sources`` and ``indicators`` exist (None: not known).

    ``profiles`` are the indicators with ``profile`` read before, by family.
    """
    file, problems = read_toml(path, name)
    problems = problems or check_table(file, file.table, fields_of(Indicator, ("id",)))
    problems = problems or list(_contradictions(file, sources, indicators, profiles))
    if problems:
        return None, problems
    breaks = tuple(
        Break(row["period"], {lang: row[lang] for lang in LANGS}) for row in file.table.get("breaks", ())
    )
    per = float(file.table.get("per", 1))
    return declared(Indicator, file.table, id=path.stem, per=per, breaks=breaks), []


def _contradictions(
    file: TomlFile, sources: Collection[str] | None, indicators: set[str], profiles: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield where a declaration does not agree with itself or with what else exists."""
    table, transforms = file.table, set(file.table["transforms"])
    if table["opens_with"] not in transforms:
        wrong = f'opens with "{table["opens_with"]}", which is not allowed'
        yield file.problem("opens_with", wrong, "add it to transforms")
    if "parity" in table and ("relative" not in transforms or table["better"] == "neither"):
        wrong = "parity needs relative values and a better direction"
        yield file.problem("parity", wrong, "add both or leave parity out")
    if table.get("profile"):
        if "relative" not in transforms or table["better"] == "neither" or "family" not in table:
            wrong = "profile needs relative values, a better direction and a family"
            yield file.problem("profile", wrong, "add all three or leave profile out")
        elif table["family"] in profiles:
            wrong = f'family "{table["family"]}" has the profile of {profiles[table["family"]]} already'
            yield file.problem("profile", wrong, "leave it out in one of the two")
    if table.get("signed") and {"share", "relative", "index"} & transforms:
        wrong = "a signed series has no share, relative or index"
        yield file.problem("transforms", wrong, "leave them out")
    if "weight" in table and table["weight"] not in indicators:
        wrong = f'weight "{table["weight"]}" is not an indicator'
        yield file.problem("weight", wrong, suggestion(table["weight"], indicators))
    if ("weight" in table) != ("per" in table):
        yield file.problem("weight", "weight and per belong together", "write both or neither")
    if table.get("per", 1) <= 0:
        remedy = "write the number of units a rate is for, such as 1000"
        yield file.problem("per", "per is not above 0", remedy)
    if table.get("max_jump", 2) <= 1:
        yield file.problem("max_jump", "max_jump is not above 1", "write a factor such as 1.5")
    for source in table["sources"]:
        if sources is not None and source not in sources:
            yield file.problem("sources", f'source "{source}" is unknown', suggestion(source, sources))
    dated = [("good_since", table["good_since"], 1)] if "good_since" in table else []
    dated += (("period", row["period"], line) for line, row in file.rows("breaks"))
    for key, period, line in dated:
        try:
            periods.parse(period)
        except ValueError as error:
            remedy = "write 2023, 2023-06-30 or 2023-01-01/P6M"
            yield file.problem(key, f'{key} "{period}" {error}', remedy, line)
