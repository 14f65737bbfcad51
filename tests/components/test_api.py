"""The interface for machines: what it answers is what the data say, whoever asks and however."""

import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.cli.main import main
from components.export.records import progress as export
from components.export.records.json_records import as_json
from components.web import assets, server
from components.web.api.application import ROUTES, SERVED
from data.dataset import load
from data.parity import gap, parity
from data.target_assessment import announced
from geo.districts import DISTRICTS
from tests.components.visiting import HOSTILE, Answer, ask

WITH_PARITY = [key for key, indicator in load().indicators.items() if indicator.parity]
AREA_KEYS = [
    *("area", "base_period", "base_value", "base_gap", "latest_period", "latest_value", "latest_gap"),
    *("level", "side", "keeps_floor", "beyond_floor", "horizon", "pace", "pace_low", "pace_high"),
    *("observed_per_year", "observed_low", "observed_high", "required_per_year", "required_growth"),
    *("required_per_year_in_units", "fastest_per_year", "reading", "reversed_since", "methods", "reason"),
]
TARGET_KEYS = [
    *("id", "kind", "state", "confidence", "statement", "programme", "area", "topic", "base_year"),
    *("base_value", "target_year", "target_value", "unit", "better", "document", "url", "conflicts"),
    *("figure", "reading", "reason", "progress"),
]


def progress_of(**asked: str) -> Answer:
    return ask("/api/v1/progress?" + "&".join(f"{key}={quote(value)}" for key, value in asked.items()))


@pytest.mark.parametrize("horizon", [2026, 2050, 2100])
@pytest.mark.parametrize("indicator", WITH_PARITY)
def test_progress_says_what_the_data_say(dataset, indicator, horizon):
    answer = progress_of(indicator=indicator, target="parity", horizon=str(horizon))
    records = answer.json()
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert [record["area"] for record in records] == list(DISTRICTS)
    for record, one in zip(records, parity(dataset, indicator, horizon), strict=True):
        way = one.progress
        assert list(record) == AREA_KEYS
        assert record["horizon"] == horizon
        for end, point in (("base", one.base), ("latest", one.latest)):
            said = tuple(record[f"{end}_{what}"] for what in ("period", "value", "gap"))
            assert said == ((*point, gap(point[1])) if point else (None, None, None))
        for key in ("pace", "pace_low", "pace_high", "required_per_year", "reading"):
            assert record[key] == getattr(way, key)
        for key in ("observed_per_year", "observed_low", "observed_high"):
            assert record[key] == getattr(way, key)
        for key in ("level", "side", "keeps_floor", "required_growth"):
            assert record[key] == getattr(one, key)
        assert record["beyond_floor"] == [other["keeps_floor"] for other in records].count(False)
        assert (record["reversed_since"], record["reason"]) == (way.reversed_since, way.reason)
        assert record["required_per_year_in_units"] == one.required_per_year_in_units
        assert record["fastest_per_year"] == one.fastest_per_year
        assert record["methods"] == {
            name: {"ratio": said.ratio, "reading": said.reading, "reason": said.reason}
            for name, said in (("linear", way.linear), ("cagr", way.cagr), ("un", way.un))
        }


def test_the_wages_of_the_issue():
    records = {record["area"]: record for record in progress_of(indicator="avg_wage").json()}
    linear = {area: record["methods"]["linear"]["ratio"] for area, record in records.items()}
    assert linear["turksib"] == pytest.approx(3.829, abs=1e-3)
    assert linear["alatau"] == pytest.approx(-0.190, abs=1e-3)
    assert linear["almaly"] is linear["medeu"] is None
    assert (records["turksib"]["level"], records["alatau"]["level"]) == ("about", "below")
    assert records["alatau"]["required_growth"] == pytest.approx(1.34, abs=5e-3)


def test_there_are_indicators_with_parity_and_others(dataset):
    assert {"avg_wage", "parks_squares"} <= set(WITH_PARITY) < set(dataset.indicators)


def test_defaults_are_parity_and_2050_and_unknown_parameters_are_refused():
    full = progress_of(indicator="avg_wage", target="parity", horizon="2050")
    assert progress_of(indicator="avg_wage").body == full.body
    refused = progress_of(indicator="avg_wage", horizont="2040")
    assert (refused.status, refused.json()["nearest"][0]) == (400, "horizon")
    assert progress_of(indicator="avg_wage", horizon="2040").body != full.body


