"""Measures and comparison for machines: the numbers of the tables, worked out here a second time."""

import csv
import json
import re
from datetime import date
from itertools import combinations
from math import isfinite, log, sqrt
from statistics import fmean, pstdev
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.arguments import POLYCENTRICITY, read_all
from components.cli.main import main
from components.export.records import comparison as comparing
from components.export.records import measures as measuring
from components.refusal import RequestError
from components.web.api.application import SERVED
from data import centre_periphery
from data.centre_periphery import AUEZOV, default_period, measurable
from data.comparison import PLACES, compare
from data.dataset import DATA
from data.periods import parse
from data.transforms import wide
from geo.districts import DISTRICTS
from tests.components.visiting import HOSTILE, Answer, ask

KEYS = [
    *("indicator", "period", "auezov", "n", "shares", "population_shares", "primacy", "herfindahl"),
    *("evenness", "rank_size_slope", "green", "p_star", "hoover", "theil", "theil_between", "theil_within"),
    *("gini", "location_quotients", "centre_periphery_ratio", "notes"),
]
OF_PEOPLE = [
    *("population_shares", "hoover", "theil", "theil_between", "theil_within", "gini"),
    *("location_quotients", "centre_periphery_ratio"),
]
COMPARED_KEYS = [
    *("indicator", "as", "unit", "period", "a", "b", "city", "relative_a", "relative_b", "ratio"),
    *("rank_a", "rank_b", "notes"),
]
INNER = {"almaly", "bostandyk", "medeu"}
PROBLEM = ["type", "title", "status", "detail", "instance"]


def told(path: str, **asked: str) -> Answer:
    return ask(f"/api/v1/{path}?" + "&".join(f"{key}={quote(value)}" for key, value in asked.items()))


def record_of(**asked: str) -> dict:
    answer = told("polycentricity", **asked)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def compared_of(**asked: str) -> dict[str, dict]:
    answer = told("compare", **asked)
    assert answer.status == 200
    return {one["indicator"]: one for one in answer.json()["indicators"]}


def read(key: str, period: str) -> dict[str, float]:
    """What the file of an indicator says at a period, with nothing but the csv module."""
    with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["area"]: float(row["value"]) for row in rows if row["period"] == period and row["value"]}


def numbers(found: object):
    """Every number in a record."""
    if isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from numbers(one)
    elif isinstance(found, int | float) and not isinstance(found, bool):
        yield found


@pytest.mark.parametrize("auezov", AUEZOV)
def test_the_businesses_of_the_issue(auezov):
    period = "2023-12-31"
    record = record_of(indicator="sme_active", period=period, auezov=auezov)
    assert list(record) == KEYS
    areas = [area for area in DISTRICTS if auezov != "out" or area != "auezov"]
    assert (record["indicator"], record["period"], record["auezov"]) == ("sme_active", period, auezov)
    assert record["n"] == len(areas) == (7 if auezov == "out" else 8)
    firms, people = read("sme_active", period), read("population", period)
    all_firms, all_people = sum(firms[area] for area in areas), sum(people[area] for area in areas)
    s = {area: firms[area] / all_firms for area in areas}
    p = {area: people[area] / all_people for area in areas}
    assert list(record["shares"]) == areas
    assert record["shares"] == pytest.approx(s)
    assert record["population_shares"] == pytest.approx(p)
    assert record["location_quotients"] == pytest.approx({area: s[area] / p[area] for area in areas})
    assert record["primacy"] == pytest.approx(max(s.values()))
    assert record["herfindahl"] == pytest.approx(sum(one * one for one in s.values()))
    assert record["evenness"] == pytest.approx(-sum(one * log(one) for one in s.values()) / log(len(s)))
    assert record["green"] == pytest.approx(1 - pstdev(s.values()) / (max(s.values()) / 2))
    cv = pstdev(s.values()) / fmean(s.values())
    assert record["p_star"] == pytest.approx(1 - cv / sqrt(len(s) - 1))
    x = [log(rank) for rank in range(1, len(s) + 1)]
    y = [log(one) for one in sorted(s.values(), reverse=True)]
    across = [one - fmean(x) for one in x]
    slope = sum(a * b for a, b in zip(across, y, strict=True)) / sum(a * a for a in across)
    assert record["rank_size_slope"] == pytest.approx(slope)
    assert record["hoover"] == pytest.approx(sum(abs(s[area] - p[area]) for area in areas) / 2)
    theil = sum(s[area] * log(s[area] / p[area]) for area in areas)
    assert record["theil"] == pytest.approx(theil)
    assert record["theil_between"] + record["theil_within"] == pytest.approx(theil)
    gini = sum(abs(s[a] * p[b] - s[b] * p[a]) for a in areas for b in areas) / 2
    assert record["gini"] == pytest.approx(gini)
    centre = INNER | ({"auezov"} if auezov == "centre" else set())
    s_c, p_c = sum(s[area] for area in centre), sum(p[area] for area in centre)
    assert record["centre_periphery_ratio"] == pytest.approx((s_c / p_c) / ((1 - s_c) / (1 - p_c)))
    between = s_c * log(s_c / p_c) + (1 - s_c) * log((1 - s_c) / (1 - p_c))
    assert record["theil_between"] == pytest.approx(between)
    how = {"periphery": "counted as periphery", "centre": "counted as centre", "out": "takes no part"}
    assert how[auezov] in record["notes"][0]
    assert any("2023-12-31" in note for note in record["notes"])


