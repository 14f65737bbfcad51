"""What the reader is looking at, as an address says it. One address is one view."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from components.text.strings import LANGS, Lang
from data import periods
from data.catalogue import TOPICS, TRANSFORMS, Transform
from data.centre_periphery import AUEZOV, Auezov
from data.comparison import PLACES
from data.dataset import Dataset
from data.target_assessment import REASONS
from data.targets import KINDS, STATES
from geo.districts import DISTRICTS
from geo.languages import FALLBACK

Theme = Literal["auto", "light", "dark"]
Tab = Literal["districts", "pair", "multiples", "explore"]
Sort = Literal["topic", "distance", "change"]
HORIZONS = (2030, 2040, 2050)
LATEST = "latest"
DEFAULT_INDICATOR = "avg_wage"
DEFAULT_AGAINST = "sme_active"


@dataclass(frozen=True)
class View:
    """The reader's choices; see the table of keys in CONTRIBUTING.

    ``transform`` None means as the indicator opens; ``period`` is an SDMX period or ``latest``;
    ``a`` and ``b`` are two places of ``data.comparison.PLACES``; ``sort`` orders the indicators of Compare;
    ``topic``, ``document`` (the id of a programme's first row), ``kind``, ``state`` and ``reason`` filter
    what was announced, None means all; ``district`` are the pinned or highlighted districts.
    """

    lang: Lang = FALLBACK
    indicator: str = DEFAULT_INDICATOR
    against: str = DEFAULT_AGAINST
    period: str = LATEST
    transform: Transform | None = None
    district: tuple[str, ...] = ()
    topic: str | None = None
    target: str = "parity"
    horizon: int = 2050
    auezov: Auezov = "periphery"
    a: str = "medeu"
    b: str = "nauryzbay"
    classes: int = 4
    theme: Theme = "auto"
    tab: Tab = "districts"
    sort: Sort = "topic"
    document: str | None = None
    kind: str | None = None
    state: str | None = None
    reason: str | None = None

    def with_indicator(self, indicator: str) -> "View":
        """The same view of another indicator, opened as that indicator opens, at its latest period."""
        return replace(self, indicator=indicator, transform=None, period=LATEST)

    def to_query(self) -> dict[str, str | list[str]]:
        """The address of this view: ids in a fixed order, what is at its default left out."""
        default = View()
        query: dict[str, str | list[str]] = {"lang": self.lang}
        for key, field in KEYS.items():
            value = getattr(self, field)
            if value != getattr(default, field):
                query[key] = list(value) if isinstance(value, tuple) else str(value)
        return query

    def query_string(self, **options: str) -> str:
        """The same as it is written after a question mark, then what an address says beside the view."""
        return urlencode({**self.to_query(), **options}, doseq=True)


KEYS: Mapping[str, str] = {
    "indicator": "indicator",
    "against": "against",
    "period": "period",
    "as": "transform",
    "district": "district",
    "topic": "topic",
    "target": "target",
    "horizon": "horizon",
    "auezov": "auezov",
    "a": "a",
    "b": "b",
    "classes": "classes",
    "theme": "theme",
    "tab": "tab",
    "sort": "sort",
    "document": "document",
    "kind": "kind",
    "state": "state",
    "reason": "reason",
}
"""Keys of the query, in the order in which they are written, and the fields they set."""

MOST_CHARACTERS = 60
"""Of an ignored value that is shown back to the reader."""


WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*")
"""Of a language in a header: how much it is wanted; 1 where it says nothing."""


def preferred_language(accepted: str | None) -> Lang:
    """Of our languages the one a browser wants most, by the weights of its header, else ``FALLBACK``.

    ``accepted`` is the value of ``Accept-Language`` (RFC 9110, 12.5.4) or one locale.
    """
    wanted: dict[Lang, float] = {}
    for one in (accepted or "").lower().split(","):
        tag, _, parameter = one.partition(";")
        asked = tag.strip().replace("_", "-").split("-")[0]
        weight = WEIGHT.fullmatch(parameter) if parameter else None
        for lang in LANGS:
            if lang == asked and lang not in wanted:
                wanted[lang] = float(weight[1]) if weight else 1.0
    ordered = sorted(wanted, key=lambda lang: -wanted[lang])
    return next((lang for lang in ordered if wanted[lang]), FALLBACK)


def from_query(
    query: Mapping[str, Sequence[str]], dataset: Dataset, accepted: str | None = None
) -> tuple[View, tuple[str, ...]]:
    """Read a view from an address; total: whatever the address says, there is a view.

    Returns
    -------
    The view, and the parts that were ignored as ``key=value``, bounded in length.
    """
    ignored: list[str] = []
    found: dict[str, Any] = {"lang": preferred_language(accepted)}
    among: dict[str, Sequence[str]] = {
        "lang": LANGS,
        "indicator": list(dataset.indicators),
        "against": list(dataset.indicators),
        "as": TRANSFORMS,
        "district": DISTRICTS,
        "topic": TOPICS,
        "target": ["parity", *dataset.targets],
        "horizon": [str(year) for year in HORIZONS],
        "auezov": AUEZOV,
        "a": PLACES,
        "b": PLACES,
        "classes": ("0", "3", "4"),
        "theme": get_args(Theme),
        "tab": get_args(Tab),
        "sort": get_args(Sort),
        "document": list(dataset.targets),
        "kind": KINDS,
        "state": STATES,
        "reason": REASONS,
    }

    def ignore(key: str, value: str) -> None:
        shown = f"{key}={value}"
        ignored.append(shown if len(shown) <= MOST_CHARACTERS else shown[: MOST_CHARACTERS - 1] + "…")

    for key, given in query.items():
        good = [value for value in dict.fromkeys(given) if _known(key, value, among)]
        for value in dict.fromkeys(given):
            if value not in good:
                ignore(key, value)
        if not good:
            continue
        field = KEYS.get(key, key)
        if key == "district":
            found[field] = tuple(good)
        else:
            found[field] = int(good[-1]) if key in ("horizon", "classes") else good[-1]
    view = View(**found)
    indicator = dataset.indicators[view.indicator]
    if view.transform and view.transform not in indicator.transforms:
        ignore("as", view.transform)
        view = replace(view, transform=None)
    if view.period != LATEST and view.period not in set(dataset.observations[view.indicator]["period"]):
        ignore("period", view.period)
        view = replace(view, period=LATEST)
    return view, tuple(dict.fromkeys(ignored))


def _known(key: str, value: str, among: Mapping[str, Sequence[str]]) -> bool:
    if key != "period":
        return value in among.get(key, ())
    if value == LATEST:
        return True
    try:
        periods.parse(value)
    except ValueError:
        return False
    return True
