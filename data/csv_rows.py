"""One row of a table as its file writes it, and every way in which it may be wrong."""

import csv
import io
import math
import re
from collections.abc import Collection, Iterator

from data import periods
from data.catalogue import Indicator
from data.file_problems import Problem, suggestion
from geo.districts import AREAS

COLUMNS = ("area", "period", "value", "obs_status", "method", "source", "note")
OBS_STATUS = ("A", "B", "E", "F", "M", "P", "U")
"""SDMX code list CL_OBS_STATUS: normal, break, estimated, forecast, missing, provisional, low reliability."""
METHODS = ("published", "computed")

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+,\d+", re.ASCII)
_QUOTES = (
    "the quotation marks do not pair in this line",
    'put them around a whole field and write "" for one inside it',
)


def split(text: str) -> list[tuple[int, list[str]]]:
    """Every row with the line it starts in; where quotation marks do not pair, a line break ends them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        rows.append((line, ["\n"]))
    return rows


def shape_mistake(row: list[str]) -> tuple[str, str] | None:
    """Return what keeps a row from being one of the table at all, and what to write, or None."""
    if not row:
        return "the line is empty", "delete it"
    if any("\n" in field or "\r" in field for field in row):
        return _QUOTES
    if len(row) == len(COLUMNS) + 1 and _COMMA.fullmatch(",".join(row[2:4])):
        return f'value "{row[2]},{row[3]}" has a decimal comma', f"write {row[2]}.{row[3]}"
    if len(row) != len(COLUMNS):
        wrong = f"has {len(row)} fields, the header has {len(COLUMNS)}"
        return wrong, 'put text that contains a comma in "quotes"'
    return None


def check_header(header: list[str], name: str) -> list[Problem]:
    """Return what is wrong with the first row: its columns, their separator or their order."""
    if any("\n" in column for column in header):
        return [Problem(name, 1, *_QUOTES)]
    expected = "write " + ",".join(COLUMNS)
    for separator, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            return [Problem(name, 1, f"the columns are separated by {called}", "separate them by commas")]
    problems = [
        Problem(name, 1, f'column "{column}" is missing', expected)
        for column in COLUMNS
        if column not in header
    ]
    problems += [
        Problem(name, 1, f'column "{column}" is not expected', expected)
        for column in header
        if column not in COLUMNS
    ]
    if not problems and tuple(header) != COLUMNS:
        problems.append(Problem(name, 1, "the columns are in another order or stand twice", expected))
    return problems


def check(
    row: list[str], name: str, line: int, indicator: Indicator | None, sources: Collection[str] | None
) -> Iterator[Problem]:
    """Every problem of a row that has the right shape, each of them alone enough to reject it."""
    area, period, value, status, method, source, _ = row
    if area not in AREAS:
        yield Problem(name, line, f'area "{area}" is not a district', suggestion(area, AREAS))
    try:
        periods.parse(period)
    except ValueError as error:
        remedy = "write 2023, 2023-06-30 or 2023-01-01/P6M"
        yield Problem(name, line, f'period "{period}" {error}', remedy)
    if status not in OBS_STATUS:
        remedy = "write one of " + ", ".join(OBS_STATUS)
        yield Problem(name, line, f'obs_status "{status}" is unknown', remedy)
    if method not in METHODS:
        yield Problem(name, line, f'method "{method}" is unknown', "write published or computed")
    for key in source.split(";"):
        if sources is not None and key not in sources:
            yield Problem(name, line, f'source "{key}" is unknown', suggestion(key, sources))
        elif indicator and key not in indicator.sources:
            wrong = f'source "{key}" is not declared for this indicator'
            yield Problem(name, line, wrong, f"add it to sources in {indicator.id}.toml")
    mistake = _number_mistake(value, status)
    if mistake:
        yield Problem(name, line, *mistake)
    elif value and float(value) < 0 and indicator and not indicator.signed:
        wrong = f"value {value} is negative, a {indicator.kind} that is not signed cannot be"
        yield Problem(name, line, wrong, "correct it, or declare signed = true")


def _number_mistake(value: str, status: str) -> tuple[str, str] | None:
    """Return what is wrong with a value and what to write, or None."""
    if not value:
        if status == "M":
            return None
        return "value is empty", "leave the row out, or give it obs_status M"
    if status == "M":
        return f'value "{value}" has obs_status M (missing)', "leave the value empty or change the status"
    if _NUMBER.fullmatch(value):
        return None if math.isfinite(float(value)) else (f'value "{value}" is infinite', "write a number")
    if value[0] in "=@" or (value[0] == "+" and not _NUMBER.fullmatch(value[1:])):
        return f'value "{value}" is a formula', "write the number it gives"
    compact = re.sub(r"[\s\u00a0\u202f]", "", value)
    if compact != value and _NUMBER.fullmatch(compact.replace(",", ".")):
        return f'value "{value}" has a space in the number', f"write {compact.replace(',', '.')}"
    if _COMMA.fullmatch(value):
        return f'value "{value}" has a decimal comma', f"write {value.replace(',', '.')}"
    if value.lower().lstrip("+-") in ("inf", "infinity"):
        return f'value "{value}" is infinite', "write a number"
    return f'value "{value}" is not a number', "write digits with a decimal point"
