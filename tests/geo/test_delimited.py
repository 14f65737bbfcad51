"""Text with a place a line: encoding, separator, columns of coordinates, decimal sign."""

import pandas as pd
import pytest

from geo.uploads.reader import REMARKS, Remark
from geo.uploads.worker import read
from tests.geo.files import PLACES, refusal, same_places, told


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("lon,lat", "xy"),
        ("latitude|longitude", "yx"),
        ("Широта;Долгота", "yx"),
        ("бойлық\tендік", "xy"),
        ("X,Y", "xy"),
        ("geo_lat,geo_lon", "yx"),
        ("LNG,LAT", "xy"),
        ('"Долгота °","Широта °"', "xy"),
    ],
)
def test_columns_of_coordinates_are_found_by_name(header: str, order: str) -> None:
    separator = next(sign for sign in ";\t|," if sign in header)
    lines = [f"{x}{separator}{y}" if order == "xy" else f"{y}{separator}{x}" for x, y in PLACES]
    some = read("a.csv", "\n".join([header, *lines]).encode())
    assert same_places(some)
    assert set(told(some)) == {"assumed_crs", "columns_taken"}


@pytest.mark.parametrize("header", ["name,value", "lat,value", "flat,balloon", "76.9,43.2"])
def test_a_csv_without_coordinates_names_its_columns(header: str) -> None:
    named = ("no_coordinates", {"columns": header.replace(",", ", ")})
    assert refusal("a.csv", f"{header}\n1,2\n".encode()) == named


def test_decimal_commas_and_codes_are_read() -> None:
    rows = ["долгота;широта;цена;код", "76,95;43,25;1,5;0701", "76,85;43,22;2;1", "76,9;43,3;;"]
    some = read("a.csv", "\n".join(rows).encode())
    assert same_places(some)
    assert some.table["цена"].dropna().to_list() == [1.5, 2.0]
    assert some.table["код"].dropna().to_list() == ["0701", "1"]
    assert refusal("a.csv", b"lon,lat\n76,95,43,25\n76,85,43,22\n") == ("nothing_readable", {"count": 2})


@pytest.mark.parametrize(
    ("codec", "text", "encoding"),
    [
        ("cp1251", "Абай", "windows-1251"),
        ("kz1048", "Әуезов", "kz1048"),
        ("utf-16", "Құрманғазы", "utf-16-le"),
        ("utf-16-be", "Құрманғазы, Ұлытау", "utf-16-be"),
        ("utf-8-sig", "Құрманғазы", None),
    ],
)
def test_text_is_decoded_and_that_is_told(codec: str, text: str, encoding: str | None) -> None:
    line = f"{text};76,95;43,25\n"
    some = read("a.tsv", f"название;lon;lat\n{line * 40}".encode(codec))
    assert set(some.table["название"]) == {text}
    assert told(some).get("decoded") == ({"encoding": encoding} if encoding else None)


def test_lines_without_a_place_are_counted() -> None:
    cells = [
        "76.95,43.25",
        ",43",
        "a,b",
        "nan,43",
        "inf,43",
        "76°54',43",
        "0x4C,43",
        "1e999,43",
        "76.9",
    ]
    some = read("a.csv", ("lon,lat\n" + "\n".join([*cells, "1,2,3"])).encode())
    assert (len(some.table), told(some)["without_geometry"]) == (1, {"count": 9})
    assert refusal("a.csv", b"lon,lat\n,\na,b\n") == ("nothing_readable", {"count": 2})
    assert refusal("a.csv", b"lon,lat\n") == ("empty", {})
    assert refusal("a.csv", b"lon,lat\n1,2\x00\n") == ("not_this_format", {"expected": "csv"})


def test_cells_with_line_breaks_and_quotes_stay_whole() -> None:
    some = read("a.csv", b'sep=,\n"na\nme",lon,lat\n"a\nb ""c""",76.95,43.25\n')
    assert some.table.iloc[0, 0] == 'a\nb "c"'


@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize("before", ["", "\r\n \n", "sep={}\r\n"])
def test_the_first_column_may_have_no_name(separator: str, before: str) -> None:
    """As pandas writes a table with its index."""
    table = pd.DataFrame(PLACES, columns=["lon", "lat"]).to_csv(sep=separator)
    some = read("a.tsv", (before.format(separator) + table).encode())
    assert same_places(some)
    assert list(some.table) == ["column_1", "geometry"]


def test_a_million_rows_and_one_are_too_many() -> None:
    content = b"lon,lat\n" + b"76.9,43.2\n" * 1_000_001
    assert refusal("a.csv", content) == ("too_many", {"limit": 1_000_000})


def test_the_order_of_remarks_is_that_of_their_list() -> None:
    some = read("a.csv", "широта;долгота\n43,25;76,95\nx;y\n50;70\n".encode("cp1251"))
    codes = [one.code for one in some.remarks]
    assert codes == sorted(codes, key=list(REMARKS).index)
    assert some.remark("outside_city") == Remark("outside_city", {"count": 1})
    assert some.remark("swapped") is None