def test_wages_are_no_amounts_and_are_weighted_by_people():
    record = record_of(indicator="avg_wage", period="2023")
    wages = {area: value for area, value in read("avg_wage", "2023").items() if area != "city"}
    people = {area: read("population", "2023-12-31")[area] for area in wages}
    assert record["n"] == len(wages) == 7
    for key in ("shares", *KEYS[6:12]):
        assert record[key] is None, key
    assert record["population_shares"] == pytest.approx(
        {area: count / sum(people.values()) for area, count in people.items()}
    )
    city = read("avg_wage", "2023")["city"]
    assert record["location_quotients"] == pytest.approx({area: one / city for area, one in wages.items()})
    inner, outer = (
        sum(wages[area] * people[area] for area in group) / sum(people[area] for area in group)
        for group in (
            [area for area in wages if area in INNER],
            [area for area in wages if area not in INNER],
        )
    )
    assert record["centre_periphery_ratio"] == pytest.approx(inner / outer)
    assert "Districts are weighted by population." in record["notes"]
    assert "No value for almaly; measured over the other 7." in record["notes"]
    said = " ".join(record["notes"])
    assert "low reliability" in said
    assert "no shares" in said


def test_wages_of_a_year_without_population_have_no_measures():
    record = record_of(indicator="avg_wage", period="2017")
    assert all(record[key] is None for key in KEYS[4:-1])
    assert any("within 31 days" in note and "null" in note for note in record["notes"])


@pytest.mark.parametrize(
    ("indicator", "period"), [("school_places_opened", "1990-12-31"), ("sme_active", "2022-12-31")]
)
def test_without_population_shares_alone_are_left(indicator, period):
    record = record_of(indicator=indicator, period=period)
    for key in KEYS[4:-1]:
        assert (record[key] is None) == (key in OF_PEOPLE), key
    amounts = {area: value for area, value in read(indicator, period).items() if area in DISTRICTS}
    total = sum(amounts.values())
    assert record["shares"] == pytest.approx({area: one / total for area, one in amounts.items()})
    assert any("within 31 days" in note and "null" in note for note in record["notes"])
    since = any("good only since 2000-12-31" in note for note in record["notes"])
    assert since == (indicator == "school_places_opened")


def test_few_events_are_named_and_few_things_are_not():
    record = record_of(indicator="deaths_infectious", period="2024")
    few = [area for area, value in read("deaths_infectious", "2024").items() if value < 20]
    assert few
    said = next(note for note in record["notes"] if "20 cases" in note)
    assert [area for area in DISTRICTS if area in said] == [area for area in few if area != "city"]
    record = record_of(indicator="universities", period="2024-12-31")
    assert not [note for note in record["notes"] if "20 cases" in note]


@pytest.mark.parametrize("auezov", AUEZOV)
def test_every_period_of_every_indicator_is_the_same_measure(dataset, auezov):
    for key, period in [(one, period) for one in measurable(dataset) for period in wide(dataset, one).index]:
        record = measuring.measures(dataset, key, period, auezov)
        found = centre_periphery.measured(dataset, key, period, auezov)
        assert list(record) == KEYS
        assert all(isfinite(one) for one in numbers(record))
        assert record["n"] == len(found.structure.areas)
        for name in ("shares", "location_quotients", "hoover", "gini", "evenness", "green", "p_star"):
            assert record[name] == getattr(found, name)
        assert record["theil"] == (found.theil.total if found.theil else None)
        assert len(record["notes"]) == len(set(record["notes"]))
        assert all(note.endswith(".") for note in record["notes"])


