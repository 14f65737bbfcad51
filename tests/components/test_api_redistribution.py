"""A source that forbids redistribution: one rule, followed wherever its figures would leave."""

from dataclasses import replace

import pytest

from components.export.records import Refused
from components.export.redistribution import permit, withheld
from data.dataset import Dataset


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
    permit(closed, "sme_active", "births")
    with pytest.raises(Refused) as refused:
        permit(closed, "sme_active", "avg_wage")
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
