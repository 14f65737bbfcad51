"""The data as a Frictionless data package (Data Package 1.0, Table Schema), made from the tables."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.csv_rows import METHODS, OBS_STATUS
from data.dataset import DATA, Dataset
from data.licences import open_indicators
from geo.districts import AREAS


def files(dataset: Dataset) -> Mapping[str, bytes]:
    """Every file of the package by its path: ``datapackage.json`` and one CSV an indicator.

    What may not be redistributed is left out.
    """
    tables = {key: (DATA / "tables" / f"{key}.csv").read_bytes() for key in open_indicators(dataset)}
    described = json.dumps(descriptor(dataset, tables), ensure_ascii=False, indent=1).encode()
    return {"datapackage.json": described, **{f"tables/{key}.csv": table for key, table in tables.items()}}


def write(dataset: Dataset, folder: Path) -> None:
    """Write the package into a folder, which is made if it does not exist."""
    for name, content in files(dataset).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def descriptor(dataset: Dataset, tables: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the descriptor: per table a resource with its schema, hash, size and sources."""
    return {
        "profile": "tabular-data-package",
        "name": "almaty2050-districts",
        "title": "Almaty 2050: indicators of the eight districts",
        "licenses": [
            {
                "name": "facts",
                "title": "Facts of official statistics; the sources state no licence unless they say so",
            }
        ],
        "sources": [{"title": source.title, "path": source.url} for source in dataset.sources.values()],
        "resources": [_resource(dataset, key, table) for key, table in tables.items()],
    }


def _resource(dataset: Dataset, key: str, content: bytes) -> dict[str, Any]:
    indicator = dataset.indicators[key]
    text = {"type": "string"}
    number: dict[str, Any] = {"name": "value", "type": "number"}
    if not indicator.signed:
        number["constraints"] = {"minimum": 0}
    return {
        "profile": "tabular-data-resource",
        "name": key.replace("_", "-"),
        "path": f"tables/{key}.csv",
        "title": indicator.title["en"],
        "description": " ".join([indicator.description["en"], *(note["en"] for note in indicator.notes)]),
        "unit": indicator.unit["en"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "sources": [
            {"title": dataset.sources[source].title, "path": dataset.sources[source].url}
            for source in indicator.sources
        ],
        "schema": {
            "fields": [
                {"name": "area", **text, "constraints": {"required": True, "enum": list(AREAS)}},
                {"name": "period", **text, "constraints": {"required": True}},
                number,
                {"name": "obs_status", **text, "constraints": {"enum": list(OBS_STATUS)}},
                {"name": "method", **text, "constraints": {"enum": list(METHODS)}},
                {"name": "source", **text, "constraints": {"required": True}},
                {"name": "note", **text},
            ],
            "primaryKey": ["area", "period"],
        },
    }