@pytest.mark.parametrize("auezov", AUEZOV)
def test_default_and_latest_are_the_same_period(dataset, auezov):
    for key in ("sme_active", "avg_wage", "industrial_output", "school_places_opened"):
        latest = told("polycentricity", indicator=key, period="latest", auezov=auezov)
        assert told("polycentricity", indicator=key, auezov=auezov).body == latest.body
        assert latest.json()["period"] == default_period(dataset, key, auezov)
    body = told("polycentricity", indicator="sme_active").body
    assert told("polycentricity", indicator="sme_active", auezov="periphery").body == body


def test_medeu_beside_nauryzbay():
    found = compared_of(a="medeu", b="nauryzbay")
    assert all(list(one) == COMPARED_KEYS for one in found.values())
    people, firms = read("population", "2024-12-31"), read("sme_active", "2024-12-31")
    rate = {area: firms[area] / people[area] * 1000 for area in DISTRICTS}
    one = found["sme_active"]
    assert (one["as"], one["period"]) == ("per_1000", "2024-12-31")
    assert one["unit"].endswith("per 1,000 residents")
    assert (one["a"], one["b"]) == pytest.approx((rate["medeu"], rate["nauryzbay"]))
    city = sum(firms[area] for area in DISTRICTS) / people["city"] * 1000
    assert one["city"] == pytest.approx(city, rel=1e-3)
    assert one["relative_a"] == pytest.approx(rate["medeu"] / one["city"] * 100)
    assert one["ratio"] == pytest.approx(rate["medeu"] / rate["nauryzbay"])
    order = sorted(DISTRICTS, key=rate.__getitem__, reverse=True)
    for name, area in (("rank_a", "medeu"), ("rank_b", "nauryzbay")):
        place = order.index(area) + 1
        assert one[name] == {"best": place, "worst": place, "of": 8}
    assert "Population is that of 2024-12-31." in one["notes"]

    wages = read("avg_wage", "2023")
    one = found["avg_wage"]
    assert (one["a"], one["b"], one["city"]) == tuple(wages[area] for area in ("medeu", "nauryzbay", "city"))
    assert one["ratio"] == pytest.approx(wages["medeu"] / wages["nauryzbay"])
    assert one["relative_b"] == pytest.approx(wages["nauryzbay"] / wages["city"] * 100)
    assert one["rank_a"] == {"best": 1, "worst": 2, "of": 8}, "Almaly has no figure and could stand before"
    assert any("low reliability" in note for note in one["notes"])
    assert any("interval" in note and "missing value" in note for note in one["notes"])

    one = found["births"]
    assert (one["as"], one["relative_a"]) == ("value", None)
    assert any("total" in note for note in one["notes"])
    one = found["natural_increase"]
    assert one["ratio"] is one["relative_a"] is None
    assert any("negative" in note for note in one["notes"])
    one = found["deaths_infectious"]
    assert (one["ratio"], one["rank_a"], one["rank_b"]) == (None, None, None)
    assert any("Fewer than 20 cases in medeu and nauryzbay" in note for note in one["notes"])
    one = found["universities"]
    assert (one["rank_a"]["best"], one["rank_b"]["worst"]) == (3, 8)
    assert not any("Fewer than 20" in note for note in one["notes"])


@pytest.mark.parametrize("auezov", AUEZOV)
def test_centre_beside_periphery(auezov):
    answer = told("compare", a="centre", b="periphery", auezov=auezov).json()
    assert list(answer) == ["a", "b", "auezov", "notes", "indicators"]
    assert (answer["a"], answer["b"], answer["auezov"]) == ("centre", "periphery", auezov)
    assert any("Auezov" in note for note in answer["notes"])
    inner = INNER | ({"auezov"} if auezov == "centre" else set())
    outer = set(DISTRICTS) - inner - ({"auezov"} if auezov == "out" else set())
    people, firms = read("population", "2024-12-31"), read("sme_active", "2024-12-31")
    one = next(one for one in answer["indicators"] if one["indicator"] == "sme_active")
    for name, group in (("a", inner), ("b", outer)):
        expected = sum(firms[area] for area in group) / sum(people[area] for area in group) * 1000
        assert one[name] == pytest.approx(expected)
        assert one[f"rank_{name}"] is None


