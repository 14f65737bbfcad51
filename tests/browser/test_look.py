"""Nothing overlaps, nothing is cut, nothing runs out of the page: at 375 and 1440 px, in every language."""

from collections.abc import Callable

import pytest

from components.figures.drawing.frame import render_section
from components.figures.drawing.markup import markup
from components.figures.maps.choropleth import map_figure
from components.text.strings import LANGS, Lang
from components.view import View
from data.dataset import Dataset
from tests.browser.layout import cut, overlaps, resize, show, sideways
from tests.browser.reader import Reader
from tests.inventory import VIEWS, address

PHONE = {"viewport": {"width": 375, "height": 812}, "is_mobile": True, "has_touch": True}
LONGEST = {"kk": "crimes_registered", "ru": "deaths_external", "en": "deaths_respiratory"}
"""Indicators whose names in the select box are the longest."""
LONG = (
    "polycentricity?indicator=avg_wage",
    "polycentricity?indicator=sme_active",
    "polycentricity?indicator=school_places_opened",
    "compare?a=nauryzbay&b=bostandyk&sort=distance",
    "compare?a=centre&b=periphery&indicator=crimes_registered",
    "district?district=alatau",
    "district?district=almaly",
)
HEADS = ".dumbbell.heads .value, .dumbbell.heads small"
CHARTS = """() => [...document.querySelectorAll("[class*=st-key-]")]
    .flatMap((one) => [...one.classList].filter((name) => /^st-key-.*-chart$/.test(name)))"""
IN_A_CHART = ":is(.annotation-text, .xtick text, .ytick text, .textpoint text, .bartext)"
IS_LIGHT = """() => getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor
    .match(/\\d+/g).slice(0, 3).every((one) => Number(one) > 128)"""
ON_THE_MAP = "svg.map .label, .steps b"


def test_pages_fit_a_phone(readers: Callable[..., Reader]) -> None:
    """Opened there, not made narrow later: Streamlit lays a page out anew."""
    reader = readers(**PHONE)
    paths = [*VIEWS.values(), "polycentricity?indicator=sme_active"]
    for index, path in enumerate(paths):
        page = reader.open(address(path, ("kk", "ru")[index % 2]))
        assert cut(page) == []
        assert sideways(page) <= 0


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", LONG)
def test_a_page_of_many_figures_fits_every_window_by_day_and_by_night(
    path: str, lang: Lang, reader: Reader
) -> None:
    page = reader.open(address(path, lang))
    wrong = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(IS_LIGHT if scheme == "light" else f"() => !({IS_LIGHT})()")
        reader.complete()
        for width in (1440, 375, 320):
            resize(page, width)
            found = [one for one in cut(page) if " · " not in one]  # the topic after a name may be cut
            found += [*overlaps(page, HEADS), *overlaps(page, ".map-side .label")]
            if width > 320:  # on the narrowest phones names of a scatter may touch: the table has them all
                found += [
                    pair
                    for chart in page.evaluate(CHARTS)
                    for pair in overlaps(page, f".{chart} {IN_A_CHART}")
                ]
            wrong[scheme, width] = found + ["sideways"] * (sideways(page) > 0)
    assert not {case: found for case, found in wrong.items() if found}


@pytest.mark.parametrize("lang", LANGS)
def test_long_names_in_select_boxes_are_readable(lang: Lang, reader: Reader) -> None:
    page = reader.open(f"/map?lang={lang}&indicator={LONGEST[lang]}&period=2023-01-01/P9M&classes=0")
    assert [one for one in cut(page) if " · " not in one] == [], "at a desk only the topic may be cut"
    box = page.get_by_test_id("stSelectbox").first.get_by_role("combobox")
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        written, needed, there = box.evaluate(
            """(one) => {
                const pen = document.createElement("canvas").getContext("2d");
                pen.font = getComputedStyle(one).font;
                return [one.value, pen.measureText(one.value.split(" · ")[0]).width, one.clientWidth];
            }"""
        )
        assert " · " in written
        assert needed <= there, f"{written} is cut at {width} px"


def test_names_and_values_on_the_map_keep_apart(reader: Reader, dataset: Dataset) -> None:
    """Every indicator in the page's own style; Russian has the longest names, so all of them in Russian."""
    page = reader.open("/map?lang=ru")
    wrong = {}
    for width in (1440, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert overlaps(page, ON_THE_MAP) == []
        for at, key in enumerate(dataset.indicators):
            for lang in {"ru", LANGS[at % 3]}:
                show(page, markup(render_section(map_figure(View(lang=lang, indicator=key), dataset), 1)))
                wrong[width, key, lang] = overlaps(page, ON_THE_MAP) + cut(page)
    assert not {case: found for case, found in wrong.items() if found}
