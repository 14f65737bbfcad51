"""The indicators for machines: what their files declare, read here with nothing but tomllib and csv."""

import csv
import tomllib

from data.dataset import DATA
from data.periods import parse
from tests.components.visiting import ask


def declared(key: str) -> dict:
    return tomllib.loads((DATA / "tables" / f"{key}.toml").read_text(encoding="utf-8"))


def test_every_indicator_is_there_once():
    found = ask("/api/v1/indicators").json()
    assert [one["id"] for one in found] == sorted(path.stem for path in (DATA / "tables").glob("*.toml"))
    for one in found:
        assert ask(f"/api/v1/indicators/{one['id']}").json() == one


def test_an_indicator_is_what_its_files_say(key):
    one, file = ask(f"/api/v1/indicators/{key}").json(), declared(key)
    sources = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))
    for name in ("title", "short", "unit", "description", "topic", "principle", "kind", "decimals"):
        assert one[name] == file[name]
    for name in ("transforms", "opens_with", "adds_up"):
        assert one[name] == file[name]
    for name in ("weight", "per", "parity", "good_since", "tolerance", "family"):
        assert one[name] == file.get(name)
    assert one["direction"] == file["better"]
    assert one["profile"] == file.get("profile", False)
    assert one["notes"] == file.get("notes", [])
    assert [{"period": broken["period"], **broken["reason"]} for broken in one["breaks"]] == file.get(
        "breaks", []
    )
    for said, source in zip(one["sources"], file["sources"], strict=True):
        assert said == {"id": source, "dated": None, "checked": None, **sources[source]}
    with (DATA / "tables" / f"{key}.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert set(one["periods"]) == {row["area"] for row in rows if row["value"]}
    for area, reach in one["periods"].items():
        known = [parse(row["period"]) for row in rows if row["area"] == area]
        assert reach == {"first": str(min(known)), "last": str(max(known))}


def test_an_unknown_one_is_refused_with_the_nearest():
    answer = ask("/api/v1/indicators/avg_wages")
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["nearest"][0] == "avg_wage"
    assert answer.json()["instance"] == "/api/v1/indicators/avg_wages"
