"""A source that forbids redistribution: one rule, followed wherever its figures would leave."""

import json
from dataclasses import replace

import pytest

from components.export.records.comparison import compare
from components.export.records.licence import permit
from components.refusal import RequestError
from components.web.api import application
from data import datapackage
from data.dataset import Dataset, load
from data.licences import open_indicators, withheld
from tests.components.visiting import ask


@pytest.fixture
def closed(dataset) -> Dataset:
    """The project's data, if the source of nearly all wages forbade to publish them again."""
    owner = replace(dataset.sources["almatydc-2024"], redistribution=False)
    return replace(dataset, sources={**dataset.sources, owner.id: owner})


def test_every_real_source_allows_redistribution(dataset):
    assert [key for key in dataset.indicators if withheld(dataset, key)] == []


def test_the_sources_of_the_rows_decide(closed):
    assert [one.id for one in withheld(closed, "avg_wage")] == ["almatydc-2024"]
    assert withheld(closed, "sme_active") == ()
    permit(closed, "sme_active")
    permit(closed, "births")
    with pytest.raises(RequestError) as refused:
        permit(closed, "avg_wage")
    source = closed.sources["almatydc-2024"]
    assert (refused.value.status, refused.value.link) == (403, source.url)
    assert source.title in refused.value.detail


def test_a_source_that_is_declared_and_not_used_forbids_nothing(closed):
    rows = closed.observations["avg_wage"]
    other = replace(closed, observations={"avg_wage": rows[~rows["source"].str.contains("almatydc-2024")]})
    assert withheld(other, "avg_wage") == ()


def test_one_closed_source_of_several_behind_a_value_closes_it(closed):
    rows = closed.observations["births"].copy()
    rows.loc[0, "source"] += ";almatydc-2024"
    other = replace(closed, observations={"births": rows})
    assert [one.id for one in withheld(other, "births")] == ["almatydc-2024"]


@pytest.fixture
def served(closed, monkeypatch) -> Dataset:
    """The same data behind the interface for machines."""
    monkeypatch.setattr(application, "load", lambda: closed)
    return closed


@pytest.mark.parametrize(
    "address",
    [
        "observations?indicator=avg_wage",
        "observations?indicator=births&indicator=avg_wage&format=csv",
        "observations?indicator=avg_wage&as=index",
        "districts.geojson?indicator=avg_wage",
        "progress?indicator=avg_wage",
        "polycentricity?indicator=avg_wage",
    ],
)
def test_its_figures_are_refused_with_the_reason_and_the_owner(served, address):
    answer = ask(f"/api/v1/{address}")
    body = answer.json()
    source = served.sources["almatydc-2024"]
    assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
    assert body["link"] == source.url
    assert "forbids" in body["detail"]
    assert '"avg_wage"' in body["detail"]
    wages = set(served.observations["avg_wage"]["value"].astype(int).astype(str))
    assert not [value for value in wages if value in answer.body.decode()]


def test_of_all_observations_they_are_left_out_by_name(served):
    body = ask("/api/v1/observations?limit=10000").json()
    closed = [key for key in served.indicators if withheld(served, key)]
    assert "avg_wage" in closed
    assert body["withheld"] == closed
    assert {one["indicator"] for one in body["observations"]} == set(served.indicators) - set(closed)


def test_a_comparison_leaves_them_out_with_a_note(served):
    before = compare(load(), "medeu", "city", "periphery")
    body = ask("/api/v1/compare?a=medeu&b=city").json()
    left = {one["indicator"] for one in body["indicators"]}
    assert "avg_wage" in {one["indicator"] for one in before["indicators"]}
    assert "avg_wage" not in left
    (note,) = (note for note in body["notes"] if "avg_wage;" in note)
    assert served.sources["almatydc-2024"].url in note


def test_what_is_divided_by_a_closed_population_is_closed_too(dataset, monkeypatch):
    used = dataset.observations["population"]["source"].str.split(";").explode().unique()
    mine = set(dataset.observations["sme_active"]["source"].str.split(";").explode())
    sources = {
        key: replace(one, redistribution=key not in set(used) - mine) for key, one in dataset.sources.items()
    }
    monkeypatch.setattr(application, "load", lambda: replace(dataset, sources=sources))
    assert ask("/api/v1/observations?indicator=sme_active&as=value").status == 200
    for address in (
        "observations?indicator=sme_active&as=per_1000",
        "districts.geojson?indicator=sme_active&as=per_1000",
        "polycentricity?indicator=sme_active",
        "progress?indicator=sme_active",
    ):
        assert ask(f"/api/v1/{address}").status == 403


def test_they_are_in_no_package_of_all_tables(closed):
    packed = datapackage.files(closed)
    assert "tables/avg_wage.csv" not in packed
    assert "tables/sme_active.csv" in packed
    named = {one["path"] for one in json.loads(packed["datapackage.json"])["resources"]}
    assert (
        named
        == set(packed) - {"datapackage.json"}
        == {f"tables/{key}.csv" for key in open_indicators(closed)}
    )


def test_an_announced_target_they_would_judge_is_told_without_its_progress(closed, monkeypatch):
    declared = next(one for one in closed.targets.values() if one.kind == "target")
    judged = replace(
        declared, figure="avg_wage", area="alatau", target_year=2030, target_value=1e6, better="higher"
    )
    data = replace(closed, targets={judged.id: judged})
    monkeypatch.setattr(application, "load", lambda: data)
    (told,) = ask("/api/v1/targets").json()
    assert (told["reading"], told["reason"], told["progress"]) == ("not_judged", "withheld", None)
    assert told["target_value"] == 1e6
    monkeypatch.setattr(application, "load", lambda: replace(data, sources=load().sources))
    (told,) = ask("/api/v1/targets").json()
    assert told["progress"] is not None


def test_what_is_declared_of_them_and_borders_stay_open(served):
    (source,) = (
        one for one in ask("/api/v1/indicators/avg_wage").json()["sources"] if one["id"] == "almatydc-2024"
    )
    assert source["redistribution"] is False
    assert ask("/api/v1/districts.geojson").status == 200
