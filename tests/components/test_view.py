"""One address is one view: whatever it says, and back again."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.view import View, from_query
from data.dataset import load
from data.target_assessment import REASONS
from data.targets import KINDS, STATES

DISTRICTS = ["alatau", "almaly", "auezov", "bostandyk", "medeu", "nauryzbay", "turksib", "zhetysu"]
ORDER = ["lang", "indicator", "against", "period", "as", "district", "topic", "target", "horizon"]
ORDER += ["auezov", "a", "b", "classes", "theme", "tab", "sort", "document", "kind", "state", "reason"]
CHOICES = {
    "lang": ["kk", "ru", "en"],
    "target": ["parity", *load().targets],
    "horizon": [2030, 2040, 2050],
    "auezov": ["periphery", "centre", "out"],
    "a": [*DISTRICTS, "city", "centre", "periphery"],
    "b": [*DISTRICTS, "city", "centre", "periphery"],
    "classes": [0, 3, 4],
    "theme": ["auto", "light", "dark"],
    "tab": ["districts", "explore"],
    "sort": ["topic", "distance", "change"],
    "document": [None, *load().targets],
    "kind": [None, *KINDS],
    "state": [None, *STATES],
    "reason": [None, *REASONS],
}
TOPICS = ["people", "economy", "services", "mobility", "safety_health", "environment", "housing"]
INDICATORS = load().indicators


def periods_of(key: str) -> list[str]:
    return sorted(load().observations[key]["period"].unique())


@st.composite
def views(draw) -> View:
    key = draw(st.sampled_from(list(INDICATORS)))
    return View(
        indicator=key,
        against=draw(st.sampled_from(list(INDICATORS))),
        period=draw(st.sampled_from(["latest", *periods_of(key)])),
        transform=draw(st.sampled_from([None, *INDICATORS[key].transforms])),
        district=tuple(draw(st.lists(st.sampled_from(DISTRICTS), unique=True))),
        topic=draw(st.sampled_from([None, *TOPICS])),
        **{field: draw(st.sampled_from(values)) for field, values in CHOICES.items()},
    )


def read(address: str, locale: str | None = None) -> tuple[View, tuple[str, ...]]:
    """What the app makes of the part of an address after the question mark."""
    return from_query(parse_qs(address, keep_blank_values=True), load(), locale)


def is_valid(view: View) -> bool:
    indicator = INDICATORS[view.indicator]
    return (
        all(getattr(view, field) in values for field, values in CHOICES.items())
        and view.against in INDICATORS
        and view.topic in (None, *TOPICS)
        and view.transform in (None, *indicator.transforms)
        and view.period in ("latest", *periods_of(view.indicator))
        and set(view.district) <= set(DISTRICTS)
        and len(set(view.district)) == len(view.district)
    )


@given(views())
@settings(max_examples=300)
def test_address_gives_the_view_back_with_nothing_ignored(view):
    query = view.to_query()
    assert read(urlencode(query, doseq=True)) == (view, ())
    assert list(query) == [key for key in ORDER if key in query], "keys are not in the fixed order"
    written = [one for value in query.values() for one in ([value] if isinstance(value, str) else value)]
    assert all(re.fullmatch(r"[a-zA-Z0-9_/-]+", one) for one in written), f"not ids only: {written}"


KNOWN = [
    *DISTRICTS,
    *INDICATORS,
    *TOPICS,
    "ru",
    "en",
    "latest",
    "2023",
    "2023-06-30",
    "2023-01-01/P9M",
    "share",
]
KEYS = st.one_of(st.sampled_from([*ORDER, "embed", "transform"]), st.text(max_size=12))
VALUES = st.one_of(
    st.sampled_from(KNOWN),
    st.text(max_size=40),
    st.sampled_from(
        ["٢٠٢٣", "0000", "2023-02-30", "4.0", "-1", "1e9", "medeu,almaly", "Ә" * 5000, "\0", " ru"]
    ),
)


@given(
    st.lists(st.tuples(KEYS, VALUES), max_size=25), st.sampled_from([None, "", "ru", "kk_KZ", "x" * 99, "--"])
)
@settings(max_examples=1000)
@example([(f"key{at}", "x" * at) for at in range(5000)], None)
@example([("district", f"place{at}") for at in range(5000)], None)
@example([("period", f"{year}") for year in range(1000, 5000)], None)
def test_any_query_string_gives_a_valid_view(pairs, locale):
    view, ignored = read(urlencode(pairs), locale)
    assert is_valid(view)
    assert all(len(part) <= 60 for part in ignored), "an ignored part is shown at full length"
    assert len(set(ignored)) == len(ignored)
    assert from_query({}, load())[0] == View()


@pytest.mark.parametrize(
    "address", ["", "%", "&&==&", "lang", "lang=&indicator=", "%ff%fe=%00", "a=b=c", "?lang=ru"]
)
def test_broken_addresses_give_a_valid_view(address):
    assert is_valid(read(address)[0])


def test_what_is_unknown_is_reported_and_the_rest_is_kept():
    view, ignored = read(
        "indicator=births&district=medeu&district=moon&district=almaly&colour=red&classes=5&as=relativ&horizon=2050.0"
    )
    assert view == View(indicator="births", district=("medeu", "almaly"))
    assert sorted(ignored) == ["as=relativ", "classes=5", "colour=red", "district=moon", "horizon=2050.0"]


def test_a_transform_that_the_indicator_does_not_have_is_reported():
    assert read("indicator=avg_wage&as=per_km2") == (View(indicator="avg_wage"), ("as=per_km2",))


def test_of_a_repeated_single_choice_the_last_good_one_counts():
    assert read("lang=ru&lang=en&lang=tlh") == (View(lang="en"), ("lang=tlh",))


def test_the_same_wrong_part_is_named_once():
    assert read("x=1&x=1&x=1")[1] == ("x=1",)


def test_a_long_part_is_cut_but_still_says_its_key():
    (part,) = read("indicator=" + "g" * 500)[1]
    assert part.startswith("indicator=ggg")
    assert part.endswith("…")
    assert len(part) == 60


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("ru,en;q=0.9", "ru"),
        ("en;q=0.9", "en"),
        ("ru;q=0.4, en-US;q=0.7, en;q=0.3", "en"),
        ("de-DE,ru;q=0.8", "ru"),
        ("en;q=0", "kk"),
        ("ru;q=high,en;q=0.2", "ru"),
        ("ru-RU", "ru"),
        ("en_US", "en"),
        ("EN", "en"),
        ("kk-KZ", "kk"),
        ("de-DE", "kk"),
        ("", "kk"),
        (None, "kk"),
    ],
)
def test_the_language_is_the_browsers_or_kazakh(locale, expected):
    assert read("", locale)[0].lang == expected
    assert read("lang=tlh", locale) == (View(lang=expected), ("lang=tlh",))
    assert read("lang=en", locale)[0].lang == "en", "the address goes before the browser"


def test_a_period_is_kept_where_it_exists_and_replaced_where_not():
    assert read("indicator=avg_wage&period=2019") == (View(indicator="avg_wage", period="2019"), ())
    assert read("indicator=avg_wage&period=2005") == (View(indicator="avg_wage"), ("period=2005",))
    assert read("indicator=avg_wage&period=last+year") == (View(indicator="avg_wage"), ("period=last year",))


def test_another_indicator_opens_as_it_opens_at_its_latest_period():
    before = View(
        lang="ru", indicator="avg_wage", period="2019", transform="value", district=("medeu",), classes=3
    )
    expected = replace(before, indicator="births", period="latest", transform=None)
    assert before.with_indicator("births") == expected
