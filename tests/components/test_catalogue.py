"""The Data page: every indicator is in the catalogue, and its coverage is that of the file."""

import pytest

from components.figures.sections.catalogue import catalogue, coverage, indicator_page, introduction
from components.text.strings import LANGS
from components.view import View
from data.catalogue import TOPICS
from tests.components.published import TABLES, rows_of


def test_every_table_of_the_folder_is_in_the_catalogue(lang, dataset):
    links = list(catalogue(View(lang=lang), dataset).iter("a"))
    assert len(links) == len(list(TABLES.glob("*.csv"))) >= 71
    assert {a.text for a in links} == {one.title[lang] for one in dataset.indicators.values()}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_shows_its_own_indicators_only(topic, dataset):
    links = list(catalogue(View(lang="ru", topic=topic), dataset).iter("a"))
    own = {one.title["ru"] for one in dataset.indicators.values() if one.topic == topic}
    assert {a.text for a in links} == own
    assert own


def test_the_chosen_indicator_is_marked(dataset):
    marked = [a for a in catalogue(View(indicator="births"), dataset).iter("a") if a.get("aria-current")]
    assert [a.get("aria-current") for a in marked] == ["true"]
    assert "indicator=births" in marked[0].get("href")


def test_coverage_has_a_mark_a_value_of_the_file(key, dataset):
    rows = rows_of(key)
    table = coverage(dataset.observations[key], "en")
    marks = [cell.text for cell in table.iter("td")]
    low = sum(row["obs_status"] == "U" for row in rows)
    assert marks.count("○") == low
    assert marks.count("●") == len(rows) - low
    periods = len({row["period"] for row in rows})
    assert marks.count("–") == 9 * periods - len(rows)
    assert sum(one.get("scope") == "col" for one in table.iter("th")) == periods


def test_an_indicators_page_says_all_that_is_declared(key, dataset):
    one = dataset.indicators[key]
    lang = LANGS[len(key) % 3]
    said = " ".join(indicator_page(View(lang=lang, indicator=key), dataset).itertext())
    for words in (one.title, one.description, one.unit, *one.notes, *(row.reason for row in one.breaks)):
        assert words[lang] in said
    for source in one.sources:
        assert dataset.sources[source].title in said
        assert dataset.sources[source].licence[lang].rstrip(".") in said


def test_the_introduction_counts_what_there_is(lang, dataset):
    said = " ".join(introduction(View(lang=lang), dataset).itertext())
    values = sum(len(rows_of(path.stem)) for path in TABLES.glob("*.csv"))
    group = "," if lang == "en" else "\u00a0"
    assert f"{values:,}".replace(",", group) in said
    assert str(len(list(TABLES.glob("*.csv")))) in said
    assert str(len(dataset.sources)) in said
