"""Generated sentences: every number in them stands in the printed table, every name is the right one."""

import re
from xml.etree.ElementTree import Element

import pytest
from scipy.stats import chisquare

from components.figures.drawing import frame
from components.figures.drawing.frame import table
from components.figures.drawing.markup import markup
from components.figures.maps.choropleth import map_figure
from components.selection import series_of
from components.text.number_formats import number
from components.text.sentences import (
    counted,
    full_name,
    headline_words,
    names,
    rank_of,
    refusal_sentence,
    short_name,
)
from components.text.strings import strings
from components.view import View
from data.dataset import load
from data.transforms import Refusal, transformed
from geo.districts import AREAS, DISTRICTS, declarations

NUMBER = re.compile(r"[\u2212+]?\d(?:[\d\u00a0.,]*\d)?")


def words(root: Element) -> str:
    return " | ".join(root.itertext())


def numbers(said: str) -> set[str]:
    """The numbers in a text, without the 1 of a ratio (2.04 to 1, 2,04 : 1)."""
    return set(NUMBER.findall(re.sub(r"( to|[ \u00a0]:)[ \u00a0]1\b", "", said)))


def printed(figure) -> set[str]:
    """Every number of the printed table and of the title, where the period stands."""
    return numbers(words(table(figure.table, figure.columns, figure.view.lang))) | numbers(figure.title)


def derived(figure) -> set[str]:
    """What a sentence may say of its table beyond its numbers.

    How many districts have a value, how likely chance makes their differences, and what changed since the
    base of an index (100).
    """
    lang, table = figure.view.lang, figure.table[figure.table["area"].isin(DISTRICTS)]
    series = series_of(figure.view, load())
    allowed = {str(len(DISTRICTS)), str(table["value"].count()), str(table["rank_best"].count())}
    if series.transform == "index":
        return allowed | {number(value - 100, 0, lang, signed=True) for value in table["value"].dropna()}
    rows = series.at(table["period"].iloc[0]).drop("city", errors="ignore")
    if rows["cases"].sum() > 0 and (rows["value"] > 0).all():
        exposure = rows["cases"] / rows["value"]
        allowed.add(
            number(chisquare(rows["cases"], rows["cases"].sum() * exposure / exposure.sum()).pvalue, 2, lang)
        )
    return allowed


