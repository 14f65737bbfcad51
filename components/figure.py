"""A Figure: a picture, its table, its words and its sources, in one value."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import pandas as pd
import plotly.graph_objects as go

from components.view import View


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
class SourceNote:
    """Sources of one official body and one kind of copy: ``words``, a link with its date each, licence.

    ``withheld``: the licence forbids to pass the figures on, so nothing made of them leaves the dashboard.
    """

    words: str
    links: tuple[tuple[str, str], ...]
    licence: str
    withheld: bool = False


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure in one language.

    ``picture`` is an element tree (maps and small pictures) or a Plotly figure (charts). ``sentence``
    says what it shows and is part of the text alternative ``alt``. ``table`` holds everything the
    picture shows, unrounded, with the ``columns`` to print. ``foot`` are the notes that must stand with
    it; ``sources`` where they come from; ``method`` is how it is computed, shown when asked for;
    ``caveat`` what always has to be said with it.
    """

    id: str
    view: View
    title: str
    subtitle: str
    sentence: str
    alt: str
    picture: Element | go.Figure
    table: pd.DataFrame
    columns: tuple[Column, ...]
    foot: tuple[str, ...]
    sources: tuple[SourceNote, ...]
    badge: str = ""
    method: str = ""
    caveat: str = ""
