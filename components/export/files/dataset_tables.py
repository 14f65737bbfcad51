"""The data as files: CSV and XLSX in one tidy set of columns, and the zipped data package.

``COLUMNS`` is that set, for the interface for machines and for the page Data alike: one row per indicator,
transform, area and period. The tables of the data package, which are the files of ``data/tables`` as they
are, have those of the columns that are not the same in each of their rows.
"""

import io
import zipfile
from collections.abc import Sequence

import pandas as pd

from components.export.files import spreadsheets
from components.export.records.json_records import Record
from components.export.records.observations import rows
from components.text.sentences import full_name, unit_of
from components.text.strings import Lang
from data import datapackage
from data.dataset import Dataset
from data.transforms import transformed

OBSERVATION = (
    *("indicator", "as", "area", "period", "value", "low", "high", "unit"),
    *("obs_status", "method", "source", "note"),
    *("computed", "cases", "few", "rank_best", "rank_worst", "population_date", "refused", "nearest"),
)
"""Keys of an observation, as the interface for machines writes it."""
COLUMNS = (*OBSERVATION, "title", "area_name")
"""Columns of every table of observations; ``unit``, ``title`` and ``area_name`` are for readers."""


def tidy(observations: Sequence[Record], dataset: Dataset, lang: Lang) -> pd.DataFrame:
    """Return observations as a table with ``COLUMNS``, its words in a language."""
    table = pd.DataFrame(observations, columns=list(OBSERVATION))
    for column in (
        "rank_best",
        "rank_worst",
    ):  # a rank stays 1 and does not become 1.0 where others have none
        table[column] = pd.array([row[column] for row in observations], dtype="Int64")
    series = dict.fromkeys(zip(table["indicator"], table["as"], strict=True))
    units = {key: unit_of(transformed(dataset, *key), lang) for key in series}
    table["unit"] = [units[key] for key in zip(table["indicator"], table["as"], strict=True)]
    titles = {key: dataset.indicators[key].title[lang] for key, _ in series}
    areas = {area: full_name(area, lang) for area in table["area"].unique()}
    return table.assign(title=table["indicator"].map(titles), area_name=table["area"].map(areas))


def published(dataset: Dataset, keys: Sequence[str], lang: Lang) -> pd.DataFrame:
    """Return the published rows of some indicators as a table with ``COLUMNS``."""
    return tidy([row for key in keys for row in rows(dataset, key, "value")], dataset, lang)


def csv(dataset: Dataset, keys: Sequence[str], lang: Lang) -> bytes:
    """Return the published rows of some indicators as CSV."""
    return spreadsheets.csv(published(dataset, keys, lang))


def xlsx(dataset: Dataset, keys: Sequence[str], lang: Lang) -> bytes:
    """Return a workbook with the data, the notes and the sources, one sheet each."""
    table = published(dataset, keys, lang)
    notes = [note for key in keys for note in _notes(dataset, key, lang)]
    ids = dict.fromkeys(source for joined in table["source"] for source in joined.split(";"))
    sources = [_source(dataset, key, lang) for key in ids]
    sheets = {"data": table, "notes": pd.DataFrame(notes), "sources": pd.DataFrame(sources)}
    return spreadsheets.workbook(sheets, lang)


def _notes(dataset: Dataset, key: str, lang: Lang) -> list[Record]:
    indicator = dataset.indicators[key]
    notes = [indicator.description[lang], *(note[lang] for note in indicator.notes)]
    notes += [f"{broken.period}: {broken.reason[lang]}" for broken in indicator.breaks]
    return [{"indicator": key, "title": indicator.title[lang], "note": note} for note in notes]


def _source(dataset: Dataset, key: str, lang: Lang) -> Record:
    source = dataset.sources[key]
    return {
        "source": key,
        "title": source.title,
        "url": source.url,
        "body": source.body[lang],
        "copy": source.copy[lang],
        "dated": source.dated or "",
        "licence": source.licence[lang],
        "checked": source.checked[lang] if source.checked else "",
    }


def package(dataset: Dataset) -> bytes:
    """Return the Frictionless data package of everything, zipped, the same bytes each time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in datapackage.files(dataset).items():
            moment = spreadsheets.EPOCH.timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