def test_the_pattern_finds_numbers_as_they_are_written():
    said = "2023 жылы: 1\u00a0234,5, \u22120,3 және +12; 1,234.5 to 1."
    assert numbers(said) == {"2023", "1\u00a0234,5", "\u22120,3", "+12", "1,234.5"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_number_in_a_maps_sentence_is_in_its_table(key, language, map_of):
    figure = map_of(key, load().indicators[key].opens_with, language)
    assert figure.sentence
    assert numbers(figure.sentence) <= printed(figure) | derived(figure), figure.sentence


def test_every_number_in_a_maps_sentence_is_in_its_table_through_every_transform(case, map_of):
    figure = map_of(*case)
    period = figure.table["period"].iloc[0]
    if period in series_of(figure.view, load()).refused:
        assert not figure.table["value"].notna().any(), "refused, and yet there are values"
        return
    assert numbers(figure.sentence) <= printed(figure) | derived(figure), figure.sentence


def test_every_number_in_a_trends_sentence_is_in_its_table(case, trend_of):
    figure = trend_of(*case)
    if figure.table.empty:
        assert figure.sentence, "nothing is drawn and nothing is said"
        return
    assert numbers(figure.sentence) <= printed(figure), figure.sentence


def template(lang: str, key: str) -> re.Pattern[str]:
    """A sentence of the language files as a pattern with a group for each word put in."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(strings(lang)[f"sentence.{key}"])))


def place_names(areas, lang) -> tuple[str, str]:
    return names(areas, lang), ", ".join(declarations()[area]["locative"][lang] for area in areas)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_who_is_named_highest_and_lowest_is_so_in_the_table(language, dataset):
    """Every indicator, transform and period: the ends of all values, of few events too, or none named."""
    patterns = {key: template(language, key) for key in ("extremes_of", "extremes", "index")}
    ratio = template(language, "ratio")
    count = dict.fromkeys(patterns, 0)
    for key, indicator in dataset.indicators.items():
        for transform in indicator.transforms:
            series = transformed(dataset, key, transform)
            for period in series.periods():
                values = series.at(period)["value"].drop("city", errors="ignore")
                said = headline_words(series, period, language)[1]
                named = [(kind, match) for kind, each in patterns.items() if (match := each.match(said))]
                if not named:
                    assert not ratio.search(said), (key, transform, period, said)
                    continue
                kind, match = named[0]
                count[kind] += 1
                highest = [area for area in DISTRICTS if area in values and values[area] == values.max()]
                lowest = [area for area in DISTRICTS if area in values and values[area] == values.min()]
                group = "_in" if "{high_in}" in strings(language)[f"sentence.{kind}"] else ""
                for end, areas in (("high", highest), ("low", lowest)):
                    written = re.split(", ", match[end + group])
                    forms = {form for area in areas for form in place_names([area], language)}
                    assert len(written) == len(areas), (key, transform, period, said)
                    assert set(written) <= forms, (key, transform, period, said)
                if kind == "extremes_of":
                    assert match["n"] == str(len(values)), said
                if printed_ratio := ratio.search(said):
                    assert printed_ratio["ratio"] == number(values.max() / values.min(), 2, language), said
                    assert len(values) >= 7, said
                    assert transform != "index", said
    assert min(count.values()) > 20, count


def test_the_sentence_names_who_is_missing_and_who_has_few_cases(case, map_of):
    figure, lang = map_of(*case), case[2]
    rows = figure.table.set_index("area")
    missing = [area for area in DISTRICTS if rows.loc[area, "value"] != rows.loc[area, "value"]]
    if 0 < len(missing) < 8:
        assert names(missing, lang) in figure.sentence
    if not missing:
        assert numbers(figure.sentence), "all have values and the sentence gives none"


def test_a_ratio_is_the_highest_over_the_lowest(case, map_of):
    figure, lang = map_of(*case), case[2]
    note = figure.table[figure.table["area"] == ""]
    if note.empty:
        return
    values = figure.table.loc[figure.table["area"].isin(DISTRICTS), "value"].dropna()
    assert len(values) >= 7
    expected = number(values.max() / values.min(), 2, lang)
    assert note["status"].iloc[0].startswith(expected)
    assert expected in figure.sentence


def test_no_sentence_has_a_hole_or_a_doubled_sign(case, map_of, trend_of):
    for figure in (map_of(*case), trend_of(*case)):
        for said in (figure.title, figure.subtitle, figure.sentence, figure.alt, *figure.foot):
            assert not re.search(r"[{}]|\bnan\b|None|  |\.\.(?!\.)|,,| [.,;]", said), said


def test_refused_periods_say_why_in_words(case):
    key, transform, lang = case
    figures = series_of(View(lang=lang, indicator=key, transform=transform), load())
    for period, refusal in figures.refused.items():
        view = View(lang=lang, indicator=key, transform=transform, period=period)
        assert map_figure(view, load()).sentence == refusal_sentence(period, refusal, lang)


def test_a_refusal_names_the_nearest_date():
    said = refusal_sentence("2020", Refusal("no_population", "2021-06-30"), "en")
    assert said.startswith("2020:")
    assert "30 June 2021" in said
    assert "31 days" in said


def test_names_of_places(lang):
    assert short_name("turksib", lang) == {"kk": "Түрксіб", "ru": "Турксибский", "en": "Turksib"}[lang]
    expected = {"kk": "Түрксіб ауданы", "ru": "Турксибский район", "en": "Turksib district"}[lang]
    assert full_name("turksib", lang) == expected
    assert len({full_name(area, lang) for area in AREAS}) == 9


def test_a_rank_is_among_the_eight_districts():
    assert rank_of("2–4", "en") == "2–4 of 8 by value"
    assert rank_of("3", "ru") == "3-е по величине из 8"


def test_readings_are_counted_the_most_frequent_first():
    assert counted(["behind", "on course", "on course"], "en") == "on course: 2, behind: 1"


def test_a_figure_links_each_source_and_says_its_licence(case, map_of, trend_of):
    for figure in (map_of(*case), trend_of(*case)):
        assert figure.sources
        line = markup(frame.sources(figure))
        for source in figure.sources:
            assert source.licence
            assert source.links
            assert all(url.startswith("https://") for url, _ in source.links)
        assert line.count("<a ") == sum(len(source.links) for source in figure.sources)
