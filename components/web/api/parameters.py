"""Parameters of an address: each declared once, for reading what is sent and for the OpenAPI document."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from components.export.records.period_arguments import LATEST, parsed
from components.refusal import MAX_CHARACTERS, RequestError, nearest, visible
from data.dataset import Dataset

Schema = dict[str, Any]
Asked = Mapping[str, Any]
"""Values by parameter: text, a whole number, or a tuple of texts where it may be repeated."""

PERIOD: Schema = {
    "anyOf": [
        {"type": "string", "pattern": "^(?!0000)[0-9]{4}$"},
        {"type": "string", "format": "date", "pattern": "^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        {"type": "string", "pattern": "^(?!0000)[0-9]{4}-01-01/P[369]M$"},
    ]
}


@dataclass(frozen=True)
class Choice:
    """One of some ids; ``status`` of the refusal of any other."""

    among: Callable[[Dataset], Sequence[str]]
    default: str | None = None
    status: int = 400

    def schema(self, dataset: Dataset) -> Schema:
        """As JSON Schema."""
        return {"type": "string", "enum": list(self.among(dataset))}

    def read(self, dataset: Dataset, name: str, text: str) -> str:
        """The id, or a refusal with the nearest ones and all."""
        known = tuple(self.among(dataset))
        if text in known:
            return text
        close = nearest(text, known)
        detail = f'{name} "{visible(text)}" is unknown; the nearest are {", ".join(close)}'
        raise RequestError(self.status, f"Unknown {name}", detail, close, known)


@dataclass(frozen=True)
class Whole:
    """A whole number from ``least`` to ``most``."""

    least: int
    most: int
    default: int

    def schema(self, _: Dataset) -> Schema:
        """As JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, _: Dataset, name: str, text: str) -> int:
        """The number in plain digits, or a refusal with the range."""
        if re.fullmatch(r"\d+", text, re.ASCII) and self.least <= int(text) <= self.most:
            return int(text)
        asked = f'{name} "{visible(text)}" is not a whole number from {self.least} to {self.most}'
        raise RequestError(400, f"Bad {name}", f"{asked}; write for example {self.default}")


@dataclass(frozen=True)
class Moment:
    """An SDMX period, or ``latest`` where that is the default."""

    default: Literal["latest"] | None = None

    def schema(self, _: Dataset) -> Schema:
        """As JSON Schema."""
        latest = [{"type": "string", "const": LATEST}] if self.default else []
        return {"anyOf": [*latest, *PERIOD["anyOf"]]}

    def read(self, _: Dataset, name: str, text: str) -> str:
        """The period as it is written, or a refusal with the forms there are."""
        return text if text == self.default else str(parsed(text, name=name))


@dataclass(frozen=True)
class Parameter:
    """One parameter: ``name``, what it means, and the ``kind`` of its values.

    ``required`` ones are missed by whoever needs them, in words of their own. ``handed_on`` are texts whose
    values the record refuses itself, among the same ones: it serves the command line too.
    """

    name: str
    description: str
    kind: Choice | Whole | Moment
    required: bool = False
    repeatable: bool = False
    handed_on: bool = False
    place: Literal["query", "path"] = "query"

    def document(self, dataset: Dataset) -> Schema:
        """As OpenAPI writes it."""
        schema = self.kind.schema(dataset)
        if self.kind.default is not None:
            schema["default"] = self.kind.default
        return {
            "name": self.name,
            "in": self.place,
            "description": self.description,
            "required": self.required,
            "schema": {"type": "array", "items": schema} if self.repeatable else schema,
        }

    def read(self, dataset: Dataset, given: Sequence[str]) -> Any:
        """The value, or the values, of what was sent."""
        if len(given) > 1 and not self.repeatable:
            raise RequestError(
                400, "Repeated parameter", f"{self.name} is given {len(given)} times; write it once"
            )
        if self.handed_on:
            default = None if self.kind.default is None else str(self.kind.default)
            return given[0] if given else default
        for text in given:
            if len(text) > MAX_CHARACTERS:
                most = f"{self.name} has more than {MAX_CHARACTERS} characters"
                raise RequestError(400, "Too long", f"{most}; it begins {visible(text)}")
        values = tuple(dict.fromkeys(self.kind.read(dataset, self.name, text) for text in given))
        if self.repeatable:
            return values
        return values[0] if values else self.kind.default


def read(declared: Sequence[Parameter], sent: Iterable[tuple[str, str]], dataset: Dataset) -> Asked:
    """The value of every declared parameter, its default where it was not sent.

    Raises
    ------
    RequestError
        400 for a parameter that is not declared, repeated where it may not be, or too long; for a value that
        is none of its kind what the kind says.
    """
    given: dict[str, list[str]] = {one.name: [] for one in declared}
    for name, text in sent:
        if name not in given:
            known = tuple(given)
            close = nearest(name, known)
            near = f"; the nearest are {', '.join(close)}" if close else "; there are none here"
            raise RequestError(
                400, "Unknown parameter", f'parameter "{visible(name)}" is unknown{near}', close, known
            )
        given[name].append(text)
    return {one.name: one.read(dataset, given[one.name]) for one in declared}
