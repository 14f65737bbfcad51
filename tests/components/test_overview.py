"""The first page, recomputed by hand from the csv files."""

import re
from dataclasses import replace
from datetime import date
from math import log
from urllib.parse import parse_qs, urlsplit

import pytest

from components.figures.drawing import frame
from components.figures.drawing.markup import markup
from components.figures.registry import CARDS, draw_for_page, has_figure
from components.figures.sections.highest_lowest import gaps_figure
from components.figures.sections.overview import (
    moves_figure,
    schools_figure,
    source_ages,
    thumbnail,
    wage_figure,
)
from components.view import View, from_query
from tests.components.published import published

CENTRE = ("almaly", "bostandyk", "medeu")
PERIPHERY = ("alatau", "nauryzbay", "turksib", "zhetysu")
LOWEST_NAME = {
    "alatau": ("Алатау", "Алатауском", "Alatau"),
    "nauryzbay": ("Наурызбай", "Наурызбайском", "Nauryzbay"),
}


def cards(lang, dataset):
    """The figures that stand on the first page, as the registry draws them."""
    names = [name for name, spec in CARDS.items() if spec.page == "overview"]
    return [draw_for_page(name, View(lang=lang), dataset) for name in names]


def written(value: float, decimals: int, lang: str) -> str:
    """A number below 1,000 as the language writes it."""
    return f"{value:.{decimals}f}".replace(".", "." if lang == "en" else ",")


def test_the_wage_of_medeu_against_nauryzbay(lang, dataset):
    wages = {year: row for year, row in published("avg_wage").items() if {"medeu", "nauryzbay"} <= set(row)}
    ratio = {year: row["medeu"] / row["nauryzbay"] for year, row in sorted(wages.items())}
    last = max(ratio)
    lowest_year = min(ratio, key=lambda year: ratio[year])
    figure = wage_figure(View(lang=lang), dataset)
    assert "2017" in ratio
    for number in (ratio["2019"], ratio[lowest_year], ratio[last]):
        assert written(number, 2, lang) in figure.sentence
    assert lowest_year in figure.sentence
    assert last in figure.sentence
    districts = {area: value for area, value in wages[last].items() if area != "city"}
    lowest = min(districts, key=lambda area: districts[area])
    assert LOWEST_NAME[lowest][("kk", "ru", "en").index(lang)] in figure.sentence
    assert dict(zip(figure.table["period"], figure.table["ratio"], strict=True)) == pytest.approx(ratio)
    assert figure.foot, "by place of employer, secondary copy: it has to be said"


def test_the_wage_ratio_fell_and_rose_as_the_sentence_says(dataset):
    """The sentence says it fell and rose; the words hold only while the data do that."""
    table = wage_figure(View(lang="en"), dataset).table.set_index("period")["ratio"]
    low = table.idxmin()
    assert table["2019"] > table[low] < table.iloc[-1]
    assert "2019" < low < table.index[-1]


def without(dataset, indicator, dropped):
    """The dataset without some rows of one indicator."""
    table = dataset.observations[indicator]
    observations = {**dataset.observations, indicator: table[~dropped(table)].reset_index(drop=True)}
    return replace(dataset, observations=observations)


def test_there_is_no_wage_figure_without_the_year_it_speaks_of(dataset):
    """The sentence quotes the ratio of 2019; without that row it has nothing to say, and the page goes on."""
    missing = without(
        dataset, "avg_wage", lambda rows: (rows["period"] == "2019") & (rows["area"] == "nauryzbay")
    )
    assert wage_figure(View(lang="en"), missing) is None
    assert not has_figure("wage", View(lang="en"), missing)


def test_the_line_of_school_places_does_not_need_the_year_2010(dataset):
    whole = schools_figure(View(lang="en"), dataset)
    figure = schools_figure(
        View(lang="en"),
        without(dataset, "school_places_opened", lambda rows: rows["period"].str.startswith("2010")),
    )
    assert 2010 in list(whole.table["period"])
    assert 2010 not in list(figure.table["period"])
    assert ">2010<" in markup(whole.picture)
    assert ">2011<" in markup(figure.picture)


