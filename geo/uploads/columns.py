"""The columns beside a geometry: numbers and plain text, bounded, never interpreted."""

import json
import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from geo.uploads.reader import MAX_NAME, Remark

MAX_COLUMNS = 50
MAX_TEXT = 500
"""Characters of a text kept."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
"""Control characters; tabs and ends of lines stay."""


def plain(table: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Remark, ...]]:
    """Return the first ``MAX_COLUMNS`` columns as numbers, truth values or text; remarks on the rest."""
    kept = table.iloc[:, :MAX_COLUMNS]
    names = named(kept.columns)
    done: dict[str, pd.Series] = {}
    cut = 0
    for position, name in enumerate(names):
        done[name], shortened = _column(kept.iloc[:, position])
        cut += shortened
    left = table.shape[1] - len(names)
    remarks = (
        *((Remark("columns_left_out", {"count": left, "kept": len(names)}),) if left else ()),
        *((Remark("texts_shortened", {"count": cut, "limit": MAX_TEXT}),) if cut else ()),
    )
    return pd.DataFrame(done, index=table.index), remarks


def named(names: Iterable[object]) -> list[str]:
    """Names of columns that are short, not empty, all different, and none of them ``geometry``."""
    unique_names: list[str] = []
    taken = {"geometry"}
    for position, name in enumerate(names, start=1):
        printable = "".join(sign if sign.isprintable() else " " for sign in str(name))
        unique = short = " ".join(printable.split())[:MAX_NAME] or f"column_{position}"
        number = 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{short}_{number}"
        taken.add(unique.casefold())
        unique_names.append(unique)
    return unique_names


def _column(values: pd.Series) -> tuple[pd.Series, int]:
    """One column, and how many of its texts were shortened."""
    if pd.api.types.is_float_dtype(values):
        return values.where(np.isfinite(values.to_numpy(dtype=float, na_value=np.nan))), 0
    if pd.api.types.is_numeric_dtype(values):
        return values, 0
    if values.dtype == object:
        values = values.map(_text)
    texts = values.astype("str").str.replace(CONTROL, "", regex=True)
    long = texts.str.len() > MAX_TEXT
    if not long.any():
        return texts, 0
    return texts.where(~long, texts.str.slice(0, MAX_TEXT - 1) + "…"), int(long.sum())


def _text(value: object) -> str | None:
    """One value as text: lists and objects as their JSON, bytes as hexadecimal digits."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value[:MAX_TEXT].hex()
    if isinstance(value, float) and math.isnan(value):
        return None
    plain_value = value.tolist() if isinstance(value, np.ndarray) else value
    return json.dumps(plain_value, ensure_ascii=False, default=str)