def test_a_city_value_that_is_computed_here_is_said_to_be(dataset):
    found = compared_of(a="medeu", b="nauryzbay")
    said = {key for key, one in found.items() if "The city value is computed here." in one["notes"]}
    assert {"road_length", "birth_rate"} <= said, "their files have no row of the city"
    for key, one in found.items():
        published = "city" in read(key, one["period"])
        assert (key in said) == (one["city"] is not None and not published), key


def test_every_date_of_population_is_within_31_days():
    for one in compared_of(a="centre", b="nauryzbay").values():
        dates = [note for note in one["notes"] if note.startswith("Population is that of ")]
        assert len(dates) == (one["as"] == "per_1000")
        for note in dates:
            (on,) = (date.fromisoformat(word) for word in re.findall(r"[\d-]{10}", note))
            assert abs((on - parse(one["period"]).end).days) <= 31


def test_a_group_without_a_value_is_said_to_have_none():
    one = compared_of(a="centre", b="nauryzbay")["industrial_volume_index"]
    assert (one["a"], one["ratio"]) == (None, None)
    assert one["b"] == read("industrial_volume_index", one["period"])["nauryzbay"]
    assert f"No value for centre together in {one['period']}." in one["notes"]


def test_every_pair_of_places_is_answered(dataset):
    for a, b in combinations(PLACES, 2):
        record = comparing.compare(dataset, a, b, "periphery")
        found = {one.key: one for one in compare(dataset, a, b)}
        assert [one["indicator"] for one in record["indicators"]] == [
            key for key, one in found.items() if one.period
        ]
        assert all(isfinite(one) for one in numbers(record))
        assert (record["notes"] != []) == bool({a, b} & {"centre", "periphery"})
        for one in record["indicators"]:
            same = found[one["indicator"]]
            assert one["a"] is not None or one["b"] is not None
            assert (one["a"], one["b"], one["city"]) == (same.a, same.b, same.city)
            assert (one["ratio"], one["period"], one["as"]) == (same.ratio, same.period, same.transform)
            assert any("About the same" in note for note in one["notes"]) == same.about_same
            for place in (a, b):
                said = any(f"No value for {place}" in note for note in one["notes"])
                assert said == (place in same.missing)