def test_the_share_of_the_centre_in_school_places(lang, dataset):
    places = {
        period: row for period, row in published("school_places_opened").items() if period >= "1990-12-31"
    }
    share = {
        period[:4]: 100 * centre / (centre + sum(row[area] for area in (*PERIPHERY, "auezov")))
        for period, row in sorted(places.items())
        for centre in [sum(row[area] for area in CENTRE)]
    }
    first, *_, last = share
    figure = schools_figure(View(lang=lang), dataset)
    assert first == "1990"
    space = "\u00a0" if lang == "ru" else ""
    for year in ("2000", last):
        assert year in figure.sentence
        assert f"{written(share[year], 1, lang)}{space}%" in figure.sentence
    for year in (first, "2000", last):
        assert f">{written(share[year], 1, lang)}{space}%<" in markup(figure.picture)
    table = dict(zip(map(str, figure.table["period"]), figure.table["share"], strict=True))
    assert table == pytest.approx(share)
    assert figure.foot


def test_the_largest_moves_are_in_order_and_each_is_a_difference(lang, dataset):
    table = moves_figure(View(lang=lang), dataset).table
    assert len(table) == 5
    assert table["change"].to_numpy() == pytest.approx(
        (table["value_after"] - table["value_before"]).to_numpy()
    )
    sizes = list((table["value_after"] / table["value_before"]).map(log).abs())
    assert sizes == sorted(sizes, reverse=True)
    for row in table.to_dict("records"):
        assert row["before"][4:] == row["after"][4:], "the two periods are not equal parts of a year"
        assert int(row["after"][:4]) > int(row["before"][:4])


def test_every_number_of_the_pictures_is_in_a_table(lang, dataset):
    for figure in (gaps_figure(View(lang=lang), dataset), moves_figure(View(lang=lang), dataset)):
        numbers = {
            written(abs(value), decimals, lang).translate({0x2212: None})
            for column in figure.columns
            if column.decimals is not None
            for value in figure.table[column.key]
            for decimals in (column.decimals, 1, 2, 3)
        }
        said = " ".join(figure.picture.itertext())
        said = re.sub(r"\b\d\d\.\d\d\.\d{4}|\b(19|20)\d\d\b|1[\u00a0,]?000|= 100| : 1\b", " ", said)
        for row in figure.table.to_dict("records"):
            said = said.replace(str(row["title"]), " ")
        assert set(re.findall(r"\d+(?:[.,]\d+)?", said)) <= numbers


def test_every_link_of_the_page_opens_a_view_with_nothing_ignored(lang, dataset):
    parts = [
        *(frame.card(figure) for figure in cards(lang, dataset)),
        thumbnail(View(lang=lang), dataset),
    ]
    links = [a.get("href") for part in parts for a in part.iter("a") if a.get("href").startswith("/")]
    assert len(links) >= 9
    for link in links:
        view, ignored = from_query(parse_qs(urlsplit(link).query), dataset)
        assert not ignored, link
        assert view.lang == lang
        assert urlsplit(link).path in ("/map", "/trends", "/data", "/polycentricity", "/")


def test_each_figure_of_the_page_has_a_title_and_a_source(lang, dataset):
    shown = cards(lang, dataset)
    assert len({figure.title for figure in shown}) == 4
    assert all(figure.sources for figure in shown)


@pytest.mark.parametrize("today", [date(2026, 6, 1), date(2099, 1, 1)])
def test_ages_count_from_the_end_of_the_latest_period(today, dataset):
    page = source_ages(View(lang="en"), dataset, today)
    rows = list(page.iter("li"))
    used = {
        key
        for table in dataset.observations.values()
        for joined in table["source"]
        for key in joined.split(";")
    }
    named = {(source.body["en"], source.copy["en"]) for source in map(dataset.sources.get, used)}
    assert len(rows) == len(named) < len(used)
    ages = [float(age) for age in re.findall(r"([\d.]+) years ago", " ".join(page.itertext()))]
    assert ages
    assert all(age >= 2 for age in ages), "younger ages are told in months"
    if today.year == 2099:
        assert len(ages) == len(named)
        assert min(ages) > 70


def test_sources_are_named_in_the_language_of_the_page(lang, dataset):
    page = source_ages(View(lang=lang), dataset, date(2026, 6, 1))
    links = ["".join(link.itertext()) for link in page.iter("a")]
    assert len(set(links)) == len(links)
    assert all(
        any(link.startswith(source.body[lang]) for source in dataset.sources.values()) for link in links
    )
    assert not {source.title for source in dataset.sources.values()} & set(links)


def test_the_thumbnail_draws_eight_districts(lang, dataset):
    root = thumbnail(View(lang=lang), dataset)
    assert sum("district" in one.get("class", "").split() for one in root.iter("path")) == 8