def test_targets_are_those_of_the_data(dataset):
    answer = ask("/api/v1/targets")
    records = answer.json()
    assert (answer.status, len(records)) == (200, len(dataset.targets))
    wait = {
        target.id
        for target in dataset.targets.values()
        if target.figure is not None
        and target.figure not in dataset.indicators
        and None not in (target.target_value, target.target_year)
        and target.kind not in ("forecast", "baseline", "output")
        and target.better != "neither"
    }
    assert {record["id"] for record in records if record["reason"] == "not_published"} == wait != set()
    for record, one in zip(records, announced(dataset), strict=True):
        assert list(record) == TARGET_KEYS
        for key in set(TARGET_KEYS) - {"programme", "reading", "reason", "progress", "conflicts"}:
            assert record[key] == getattr(one.target, key)
        assert record["programme"] == one.target.programme_name
        assert record["conflicts"] == list(one.target.conflicts)
        assert (record["reading"], record["reason"], record["progress"]) == (one.reading, one.reason, None)
        for key in ("statement", "programme", "unit"):
            assert set(record[key]) == {"kk", "ru", "en"}
    assert "Алматы" in answer.body.decode(), "letters as they are, without escapes"


@pytest.mark.parametrize(
    "address", ["/api/v1/targets", "/api/v1/progress?indicator=avg_wage", "/api/v1/progress?indicator=x"]
)
def test_headers_and_methods(address):
    for method in ("GET", "HEAD"):
        answer = ask(address, method=method)
        assert answer.status == (404 if address.endswith("=x") else 200)
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert answer.headers["access-control-allow-origin"] == "*"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask(address, method=method).status == 405


@pytest.mark.parametrize(
    ("asked", "status", "title", "says", "nearest"),
    [
        ({"indicator": "avg_wages"}, 404, "Unknown indicator", '"avg_wages" is unknown', "avg_wage"),
        ({"indicator": "AVG_WAGE"}, 404, "Unknown indicator", "avg_wage", "avg_wage"),
        ({"indicator": ""}, 404, "Unknown indicator", "is unknown", ""),
        ({"indicator": "population"}, 404, "No parity target", "neither a higher nor a lower", ""),
        ({"indicator": "school_place_deficit"}, 404, "No parity target", "gives no reason", ""),
        (
            {"indicator": "avg_wage", "target": "pariti"},
            404,
            "Unknown target",
            '"pariti" is unknown',
            "parity",
        ),
        (
            {"indicator": "avg_wage", "target": "MP18-01"},
            404,
            "Not a target by district",
            "announced",
            "parity",
        ),
        ({}, 400, "Indicator missing", "indicator=", None),
    ],
)
def test_problems(asked, status, title, says, nearest):
    answer = progress_of(**asked)
    body = answer.json()
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    expected = ["type", "title", "status", "detail", "instance"]
    assert list(body) == [*expected, *(["nearest"] if nearest is not None else []), "exists"]
    assert body["exists"] == (["parity"] if "target" in asked else WITH_PARITY)
    assert (body["type"], body["title"], body["status"]) == ("about:blank", title, status)
    assert body["instance"] == "/api/v1/progress"
    assert says in body["detail"]
    if nearest is not None:
        assert 1 <= len(body["nearest"]) <= 3
        assert set(body["nearest"]) <= set(body["exists"])
        assert "is unknown" not in says or all(one in body["detail"] for one in body["nearest"])
        assert not nearest or body["nearest"][0] == nearest


@pytest.mark.parametrize("horizon", ["2026", "2100", "2051"])
def test_every_whole_year_in_range_is_a_horizon(horizon):
    assert {one["horizon"] for one in progress_of(indicator="avg_wage", horizon=horizon).json()} == {
        int(horizon)
    }


@pytest.mark.parametrize(
    "horizon",
    [
        "2025",
        "2101",
        "",
        "-2050",
        "+2050",
        " 2050",
        "2050.0",
        "2_050",
        "1e3",
        "02050",
        "٢٠٥٠",
        "nan",
        "2050\n",
    ],
)
def test_a_bad_horizon_names_the_range(horizon):
    answer = progress_of(indicator="avg_wage", horizon=horizon)
    assert answer.status == answer.json()["status"] == 400
    assert "from 2026 to 2100" in answer.json()["detail"]