@pytest.mark.parametrize(
    ("asked", "status", "title", "says", "nearest"),
    [
        ({}, 400, "Indicator missing", "indicator=", None),
        ({"indicator": "sme_activ"}, 404, "Unknown indicator", '"sme_activ" is unknown', "sme_active"),
        ({"indicator": "SME_ACTIVE"}, 404, "Unknown indicator", "sme_active", "sme_active"),
        ({"indicator": ""}, 404, "Unknown indicator", "is unknown", ""),
        ({"indicator": "population"}, 404, "Not measurable", "held against", ""),
        ({"indicator": "migration_net"}, 404, "Not measurable", "negative", ""),
        ({"indicator": "industrial_volume_index"}, 404, "Not measurable", "index", ""),
        ({"indicator": "infant_mortality_rate"}, 404, "Not measurable", "rate of births", ""),
        ({"indicator": "age_share_0_14"}, 404, "Not measurable", "neither a higher nor a lower", ""),
        ({"indicator": "grp_per_capita"}, 404, "Not measurable", "two districts", ""),
    ],
)
def test_problems_with_an_indicator_list_what_can_be_measured(dataset, asked, status, title, says, nearest):
    answer = told("polycentricity", **asked)
    body = answer.json()
    assert answer.status == body["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert list(body) == [*PROBLEM, *(["nearest"] if nearest is not None else []), "exists"]
    assert (body["title"], body["instance"]) == (title, "/api/v1/polycentricity")
    assert says in body["detail"]
    assert body["exists"] == measurable(dataset)
    if nearest is not None:
        assert 1 <= len(body["nearest"]) <= 3
        assert set(body["nearest"]) <= set(body["exists"])
        assert not nearest or body["nearest"][0] == nearest


def test_what_cannot_be_measured_says_why(dataset):
    for key in set(dataset.indicators) - set(measurable(dataset)):
        with pytest.raises(RequestError, match="cannot be measured: ") as refused:
            read_all(POLYCENTRICITY, [("indicator", key)], dataset)
        assert refused.value.status == 404


@pytest.mark.parametrize(
    ("period", "status", "nearest"),
    [
        ("2022", 404, "2022-12-31"),
        ("2023-12-30", 404, "2023-12-31"),
        ("2023-01-01/P6M", 404, "2023-06-30"),
        ("1850-01-01", 404, "2022-12-31"),
        ("", 400, ""),
        ("2023-13-31", 400, "2023-12-31"),
        ("2023-02-30", 400, ""),
        ("yesterday", 400, ""),
        ("LATEST", 400, ""),
        ("2023-12-31 ", 400, "2023-12-31"),
        ("٢٠٢٣", 400, ""),
    ],
)
def test_a_bad_period_lists_the_periods_there_are(period, status, nearest):
    answer = told("polycentricity", indicator="sme_active", period=period)
    body = answer.json()
    assert answer.status == body["status"] == status
    with (DATA / "tables" / "sme_active.csv").open(encoding="utf-8", newline="") as file:
        known = sorted({row["period"] for row in csv.DictReader(file) if row["area"] != "city"})
    assert body["exists"] == known
    assert set(body["nearest"]) <= set(known)
    assert not nearest or body["nearest"][0] == nearest
    assert len(body["detail"]) < 300


def test_the_nearest_periods_are_first_those_of_the_same_length():
    body = told("polycentricity", indicator="births", period="2025-01-01/P6M").json()
    same = [period for period in body["exists"] if period.endswith("/P6M")]
    assert body["nearest"][: len(same)] == same[::-1][:3]
    assert "2024" not in body["nearest"][:2], "it ends nearer, yet is a whole year"


@pytest.mark.parametrize("address", ["polycentricity?indicator=sme_active", "compare?a=medeu&b=city"])
@pytest.mark.parametrize("auezov", ["", "Centre", "both", "periphery "])
def test_a_bad_class_lists_the_three(address, auezov):
    answer = ask(f"/api/v1/{address}&auezov={quote(auezov)}")
    assert answer.status == 400
    assert answer.json()["exists"] == list(AUEZOV)
    assert set(answer.json()["nearest"]) <= set(AUEZOV)


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ({}, 400, "write a="),
        ({"a": "medeu"}, 400, "write b="),
        ({"b": "medeu"}, 400, "write a="),
        ({"a": "medeo", "b": "city"}, 404, 'a "medeo" is unknown; the nearest are medeu'),
        ({"a": "medeu", "b": "Centre"}, 404, "the nearest are centre"),
        ({"a": "medeu", "b": ""}, 404, 'b "" is unknown'),
        ({"a": "medeu", "b": "medeu"}, 400, 'both "medeu"'),
    ],
)
def test_a_bad_place_lists_the_places(asked, status, says):
    answer = told("compare", **asked)
    body = answer.json()
    assert answer.status == body["status"] == status
    assert says in body["detail"]
    assert body["instance"] == "/api/v1/compare"
    assert body["exists"] == [*DISTRICTS, "city", "centre", "periphery"]


GOOD = {
    "polycentricity": {"indicator": "sme_active", "period": "2023-12-31", "auezov": "out"},
    "compare": {"a": "medeu", "b": "city", "auezov": "out"},
}
FIELDS = [(path, field) for path, good in GOOD.items() for field in good]


@pytest.mark.parametrize(("path", "field"), FIELDS)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_bounded(path, field, value):
    sent = quote(value.encode("utf-8", "surrogatepass"))
    rest = "&".join(f"{key}={one}" for key, one in GOOD[path].items() if key != field)
    for given_value in (sent, "%ff%fe%80"):
        answer = ask(f"/api/v1/{path}?{rest}&{field}={given_value}")
        body = answer.json()
        assert answer.status in (400, 404)
        assert len(answer.body) < 3000
        assert body["detail"].isprintable()
        assert len(body["detail"]) < 400
        assert body["exists"]


@pytest.mark.parametrize(("path", "field"), FIELDS)
def test_a_repeated_parameter_is_refused(path, field):
    good = "&".join(f"{key}={one}" for key, one in GOOD[path].items())
    assert ask(f"/api/v1/{path}?{good}").status == 200
    for sent in (f"{field}=bogus&{good}", f"{good}&{field}=bogus", f"{field}=x&" * 900 + good):
        answer = ask(f"/api/v1/{path}?{sent}")
        assert answer.status == 400
        assert answer.json()["detail"].startswith(f"{field} is given {sent.count(f'{field}=')} times")


