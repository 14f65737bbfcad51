"""Tables as CSV and XLSX: one writer for each, the same bytes each time."""

import io
from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from components.text.strings import Lang, text

EPOCH = datetime(2020, 1, 1)  # noqa: DTZ001 - the formats know no time zone
"""Date that stands in files in place of the moment at which they are written."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def csv(table: pd.DataFrame, *, mark: bool = True) -> bytes:
    """Return a table as CSV in UTF-8: decimal points, ``true`` and ``false``, missing is empty.

    ``mark`` puts a byte order mark in front, without which a spreadsheet takes Cyrillic for Latin.
    """
    flags = table.select_dtypes("bool").replace({True: "true", False: "false"})
    written: str = table.assign(**flags).to_csv(index=False)
    return written.encode("utf-8-sig" if mark else "utf-8")


def workbook(sheets: Mapping[str, pd.DataFrame], lang: Lang) -> bytes:
    """Return an XLSX with one sheet per table, by the key of its name in ``xlsx`` of the strings."""
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs={"options": OPTIONS}) as book:
        book.book.set_properties({"created": EPOCH})
        for key, table in sheets.items():
            table.to_excel(book, sheet_name=text(lang, f"xlsx.{key}"), index=False, freeze_panes=(1, 0))
    return file.getvalue()
