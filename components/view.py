"""What the reader is looking at, as an address says it. One address is one view."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from components.arguments import LATEST, VIEW, Sort, Tab, Theme
from components.refusal import shortened
from components.text.strings import LANGS, Lang
from data.catalogue import Transform
from data.centre_periphery import Auezov
from data.dataset import Dataset
from geo.languages import FALLBACK

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
        """Return the same view of another indicator, opened as that indicator opens, at its latest period."""
        return replace(self, indicator=indicator, transform=None, period=LATEST)

    def to_query(self) -> dict[str, str | list[str]]:
        """Return the address of this view: ids in a fixed order, what is at its default left out."""
        query: dict[str, str | list[str]] = {}
        for key, argument in VIEW.items():
            value, default = (getattr(view, str(argument.field)) for view in (self, View()))
            if key == "lang" or value != default:
                query[key] = list(value) if isinstance(value, tuple) else str(value)
        return query

    def query_string(self, **options: str) -> str:
        """Return the address as written after a question mark, then the options that stand beside it."""
        return urlencode({**self.to_query(), **options}, doseq=True)


_WEIGHT = re.compile(r"\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*")


def preferred_language(accepted: str | None) -> Lang:
    """Return the language of ours that a browser prefers, by the weights of its header, else ``FALLBACK``.

    ``accepted`` is the value of ``Accept-Language`` (RFC 9110, 12.5.4) or one locale; a language without a
    weight has 1.
    """
    weights: dict[Lang, float] = {}
    for entry in (accepted or "").lower().split(","):
        tag, _, parameter = entry.partition(";")
        code = tag.strip().replace("_", "-").split("-")[0]
        weight = _WEIGHT.fullmatch(parameter) if parameter else None
        for lang in LANGS:
            if lang == code and lang not in weights:
                weights[lang] = float(weight[1]) if weight else 1.0
    ordered = sorted(weights, key=lambda lang: -weights[lang])
    return next((lang for lang in ordered if weights[lang]), FALLBACK)


def from_query(
    query: Mapping[str, Sequence[str]], dataset: Dataset, accepted: str | None = None
) -> tuple[View, tuple[str, ...]]:
    """Read a view from an address; total: whatever the address says, there is a view.

    Returns
    -------
    The view, and the parts that were ignored as ``key=value``, bounded in length.
    """
    chosen: dict[str, Any] = {"indicator": DEFAULT_INDICATOR}
    understood: dict[str, list[str]] = {}
    fields: dict[str, Any] = {"lang": preferred_language(accepted)}
    for key, argument in VIEW.items():
        texts = [
            text for text in dict.fromkeys(query.get(key, ())) if argument.accepts(text, dataset, chosen)
        ]
        if texts:
            understood[key] = texts
            values = tuple(argument.value(text) for text in texts)
            chosen[key] = fields[str(argument.field)] = values if argument.repeatable else values[-1]
    ignored = (
        f"{key}={text}"
        for key, texts in query.items()
        for text in texts
        if text not in understood.get(key, ())
    )
    return View(**fields), tuple(dict.fromkeys(map(shortened, ignored)))
