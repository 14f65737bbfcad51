"""Observations for machines: the rows of the files, and what is made of them worked out here again."""

import csv
import io
import re
from datetime import date
from urllib.parse import urlencode

import pytest

from components.export.files.dataset_tables import COLUMNS, OBSERVATION
from data.periods import parse
from geo.districts import AREAS, DISTRICTS
from tests.components.published import TABLES, figures_of, rows_of
from tests.components.visiting import Answer, ask


def told(**asked: object) -> Answer:
    return ask("/api/v1/observations?" + urlencode(asked, doseq=True))


def page(**asked: object) -> dict:
    answer = told(**asked)
    assert answer.status == 200, answer.body
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert list(body) == ["total", "limit", "offset", "next", "observations"]
    assert all(list(one) == list(OBSERVATION) for one in body["observations"])
    return body


def rows(**asked: object) -> dict[tuple[str, str], dict]:
    body = page(limit=10_000, **asked)
    assert body["total"] == len(body["observations"])
    found = {(one["area"], one["period"]): one for one in body["observations"]}
    assert len(found) == body["total"]
    return found


def test_published_rows_are_those_of_the_file(key):
    found = rows(indicator=key)
    file = {(row["area"], row["period"]): row for row in rows_of(key)}
    assert set(found) == set(file)
    for at, row in file.items():
        one = found[at]
        assert one["value"] == (float(row["value"]) if row["value"] else None)
        for name in ("obs_status", "method", "source"):
            assert one[name] == row[name]
        assert one["note"] == (row["note"] or None)
        assert (one["as"], one["computed"], one["refused"]) == ("value", False, None)


def test_everything_is_every_row_of_every_file_in_a_stable_order():
    expected = [
        (key, parse(row["period"]), AREAS.index(row["area"]))
        for key in sorted(path.stem for path in TABLES.glob("*.csv"))
        for row in rows_of(key)
    ]
    found = page(limit=10_000)["observations"]
    assert [(one["indicator"], parse(one["period"]), AREAS.index(one["area"])) for one in found] == sorted(
        expected
    )


def test_per_resident_is_the_figure_over_the_population_on_the_nearest_date():
    crimes, people = figures_of("crimes_registered"), figures_of("population")
    found = rows(indicator="crimes_registered", **{"as": "per_1000"})
    seen = set()
    for (area, period), one in found.items():
        if one["refused"]:
            end = parse(period).end
            near = [
                at for who, at in people if who != "city" and abs((date.fromisoformat(at) - end).days) <= 31
            ]
            assert (one["refused"], one["value"], near) == ("no_population", None, [])
            assert one["nearest"] in {at for _, at in people}
        elif (area, period) in crimes and (area, one["population_date"]) in people:
            used = people[area, one["population_date"]]
            assert one["value"] == pytest.approx(crimes[area, period] / used * 1000)
            assert abs((date.fromisoformat(one["population_date"]) - parse(period).end).days) <= 31
        seen.add(one["refused"])
    assert seen == {None, "no_population"}
    assert set(crimes) <= set(found), "a published figure is never left out"


def test_share_is_percent_of_the_city_and_a_sum_made_here_says_so():
    births = figures_of("births")
    found = rows(indicator="births", **{"as": "share"})
    for (area, period), one in found.items():
        eight = [births.get((district, period)) for district in DISTRICTS]
        city = births.get(("city", period)) or (None if None in eight else sum(eight))
        if city is None:
            assert (one["value"], one["refused"]) == (None, "no_city")
        else:
            figure = births.get((area, period), city)
            assert one["value"] == pytest.approx(figure / city * 100)
            assert one["computed"] == (area == "city" and ("city", period) not in births)


def test_index_starts_at_100_after_the_break(dataset):
    key = next(key for key, one in dataset.indicators.items() if one.breaks and "index" in one.transforms)
    found = rows(indicator=key, **{"as": "index"})
    refused = {period for (_, period), one in found.items() if one["refused"]}
    first = dataset.indicators[key].breaks[0].period
    assert refused
    assert all(parse(period).end < parse(first).start for period in refused)
    assert all(one["value"] is None for one in found.values() if one["refused"])


