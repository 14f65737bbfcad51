"""The project's files, read without the project's readers, and how a figure's words are found again."""

import csv
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import plotly.graph_objects as go

from components.figure import Figure
from components.figures.drawing import frame
from components.figures.drawing.markup import markup

TABLES = Path(__file__).parents[2] / "data" / "tables"
DISTRICTS = ("alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu")
CENTRE = ("almaly", "bostandyk", "medeu")
NAMES = {
    "kk": ("Алатау", "Алмалы", "Әуезов", "Бостандық", "Медеу", "Наурызбай", "Түрксіб", "Жетісу"),
    "ru": (
        *("Алатауский", "Алмалинский", "Ауэзовский", "Бостандыкский"),
        *("Медеуский", "Наурызбайский", "Турксибский", "Жетысуский"),
    ),
    "en": ("Alatau", "Almaly", "Auezov", "Bostandyk", "Medeu", "Nauryzbay", "Turksib", "Zhetysu"),
}
PAGES = ("/", *(f"/{path.stem}" for path in (TABLES.parents[1] / "pages").glob("*.py")))


@cache
def declared(key: str) -> dict:
    """The declaration of an indicator."""
    return tomllib.loads((TABLES / f"{key}.toml").read_text(encoding="utf-8"))


def rows_of(key: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (TABLES / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures_of(key: str) -> dict[tuple[str, str], float]:
    """(area, period) → value, a missing one absent."""
    return {(row["area"], row["period"]): float(row["value"]) for row in rows_of(key) if row["value"]}


@cache
def published(key: str) -> dict[str, dict[str, float]]:
    """Period → area → value, a missing one absent."""
    found: dict[str, dict[str, float]] = {}
    for (area, period), value in figures_of(key).items():
        found.setdefault(period, {})[area] = value
    return found


def by_district(key: str, period: str) -> dict[str, float]:
    """The values of the districts at a period."""
    return {area: value for area, value in published(key)[period].items() if area != "city"}


def classed(auezov: str) -> dict[str, bool]:
    """The districts that take part, and whether each is of the centre."""
    every = {area: area in CENTRE or (area == "auezov" and auezov == "centre") for area in DISTRICTS}
    return {area: centre for area, centre in every.items() if area != "auezov" or auezov != "out"}


def name(area: str, lang: str) -> str:
    """The bare name of a district."""
    return NAMES[lang][DISTRICTS.index(area)]


def classes_of(one: Element) -> list[str]:
    """The words of the class attribute of an element."""
    return one.get("class", "").split()


def having(root: Element, word: str) -> Iterator[Element]:
    """Elements whose class attribute holds a word."""
    return (one for one in root.iter() if word in classes_of(one))


def words(root: Element) -> str:
    """All text of an element."""
    return "".join(root.itertext())


def is_whole(figure: Figure, lang: str) -> None:
    """Assert what holds of every figure: its words, its columns, its sources, its markup and its links."""
    assert figure.title
    assert figure.sentence
    assert figure.sentence in figure.alt
    assert figure.sources
    assert {column.key for column in figure.columns} <= set(figure.table.columns)
    assert all(column.label for column in figure.columns)
    assert figure.view.lang == lang
    for said in (figure.title, figure.subtitle, figure.sentence, figure.alt, figure.method, *figure.foot):
        assert not re.search(r"[{}]|\bnan\b|None|  |\.\.(?!\.)|,,| [.,;]", said), said
    parts = [frame.heading(figure, 2), frame.remainder(figure), frame.remainder(figure, folded=True)]
    if not isinstance(figure.picture, go.Figure):
        parts.append(figure.picture)
    for part in parts:
        again = ElementTree.fromstring(ElementTree.tostring(part))
        assert len(list(again.iter())) == len(list(part.iter()))
        assert markup(part)
        ids = [one.get("id") for one in part.iter() if one.get("id") not in (None, "missing", "few")]
        assert len(ids) == len(set(ids))
        for link in part.iter("a"):
            path = link.get("href", "").partition("?")[0]
            assert path in PAGES or path.startswith("https://"), path
