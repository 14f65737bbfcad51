"""One district on one page: every number has its row, ranks are intervals, gaps are named, links are safe."""

import re
from functools import cache
from urllib.parse import parse_qs, urlencode

import pytest

from components.figure import Figure
from components.figures.drawing.frame import render_section, table
from components.figures.drawing.markup import markup
from components.figures.sections.district_figure import district_figure
from components.figures.sections.district_values import HEADLINES, TRENDS
from components.text.number_formats import period_in
from components.text.strings import LANGS, capitalised, text
from components.view import View, from_query
from data.dataset import load
from geo.districts import areas_km2, neighbours
from tests.components.published import (
    DISTRICTS,
    by_district,
    classes_of,
    declared,
    having,
    is_whole,
    name,
    published,
    words,
)
from tests.components.test_sentences import NUMBER, numbers, printed

SHORT = {key: declared(key)["short"] for key in load().indicators}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "\0",
    "medeu'",
)
EVERY = [(area, lang) for area in DISTRICTS for lang in LANGS]
PEOPLE = "2024-12-31"


@cache
def page(area: str, lang: str = "en") -> Figure:
    """The page of a district, drawn once."""
    return district_figure(View(lang=lang, district=(area,)), load())  # type: ignore[arg-type]


def section(figure: Figure, key: str) -> list[dict]:
    """The rows of one part of the page."""
    rows = figure.table[figure.table["section"] == text(figure.view.lang, f"profile.{key}")]
    return rows.to_dict("records")  # type: ignore[return-value]


def in_thousands(value: float, decimals: int) -> str:
    """A number as English writes it."""
    return f"{value:,.{decimals}f}".replace("-", "\u2212")


@pytest.mark.parametrize(("area", "lang"), EVERY)
def test_a_page_is_whole_and_every_number_of_its_sentence_is_in_its_table(area, lang):
    figure = page(area, lang)
    is_whole(figure, lang)
    when = capitalised(period_in(PEOPLE, lang))
    assert when in figure.sentence
    assert numbers(figure.sentence.replace(when, "")) <= printed(figure), figure.sentence
    assert name(area, lang).split()[0][:5] in figure.title
    share = 100 * by_district("population", PEOPLE)[area] / sum(by_district("population", PEOPLE).values())
    written = f"{share:.1f}".replace(".", "." if lang == "en" else ",")
    assert written in figure.sentence


@pytest.mark.parametrize(("area", "lang"), EVERY)
def test_every_number_that_is_drawn_is_in_the_table(area, lang):
    """Without the dates and the years, which are those of the periods, and the size of the district."""
    figure = page(area, lang)
    rows = words(table(figure.table, figure.columns, lang))
    for kind in ("tile", "against", "parity-lines"):
        for part in having(figure.picture, kind):
            for one in part.iter("b"):
                drawn = words(one)
                assert drawn == "–" or drawn in rows, f"{kind}: {drawn}"
    for part in having(figure.picture, "small-trends"):
        for label in (words(one) for one in part.iter("text")):
            assert all(one in rows for one in NUMBER.findall(label)), label


def test_the_key_figures_are_those_of_the_files():
    for area in DISTRICTS:
        rows = {row["title"]: row for row in section(page(area), "headlines")}
        for key, period in (("population", PEOPLE), ("birth_rate", None), ("migration_net", None)):
            known = {at: found for at, found in published(key).items() if area in found}
            at = period or max(one for one in known if len(one) == 4)
            decimals = declared(key).get("decimals", 0)
            row = next(one for one in section(page(area), "headlines") if one["title"] == SHORT[key]["en"])
            assert row["value"] == in_thousands(known[at][area], decimals), (area, key)
        assert len(rows) == len({SHORT[key]["en"] for key, _ in HEADLINES}) - (area == "almaly")
        tiles = [words(one.find("h3")) for one in having(page(area).picture, "tile")]
        assert tiles == [
            SHORT[key]["en"] for key, _ in HEADLINES if not (area == "almaly" and key == "avg_wage")
        ]


def test_a_rank_is_an_interval_where_a_district_is_missing():
    """Almaly has no wage: each of the others could stand one lower."""
    wages = by_district("avg_wage", "2023")
    assert "almaly" not in wages
    people = by_district("population", PEOPLE)
    for area in DISTRICTS:
        rows = {row["title"]: row for row in reversed(section(page(area), "headlines"))}
        best = 1 + sum(value > people[area] for value in people.values())
        assert rows[SHORT["population"]["en"]]["rank"] == f"{best} of 8 by value"
        if area in wages:
            best = 1 + sum(value > wages[area] for value in wages.values())
            assert rows[SHORT["avg_wage"]["en"]]["rank"] == f"{best}–{best + 1} of 8 by value"
            assert f"{best}–{best + 1} of 8 by value" in words(page(area).picture)


