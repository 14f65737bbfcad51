"""A Figure: a picture, its table, its words and what it uses, in one value."""

from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

import pandas as pd
import plotly.graph_objects as go

from components.text.sources import SourceNote, source_notes
from components.view import View
from data.catalogue import Transform
from data.dataset import Dataset
from data.transforms import Series, sources, transformed


@dataclass(frozen=True)
class Column:
    """A column of a figure's table: its ``key``, its ``label``, how its numbers are written.

    ``decimals`` None means text. ``signed`` writes a plus before positive numbers.
    """

    key: str
    label: str
    decimals: int | None = None
    signed: bool = False


@dataclass(frozen=True)
class Use:
    """Values that a figure shows or is computed from: an indicator through a transform, at some periods."""

    indicator: str
    transform: Transform
    periods: tuple[str, ...]

    @classmethod
    def of(cls, series: Series, *periods: str | None) -> "Use":
        """Return the use of a series at periods; None among them, a period that there is not, is left out."""
        return cls(series.indicator.id, series.transform, tuple(period for period in periods if period))


@dataclass(frozen=True, eq=False, kw_only=True)
class Figure:
    """One figure in one language.

    ``picture`` is an element tree (maps and small pictures) or a Plotly figure (charts). ``sentence``
    says what it shows and is part of the text alternative ``alt``. ``table`` holds everything the
    picture shows, unrounded, with the ``columns`` to print. ``foot`` are the notes that must stand with
    it; ``method`` is how it is computed, shown when asked for; ``caveat`` what always has to be said with
    it. ``uses`` are all values behind it: its sources, and whether it may be passed on, follow from them.
    ``id`` is its name in the registry, which sets it.
    """

    dataset: Dataset
    uses: tuple[Use, ...]
    view: View
    title: str
    picture: Element | go.Figure
    table: pd.DataFrame
    columns: tuple[Column, ...]
    id: str = ""
    subtitle: str = ""
    badge: str = ""
    sentence: str = ""
    alt: str = ""
    foot: tuple[str, ...] = ()
    method: str = ""
    caveat: str = ""

    @cached_property
    def sources(self) -> tuple[SourceNote, ...]:
        """The sources of every value behind the figure, in words."""
        keys = (
            key
            for use in self.uses
            for period in use.periods
            for key in sources(self.dataset, transformed(self.dataset, use.indicator, use.transform), period)
        )
        return source_notes(self.dataset, keys, self.view.lang)

    @property
    def withheld(self) -> tuple[SourceNote, ...]:
        """The sources among them that forbid to pass their values on; empty where the figure may leave."""
        return tuple(source for source in self.sources if source.withheld)
