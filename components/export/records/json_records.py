"""Records as strict JSON and as aligned tables.

Null (None) is what is not known; every number is finite.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

Record = dict[str, Any]


def as_json(records: object) -> str:
    """Strict JSON in one line, letters of every language as they are."""
    return json.dumps(records, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def as_table(records: Sequence[Mapping[str, Any]], columns: Sequence[str], decimals: int = 3) -> str:
    """Return some keys of the records as aligned columns; ``-`` for what is not known."""
    rows = [list(columns), *([_cell(record[column], decimals) for column in columns] for record in records)]
    numeric = [any(isinstance(record[column], int | float) for record in records) for column in columns]
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    )


def _cell(value: object, decimals: int) -> str:
    if isinstance(value, float):
        return f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "-" if value is None else str(value)


def finite(value: float | None) -> float | None:
    """Return a number, or None where it is not known or not finite."""
    return float(value) if value is not None and math.isfinite(value) else None