@settings(max_examples=60)
@given(st.sampled_from(FIELDS), st.text(max_size=200))
def test_nothing_that_is_sent_raises(where, value):
    path, field = where
    rest = "&".join(f"{key}={one}" for key, one in GOOD[path].items() if key != field)
    answer = ask(f"/api/v1/{path}?{rest}&{field}={quote(value.encode('utf-8', 'surrogatepass'))}")
    assert answer.status in (200, 400, 404)
    assert len(answer.json().get("detail", "")) < 400


def test_headers_methods_and_routes():
    assert {"/api/v1/polycentricity", "/api/v1/compare"} <= {operation.path for operation in SERVED}
    for path, good in GOOD.items():
        address = f"/api/v1/{path}?" + "&".join(f"{key}={one}" for key, one in good.items())
        for method in ("GET", "HEAD"):
            answer = ask(address, method=method)
            assert answer.status == 200
            assert answer.headers["access-control-allow-origin"] == "*"
            assert answer.headers["cache-control"] == "public, max-age=300"
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert ask(address, method=method).status == 405


@pytest.mark.parametrize("auezov", AUEZOV)
def test_the_command_line_says_the_same(auezov, capsys):
    words = ["--indicator", "sme_active", "--period", "2023-12-31", "--auezov", auezov, "--json"]
    assert main(["measures", *words]) == 0
    said = capsys.readouterr().out
    answer = told("polycentricity", indicator="sme_active", period="2023-12-31", auezov=auezov)
    assert said == answer.body.decode() + "\n"
    assert main(["compare", "--a", "centre", "--b", "medeu", "--auezov", auezov, "--json"]) == 0
    said = capsys.readouterr().out
    assert said == told("compare", a="centre", b="medeu", auezov=auezov).body.decode() + "\n"
    assert json.loads(said)["auezov"] == auezov


def test_tables_are_aligned_and_in_english(capsys):
    assert main(["measures", "--indicator", "sme_active", "--period", "2023-12-31"]) == 0
    head, columns, *rows = capsys.readouterr().out.splitlines()
    assert head == "Operating small and medium enterprises, 2023-12-31, n = 8"
    assert columns.split() == ["area", "shares", "population_shares", "location_quotients"]
    assert [row.split()[0] for row in rows[:8]] == list(DISTRICTS)
    assert len({len(row.split()) for row in rows[:8]}) == 1
    firms, people = read("sme_active", "2023-12-31"), read("population", "2023-12-31")
    shares = [
        [one[area] / sum(one[each] for each in DISTRICTS) for area in DISTRICTS] for one in (firms, people)
    ]
    hoover = sum(abs(s - p) for s, p in zip(*shares, strict=True)) / 2
    assert float(next(row for row in rows if row.startswith("hoover")).split()[1]) == round(hoover, 4)
    assert rows[-1].endswith(".")
    assert main(["measures", "--indicator", "avg_wage"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert next(line for line in said if line.startswith("primacy")).split() == ["primacy", "-"]
    assert main(["compare", "--a", "medeu", "--b", "nauryzbay"]) == 0
    head, columns, *rows = capsys.readouterr().out.splitlines()
    assert head == "a: medeu, b: nauryzbay"
    wages = next(row for row in rows if row.startswith("avg_wage "))
    assert wages.split()[:4] == ["avg_wage", "2023", "527339", "310732"]
    assert wages.split()[8:10] == ["1-2", "5-6"]


@pytest.mark.parametrize(
    ("words", "says", "lists"),
    [
        (["measures", "--indicator", "sme_activ"], 'indicator "sme_activ" is unknown', "sme_registered"),
        (["measures", "--indicator", "population"], "cannot be measured", "avg_wage"),
        (["measures", "--indicator", "avg_wage", "--period", "2016"], "no values", "2017, 2018"),
        (["measures", "--indicator", "avg_wage", "--period", "x\n"], "is not a period", "2017, 2018"),
        (["measures", "--indicator", "avg_wage", "--auezov", "in"], 'auezov "in" is unknown', "centre, out"),
        (["measures", "--indicator", "\udcff\n\x1b[31m"], "is unknown", "sme_active"),
        (["compare", "--a", "medeo", "--b", "city"], 'a "medeo" is unknown', "centre, periphery"),
        (["compare", "--a", "city", "--b", "city"], "two different", "centre, periphery"),
    ],
)
def test_errors_on_the_command_line_are_one_line_that_lists_what_exists(words, says, lists, capsys):
    assert main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert lists in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["measures", "compare"])
def test_the_commands_have_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert {"--json", "--auezov"} <= set(capsys.readouterr().out.split())
