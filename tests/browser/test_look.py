"""Nothing overlaps, nothing is cut, nothing runs out of the page: at 375 and 1440 px, in every language."""

import pytest

from components.figures.choropleth import map_figure
from components.figures.frame import whole
from components.figures.markup import markup
from components.text.strings import LANGS
from components.view import View

PAGES = ("", "map", "map?tab=explore", "trends", "data")
WIDTHS = (375, 1440)
LONGEST = {"kk": "crimes_registered", "ru": "deaths_external", "en": "deaths_respiratory"}
"""Indicators whose names in the select box are the longest."""

EVERY = """
  const every = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? every(one.shadowRoot) : [])]);
  const hasText = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
"""
CUT = f"""() => {{ {EVERY}
  const page = document.documentElement.clientWidth;
  return every(document).flatMap((one) => {{
    const box = one.getBoundingClientRect();
    if (box.width < 4) return [];
    if (one.tagName === "INPUT") return one.scrollWidth > one.clientWidth + 1 ? ["cut: " + one.value] : [];
    if (!hasText(one) || one.closest(".table-scroll, style, script")) return [];
    const hides = ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
    if (hides && one.scrollWidth > one.clientWidth + 1) return ["cut: " + one.textContent];
    return box.right > page + 1 || box.left < -1 ? ["outside: " + one.textContent] : [];
  }});
}}"""
OVERLAPS = f"""(selector) => {{ {EVERY}
  const texts = every(document).filter((one) => one.matches(selector));
  const lines = (one) => [...(one.children.length ? one.children : [one])].map((part) => {{
    const range = document.createRange();
    range.selectNodeContents(part);
    const {{ left, right, top, bottom, height }} = range.getBoundingClientRect();
    return {{ left, right, top: top + height * 0.15, bottom: bottom - height * 0.15 }};
  }});
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  return texts.flatMap((one, at) => texts.slice(at + 1)
    .filter((other) => lines(one).some((a) => lines(other).some((b) => meet(a, b))))
    .map((other) => one.textContent + " | " + other.textContent));
}}"""
SHOW = f"""(content) => {{ {EVERY}
  every(document).find((one) => one.id === "figure").innerHTML = content;
}}"""
ON_THE_MAP = "svg.map .label, .steps b"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_cut_and_nothing_runs_out_of_the_page(width, lang, readers):
    reader = readers(viewport={"width": width, "height": 900})
    for name in PAGES:
        page = reader.open(f"/{name}{'&' if '?' in name else '?'}lang={lang}")
        if name == "trends":
            page.locator(".scatterlayer .trace").nth(7).wait_for()
        found = page.evaluate(CUT)
        assert not found, f"/{name}: {found}"
        for scroller in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
            assert page.evaluate(f"{scroller}.scrollWidth") <= width, f"/{name} scrolls sideways"


@pytest.mark.parametrize("lang", LANGS)
def test_the_longest_name_of_an_indicator_is_readable(lang, readers):
    for width in WIDTHS:
        page = readers(viewport={"width": width, "height": 900}).open(
            f"/map?lang={lang}&indicator={LONGEST[lang]}"
        )
        box = page.get_by_test_id("stSelectbox").first.get_by_role("combobox")
        written, needed, there = box.evaluate(
            """(one) => {
                const pen = document.createElement("canvas").getContext("2d");
                pen.font = getComputedStyle(one).font;
                return [one.value, pen.measureText(one.value.split(" · ")[0]).width, one.clientWidth];
            }"""
        )
        assert " · " in written
        assert needed <= there, f"{written} is cut at {width} px"


@pytest.mark.parametrize("lang", LANGS)
def test_a_part_year_and_a_long_transform_are_not_cut_on_a_desk(lang, reader):
    page = reader.open(f"/map?lang={lang}&indicator=sme_active&as=per_1000&classes=0")
    assert page.evaluate(CUT) == []
    page = reader.open(f"/map?lang={lang}&indicator=births&period=2023-01-01/P9M")
    assert [one for one in page.evaluate(CUT) if " · " not in one] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_names_and_values_on_the_map_keep_apart(width, readers, dataset):
    """Every indicator in the page's own style; Russian has the longest names, so all of them in Russian."""
    page = readers(viewport={"width": width, "height": 900}).open("/map?lang=ru")
    assert page.evaluate(OVERLAPS, ON_THE_MAP) == []
    wrong = {}
    for at, key in enumerate(dataset.indicators):
        for lang in {"ru", LANGS[at % 3]}:
            page.evaluate(SHOW, markup(whole(map_figure(View(lang=lang, indicator=key), dataset), 1)))
            wrong[key, lang] = page.evaluate(OVERLAPS, ON_THE_MAP) + page.evaluate(CUT)
    assert not {case: found for case, found in wrong.items() if found}


@pytest.mark.parametrize("lang", LANGS)
def test_the_bar_does_not_overlap_itself(lang, readers):
    for width in WIDTHS:
        page = readers(viewport={"width": width, "height": 900}).open(f"/?lang={lang}")
        assert page.locator(".st-key-bar p").count() >= 8
        assert page.evaluate(OVERLAPS, ".st-key-bar p") == [], f"at {width} px"
