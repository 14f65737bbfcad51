"""The one grammar of arguments: keys of an address, of the interface for programs and of the command line.

A view reads them leniently (``components.view.from_query``): what it does not understand becomes the default.
Programs and commands read them strictly (``read_all``): what is not understood is refused, with the nearest.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from components.refusal import MAX_CHARACTERS, RequestError, nearest, visible
from components.text.strings import LANGS
from data import periods
from data.catalogue import TOPICS, TRANSFORMS
from data.centre_periphery import AUEZOV, classes, measurable
from data.comparison import PLACES
from data.dataset import Dataset
from data.parity import FIRST_HORIZON, HORIZON, LAST_HORIZON
from data.target_assessment import REASONS
from data.targets import KINDS, STATES
from data.transforms import POPULATION, wide
from geo.districts import AREAS, DISTRICTS, Level

Theme = Literal["auto", "light", "dark"]
Tab = Literal["districts", "pair", "multiples", "explore"]
Sort = Literal["topic", "distance", "change"]
HORIZONS = (2030, 2040, 2050)
LATEST: Final = "latest"
PERIOD_FORMS = "a year (2023), a date (2023-12-31) or months from 1 January (2023-01-01/P6M)"

Chosen = Mapping[str, Any]
"""Values of the arguments that stand before one, by key: its choices may depend on them."""
Choices = Sequence[str] | Callable[[Dataset, Chosen], Collection[str]]


@dataclass(frozen=True)
class Argument:
    """One argument: its key, what it means, and which values it takes.

    ``field`` is the field of a View that it sets, None where only programs use it; ``noun`` names its values
    where its key does not. ``choices`` are the ids it
    takes; without them a number takes what is in ``bounds`` and a period any of its forms. ``default`` holds
    for programs and commands, and may always be written. ``status`` is that of the refusal of an unknown id;
    ``explain`` says, as title and sentence, why an id that exists elsewhere is none here.
    """

    key: str
    description: str
    choices: Choices = ()
    field: str | None = None
    noun: str | None = None
    kind: Literal["id", "number", "period"] = "id"
    bounds: range | None = None
    default: str | int | None = None
    repeatable: bool = False
    required: bool = False
    status: int = 400
    explain: Callable[[Dataset, str], tuple[str, str] | None] | None = None

    def choices_of(self, dataset: Dataset, chosen: Chosen) -> tuple[str, ...]:
        """Return the ids it takes, the default of a period aside."""
        return tuple(self.choices(dataset, chosen) if callable(self.choices) else self.choices)

    def accepts(self, text: str, dataset: Dataset, chosen: Chosen) -> bool:
        """Say whether a text is one of its choices or its default."""
        is_default = self.default is not None and text == str(self.default)
        return is_default or text in self.choices_of(dataset, chosen)

    def value(self, text: str) -> str | int:
        """Return the value that an accepted text stands for."""
        return int(text) if self.kind == "number" else text

    def read(self, text: str, dataset: Dataset, chosen: Chosen | None = None) -> str | int:
        """Return the value of a text.

        Raises
        ------
        RequestError
            Where it is too long, of another kind, or none of the choices: with the nearest ids and all.
        """
        chosen = chosen or {}
        if self.accepts(text, dataset, chosen):
            return self.value(text)
        choices = self.choices_of(dataset, chosen) or None
        if len(text) > MAX_CHARACTERS:
            detail = f"{self.key} has more than {MAX_CHARACTERS} characters; it begins {visible(text)}"
            raise RequestError(400, "Too long", detail, exists=choices)
        if self.kind == "period":
            return self._read_period(text, choices)
        if self.bounds:
            return self._read_number(text, self.bounds)
        choices = choices or ()
        close = nearest(text, choices)
        reason = self.explain(dataset, text) if self.explain else None
        detail = f'{self.key} "{visible(text)}" is unknown; the nearest are {", ".join(close)}'
        title, detail = reason or (f"Unknown {self.noun or self.key}", detail)
        raise RequestError(self.status, title, detail, close, choices)

    def read_every(self, texts: Sequence[str], dataset: Dataset, chosen: Chosen) -> Any:
        """Return the value of what was sent, the default where nothing was, a tuple where it is repeatable.

        Raises
        ------
        RequestError
            400 where it is required and missing, or repeated and not repeatable; else as ``read``.
        """
        if len(texts) > 1 and not self.repeatable:
            detail = f"{self.key} is given {len(texts)} times; write it once"
            raise RequestError(400, "Repeated parameter", detail)
        if self.required and not texts:
            detail = f"write {self.key}=… with one of its ids"
            exists = self.choices_of(dataset, chosen)
            raise RequestError(400, f"{(self.noun or self.key).capitalize()} missing", detail, exists=exists)
        values = tuple(dict.fromkeys(self.read(text, dataset, chosen) for text in texts))
        if self.repeatable:
            return values
        return values[0] if values else self.default

    def _read_number(self, text: str, bounds: range) -> int:
        digits = len(str(bounds[-1]))
        if re.fullmatch(rf"\d{{1,{digits}}}", text, re.ASCII) and int(text) in bounds:
            return int(text)
        detail = f'{self.key} "{visible(text)}" is not a whole number from {bounds[0]} to {bounds[-1]}'
        raise RequestError(400, f"Bad {self.key}", f"{detail}; write for example {self.default}")

    def _read_period(self, text: str, choices: tuple[str, ...] | None) -> str:
        try:
            periods.parse(text)
        except ValueError as error:
            latest = f" or {LATEST}" if self.default == LATEST else ""
            detail = f'{self.key} "{visible(text)}" {error}; write {PERIOD_FORMS}{latest}'
            close = nearest(text, choices) if choices else None
            raise RequestError(400, "Not a period", detail, close, choices) from None
        if choices:
            raise unknown_period(text, choices)
        return text


def unknown_period(text: str, available: Sequence[str]) -> RequestError:
    """Return the refusal of a period without values.

    The nearest are of the same series first, then those that end nearest.
    """
    period = periods.parse(text)

    def distance(other: str) -> tuple[bool, int]:
        candidate = periods.parse(other)
        return candidate.series != period.series, abs((candidate.end - period.end).days)

    close = tuple(sorted(available, key=distance)[:3])
    detail = f"there are no values for {text}; the nearest are {', '.join(close)}"
    return RequestError(404, "Unknown period", detail, close, tuple(available))


def read_all(
    arguments: Sequence[Argument], sent: Iterable[tuple[str, str]], dataset: Dataset
) -> dict[str, Any]:
    """Read strictly what was sent: the value of every argument by key.

    Raises
    ------
    RequestError
        400 for a key that is none of the arguments; for a value as ``Argument.read_every``.
    """
    texts: dict[str, list[str]] = {argument.key: [] for argument in arguments}
    for key, text in sent:
        if key not in texts:
            close = nearest(key, texts)
            near = f"; the nearest are {', '.join(close)}" if close else "; there are none here"
            detail = f'parameter "{visible(key)}" is unknown{near}'
            raise RequestError(400, "Unknown parameter", detail, close, tuple(texts))
        texts[key].append(text)
    chosen: dict[str, Any] = {}
    for argument in arguments:
        chosen[argument.key] = argument.read_every(texts[argument.key], dataset, chosen)
    return chosen


def _indicators(dataset: Dataset, _: Chosen) -> Collection[str]:
    return dataset.indicators


def _targets(dataset: Dataset, _: Chosen) -> Collection[str]:
    return dataset.targets


def _periods(dataset: Dataset, chosen: Chosen) -> Collection[str]:
    return periods.ordered(dataset.observations[chosen["indicator"]]["period"]) if chosen["indicator"] else ()


def _measured_periods(dataset: Dataset, chosen: Chosen) -> Collection[str]:
    areas = list(classes(chosen["auezov"]))
    return periods.ordered(wide(dataset, chosen["indicator"])[areas].dropna(how="all").index)


def _with_parity(dataset: Dataset, _: Chosen) -> Collection[str]:
    return [key for key, indicator in dataset.indicators.items() if indicator.parity]


def _why_no_parity(dataset: Dataset, key: str) -> tuple[str, str] | None:
    if key not in dataset.indicators:
        return None
    neutral = dataset.indicators[key].better == "neither"
    reason = (
        "neither a higher nor a lower value of it is better"
        if neutral
        else "its file gives no reason why every district should reach the city average"
    )
    return "No parity target", f'indicator "{key}" has no parity target: {reason}'


def _why_not_by_district(dataset: Dataset, key: str) -> tuple[str, str] | None:
    detail = f'target "{key}" is announced, not parity; /api/v1/targets says how it stands'
    return ("Not a target by district", detail) if key in dataset.targets else None


def _why_not_measurable(dataset: Dataset, key: str) -> tuple[str, str] | None:
    """Say why ``measurable`` leaves an indicator out."""
    if key not in dataset.indicators:
        return None
    indicator = dataset.indicators[key]
    if key == POPULATION:
        reason = "population is what activity is held against"
    elif indicator.signed:
        reason = "its values can be negative, so they have no shares"
    elif indicator.kind == "index":
        reason = "an index compares with an earlier period and is no amount"
    elif wide(dataset, key)[list(DISTRICTS)].notna().sum(axis=1).max() < 2:
        reason = "no period has values for two districts or more"
    elif indicator.kind == "rate" and indicator.weight:
        reason = f"it is a rate of {indicator.weight}, not an amount"
    elif indicator.kind == "rate":
        reason = "it is a rate of which neither a higher nor a lower value is better"
    else:
        reason = "its districts do not add up to the city"
    return "Not measurable", f'indicator "{key}" cannot be measured: {reason}'


_OF_VIEW = (
    Argument("lang", "The language.", LANGS),
    Argument("indicator", "Id of an indicator.", _indicators, status=404),
    Argument("against", "Id of a second indicator.", _indicators, status=404),
    Argument("period", "An SDMX period or latest.", _periods, kind="period", default=LATEST),
    Argument(
        "as",
        "The transform of the values.",
        lambda dataset, chosen: dataset.indicators[chosen["indicator"]].transforms,
        field="transform",
    ),
    Argument("district", "Ids of districts.", DISTRICTS, repeatable=True),
    Argument("topic", "A topic of the catalogue.", TOPICS),
    Argument(
        "target",
        "parity or the id of an announced target.",
        lambda dataset, _: ("parity", *dataset.targets),
        default="parity",
        status=404,
    ),
    Argument(
        "horizon",
        "The year to reach the target in.",
        tuple(map(str, HORIZONS)),
        kind="number",
        default=HORIZON,
    ),
    Argument(
        "auezov",
        "The class of Auezov, which is in neither in the sources.",
        AUEZOV,
        default="periphery",
    ),
    Argument("a", "Id of a place.", PLACES, noun="place", status=404),
    Argument("b", "Id of another place.", PLACES, noun="place", status=404),
    Argument("classes", "How many classes a map has, 0 for none.", ("0", "3", "4"), kind="number"),
    Argument("theme", "Colours of the document.", get_args(Theme)),
    Argument("tab", "The view of the Map page.", get_args(Tab)),
    Argument("sort", "The order of the indicators of Compare.", get_args(Sort)),
    Argument("document", "Id of the first row of a programme.", _targets),
    Argument("kind", "The kind of what was announced.", KINDS),
    Argument("state", "The state of what was announced.", STATES),
    Argument("reason", "Why what was announced is not judged.", REASONS),
)
VIEW: Mapping[str, Argument] = {
    argument.key: replace(argument, field=argument.field or argument.key) for argument in _OF_VIEW
}
"""The arguments of a View by key, in the order in which an address is written."""

_AS = replace(VIEW["as"], choices=TRANSFORMS, default="value")

INDICATOR: Sequence[Argument] = (
    Argument("id", "Id of an indicator.", _indicators, required=True, status=404),
)
OBSERVATIONS: Sequence[Argument] = (
    replace(VIEW["indicator"], description="Ids of indicators; all without it.", repeatable=True),
    Argument("area", "Ids of areas; all without it.", AREAS, repeatable=True),
    Argument("period", "Periods; all without it.", kind="period", repeatable=True),
    Argument("from", "Only periods that begin no earlier than this one.", kind="period"),
    Argument("to", "Only periods that end no later than this one.", kind="period"),
    _AS,
    Argument("format", "How the page is written.", ("json", "csv"), default="json"),
    Argument(
        "limit", "The most observations of a page.", kind="number", bounds=range(1, 10_001), default=1000
    ),
    Argument("offset", "How many observations to skip.", kind="number", bounds=range(1_000_001), default=0),
)
DISTRICT_LAYER: Sequence[Argument] = (
    replace(VIEW["indicator"], description="Id of an indicator; without it borders alone."),
    replace(VIEW["period"], description="A period of the indicator."),
    _AS,
    Argument("detail", "How finely borders are drawn.", get_args(Level), default="full"),
)
PROGRESS: Sequence[Argument] = (
    replace(
        VIEW["indicator"],
        description="Id of an indicator with a parity target.",
        choices=_with_parity,
        required=True,
        explain=_why_no_parity,
    ),
    replace(
        VIEW["target"],
        description="Derived by this dashboard.",
        choices=("parity",),
        explain=_why_not_by_district,
    ),
    replace(
        VIEW["horizon"],
        description="The year to reach it in.",
        choices=(),
        bounds=range(FIRST_HORIZON, LAST_HORIZON + 1),
    ),
)
POLYCENTRICITY: Sequence[Argument] = (
    replace(
        VIEW["indicator"],
        description="Id of what can be measured.",
        choices=lambda dataset, _: measurable(dataset),
        required=True,
        explain=_why_not_measurable,
    ),
    VIEW["auezov"],
    replace(VIEW["period"], description="A period.", choices=_measured_periods),
)
COMPARE: Sequence[Argument] = (
    replace(VIEW["a"], required=True),
    replace(VIEW["b"], required=True),
    VIEW["auezov"],
)
