"""Zip archives, workbooks among them: the same bytes each time."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

import pandas as pd

from components.text.strings import Lang, text

DATE = (2020, 1, 1, 0, 0, 0)
EPOCH = datetime(*DATE)  # noqa: DTZ001 - the formats know no time zone
"""In place of the moment at which a file is written."""
SAVED = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*")
PROPERTIES = "docProps/core.xml"


def archive(members: Mapping[str, bytes]) -> bytes:
    """A zip archive of files by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def workbook(sheets: Mapping[str, pd.DataFrame], lang: Lang) -> bytes:
    """An XLSX with a sheet for each table, by the key of its name in ``xlsx`` of the strings."""
    file = io.BytesIO()
    with pd.ExcelWriter(file, engine="openpyxl") as book:
        for key, table in sheets.items():
            table.to_excel(book, sheet_name=text(lang, f"xlsx.{key}"), index=False, freeze_panes=(1, 0))
        book.book.properties.created = EPOCH
    with zipfile.ZipFile(file) as saved:
        members = {name: saved.read(name) for name in saved.namelist()}
    # Openpyxl writes the moment of saving over whatever was set; how depends on whether there is an lxml.
    members[PROPERTIES] = SAVED.sub(rb"\g<1>" + EPOCH.isoformat().encode() + b"Z", members[PROPERTIES])
    return archive(members)