@pytest.mark.parametrize("field", ["indicator", "target", "horizon"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_bounded(field, value):
    value = value.encode("utf-8", "surrogatepass")
    answer = ask(f"/api/v1/progress?indicator=avg_wage&{field}={quote(value)}")
    assert answer.status in (400, 404)
    assert len(answer.body) < 1000
    assert answer.json()["detail"].isprintable()
    # what a byte that is no UTF-8 brings never ends up as more than a mark
    assert ask(f"/api/v1/progress?indicator=avg_wage&{field}=%ff%fe%80").status in (400, 404)


@given(st.sampled_from(["indicator", "target", "horizon"]), st.text(max_size=200))
def test_nothing_that_is_sent_raises(field, value):
    answer = ask(f"/api/v1/progress?{field}={quote(value.encode('utf-8', 'surrogatepass'))}")
    assert answer.status in (200, 400, 404)
    assert len(answer.json().get("detail", "")) < 400 if answer.status != 200 else answer.json()


def test_what_is_not_finite_is_null(dataset):
    one = parity(dataset, "avg_wage")[0]
    wild = type(one)(**{**vars(one), "fastest_per_year": float("nan"), "required_per_year_in_units": 1e400})
    record = export._parity(wild, 0)
    assert record["fastest_per_year"] is record["required_per_year_in_units"] is None
    with pytest.raises(ValueError, match="JSON"):
        as_json([float("nan")])


def test_the_server_has_the_routes():
    paths = [route.path for route in server.app()._user_routes]
    assert paths[: len(assets.ROUTES) + len(ROUTES)] == [route.path for route in (*assets.ROUTES, *ROUTES)]
    assert {"/api", "/embed/{figure}", "/oembed"} <= set(paths)
    assert {"/api/v1/progress", "/api/v1/targets"} <= {operation.path for operation in SERVED}


@pytest.mark.parametrize("indicator", WITH_PARITY)
def test_the_command_line_says_the_same(indicator, capsys):
    assert main(["progress", "--indicator", indicator, "--horizon", "2040", "--json"]) == 0
    assert capsys.readouterr().out == progress_of(indicator=indicator, horizon="2040").body.decode() + "\n"


def test_the_command_line_lists_the_same_targets(capsys):
    assert main(["targets", "--json"]) == 0
    assert capsys.readouterr().out == ask("/api/v1/targets").body.decode() + "\n"


def test_tables_are_aligned_and_in_english(capsys):
    assert main(["progress", "--indicator", "avg_wage"]) == 0
    title, _, _, head, *rows = capsys.readouterr().out.splitlines()
    assert title.startswith("Average monthly nominal wage")
    assert [row.split()[0] for row in rows] == list(DISTRICTS)
    end = head.index("latest_gap") + len("latest_gap")
    turksib = next(row for row in rows if row.startswith("turksib"))
    assert turksib[:end].endswith(" -4.805"), "numbers end where their heading ends"
    assert turksib.split()[3] == "about"
    assert next(row for row in rows if row.startswith("almaly")).split()[1] == "-"
    assert main(["targets"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert len(rows) == len(load().targets)
    assert "not_judged" in {row[head.index("reading") :].split()[0] for row in rows}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--indicator", "avg_wag"], 'indicator "avg_wag" is unknown; the nearest are avg_wage'),
        (["--indicator", "population"], "has no parity target"),
        (["--indicator", "avg_wage", "--horizon", "2101"], "is not a whole number from 2026 to 2100"),
        (["--indicator", "\udcff\n\x1b[31m"], "is unknown"),
    ],
)
def test_errors_on_the_command_line_are_one_sentence(words, says, capsys):
    assert main(["progress", *words]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["progress", "targets"])
def test_the_commands_have_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert "--json" in capsys.readouterr().out


def test_a_reader_who_stops_early_gets_no_traceback():
    program = Path(__import__("sys").executable).parent / "almaty2050"
    line = f"{program} targets | head -1"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("id")
    assert done.stderr == ""