@pytest.mark.parametrize("area", DISTRICTS)
def test_at_most_three_strongest_and_weakest_and_none_in_both(area):
    figure = page(area)
    strong, weak = section(figure, "strong"), section(figure, "weak")
    assert len(strong) <= 3
    assert len(weak) <= 3
    assert not {row["title"] for row in strong} & {row["title"] for row in weak}
    key_of = {names["en"]: key for key, names in SHORT.items()}
    for rows, better in ((strong, True), (weak, False)):
        sizes = []
        for row in rows:
            side = {"higher": 1, "lower": -1}[declared(key_of[row["title"]])["better"]]
            distance = side * (float(row["value"].replace(",", "")) - 100)
            assert declared(key_of[row["title"]])["profile"]
            assert (distance > 0) == better
            assert abs(distance) > 4
            sizes.append(abs(distance))
        assert sizes == sorted(sizes, reverse=True)
        nothing = f"No indicator compared here is clearly {'better' if better else 'worse'} than"
        assert (nothing in figure.sentence) == (nothing in words(figure.picture)) == (not rows)
        if rows:
            assert f"{rows[0]['title']}, {rows[0]['value']}" in figure.sentence
    lists = list(having(figure.picture, "against"))
    assert [len(list(part.iter("li"))) for part in lists] == [len(strong), len(weak)]


@pytest.mark.parametrize(("area", "lang"), EVERY)
def test_gaps_in_the_data_are_listed(area, lang):
    """Indicators with figures by district that lack this one at the latest period of their main series."""
    (part,) = having(page(area, lang).picture, "gaps-in-data")
    lines = [words(one) for one in part.iter("li")]
    assert lines
    for key in load().indicators:
        districts = {period: found for period, found in published(key).items() if set(found) - {"city"}}
        never = districts and not any(area in found for found in districts.values())
        listed = text(lang, "profile.gap_never", title=SHORT[key][lang]) in lines
        assert listed == bool(never), key
    last = max(published("avg_wage"))
    assert (area not in published("avg_wage")[last]) == any(SHORT["avg_wage"][lang] in one for one in lines)
    one_line = [
        one for one in lines if one.startswith(text(lang, "profile.gap_few", names="|").split("|")[0])
    ]
    few = SHORT["deaths_road_traffic"][lang]
    assert (by_district("deaths_road_traffic", "2024")[area] < 20) == any(few in one for one in one_line)
    assert not any(SHORT["shopping_centres"][lang] in one for one in one_line), "a register is never few"


@pytest.mark.parametrize(("area", "lang"), EVERY)
def test_the_locator_and_the_facts(area, lang):
    figure = page(area, lang)
    (locator,) = having(figure.picture, "locator")
    shapes = list(having(locator, "district"))
    assert len(shapes) == 8
    here = [at for at, one in enumerate(shapes) if "here" in classes_of(one)]
    assert here == [DISTRICTS.index(area)]
    facts = words(next(having(figure.picture, "facts")))
    assert f"{areas_km2()[area]:.0f}" in facts
    assert all(name(one, lang) in facts for one in neighbours()[area])


@pytest.mark.parametrize("area", DISTRICTS)
def test_parity_and_trends_stand_in_the_table(area):
    figure = page(area)
    lines = list(next(having(figure.picture, "parity-lines")))
    assert len(lines) == 8
    rows = {row["title"]: row for row in section(figure, "parity")}
    for line in lines:
        title, gap = words(line.find("span")), words(line.find("b"))
        assert gap == "–" or rows[title]["value"] == gap
    trends = [words(one.find("figcaption")) for one in next(having(figure.picture, "small-trends"))]
    wanted = [SHORT[key]["en"] for key, _ in TRENDS if not (area == "almaly" and key == "avg_wage")]
    assert [one for one in wanted if any(trend.startswith(one) for trend in trends)] == wanted
    assert len(trends) == len(wanted)
    wages = {row["period"]: row["value"] for row in section(figure, "trends") if row["title"] == wanted[0]}
    if area != "almaly":
        known = {at: found[area] for at, found in published("avg_wage").items() if area in found}
        assert wages == {at: in_thousands(value, 0) for at, value in known.items()}


def test_without_a_district_the_first_one_is_shown():
    assert district_figure(View(lang="en"), load()).title == page("alatau").title
    two = district_figure(View(lang="en", district=("medeu", "almaly")), load())
    assert two.title == page("medeu").title


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("part", ["district", "horizon", "lang", "indicator", "sort", "a"])
def test_what_a_link_says_cannot_reach_the_markup(part, hostile):
    address = urlencode({"lang": "en", part: hostile})
    view, ignored = from_query(parse_qs(address, keep_blank_values=True), load())
    assert len(ignored) == 1
    figure = district_figure(view, load())
    page_of = markup(render_section(figure, 1))
    for said in (page_of, figure.title, figure.alt, figure.sentence):
        assert hostile not in said
    assert not re.search(r"<script|onerror|javascript:", page_of)