def test_filters_narrow_together():
    wages = figures_of("avg_wage")
    found = rows(indicator="avg_wage", area=["medeu", "city"], **{"from": "2019", "to": "2021"})
    assert set(found) == {
        (area, str(year))
        for area in ("medeu", "city")
        for year in (2019, 2020, 2021)
        if (area, str(year)) in wages
    }
    assert set(rows(indicator="avg_wage", period=["2018", "2023", "2018"])) == {
        at for at in wages if at[1] in ("2018", "2023")
    }
    stock = figures_of("population")
    found = rows(indicator="population", **{"from": "2022", "to": "2023"})
    assert set(found) == {at for at in stock if "2022-01-01" <= at[1] <= "2023-12-31"}
    assert rows(indicator="avg_wage", **{"from": "2022", "to": "2020"}) == {}
    two = page(indicator=["births", "avg_wage"], limit=10_000)["observations"]
    assert list(dict.fromkeys(one["indicator"] for one in two)) == ["avg_wage", "births"]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_pages_join_to_the_whole(form):
    whole = page(indicator="births", limit=10_000)["observations"]
    at, found = f"/api/v1/observations?indicator=births&limit=7&format={form}", []
    while at:
        answer = ask(at)
        links = dict(
            re.fullmatch(r'<(.+)>; rel="(.+)"', one).group(2, 1)
            for one in answer.headers.get("link", "").split(", ")
            if one
        )
        assert ("prev" in links) == (len(found) > 0)
        if form == "json":
            assert answer.json()["next"] == links.get("next")
            assert answer.json()["total"] == len(whole)
            found += answer.json()["observations"]
        else:
            found += list(csv.DictReader(io.StringIO(answer.body.decode("utf-8"))))
        at = links.get("next")
    assert [(one["area"], one["period"]) for one in found] == [(one["area"], one["period"]) for one in whole]
    assert page(indicator="births", offset=len(whole) + 5)["observations"] == []


@pytest.mark.parametrize("transform", ["value", "per_1000", "share"])
def test_csv_says_what_json_says_and_missing_is_empty(transform, dataset):
    asked = {"indicator": "sme_active", "as": transform, "limit": 10_000}
    answer = told(**asked, format="csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert not answer.body.startswith(b"\xef\xbb\xbf")
    written = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8"), newline="")))
    said = page(**asked)["observations"]
    assert list(written[0]) == list(COLUMNS)
    for row, one in zip(written, said, strict=True):
        assert row["title"] == dataset.indicators["sme_active"].title["en"]
        assert row["area_name"]
        for name in OBSERVATION:
            if one[name] is None:
                assert row[name] == ""
            elif isinstance(one[name], bool):
                assert row[name] == str(one[name]).lower()
            elif isinstance(one[name], int):
                assert row[name] == str(one[name]), "a rank of 1.0"
            elif isinstance(one[name], float):
                assert float(row[name]) == one[name]
            else:
                assert row[name] == one[name]


def test_what_is_too_long_is_not_looked_up():
    for name in ("indicator", "area", "period", "limit", "as"):
        body = told(**{name: "x" * 61}).json()
        assert (body["status"], body["title"]) == (400, "Too long")
        assert told(**{name: "x" * 60}).json()["title"] != "Too long"


@pytest.mark.parametrize(
    ("asked", "status", "nearest"),
    [
        ({"indicator": "avg_wages"}, 404, "avg_wage"),
        ({"indicator": ["births", "x"]}, 404, None),
        ({"area": "medeo"}, 400, "medeu"),
        ({"area": ""}, 400, None),
        ({"as": "per1000"}, 400, "per_1000"),
        ({"format": "xml"}, 400, None),
        ({"indicator": "avg_wage", "as": "share"}, 404, None),
        ({"indicator": "avg_wage", "period": "2024"}, 404, "2023"),
        ({"period": "latest"}, 400, None),
        ({"period": "2023-02-30"}, 400, None),
        ({"from": "May 2023"}, 400, None),
        ({"to": "20230"}, 400, None),
        ({"limit": "0"}, 400, None),
        ({"limit": "10001"}, 400, None),
        ({"limit": "٥"}, 400, None),
        ({"limit": "1.0"}, 400, None),
        ({"limit": "-1"}, 400, None),
        ({"offset": "-1"}, 400, None),
        ({"offset": "9" * 50}, 400, None),
        ({"limit": ["1", "2"]}, 400, None),
        ({"area": "x" * 61}, 400, None),
        ({"aera": "medeu"}, 400, "area"),
    ],
)
def test_problems(asked, status, nearest):
    answer = told(**asked)
    body = answer.json()
    assert answer.status == body["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    if nearest:
        assert body["nearest"][0] == nearest
        assert nearest in body["detail"]
