"""Every displayed string exists in three languages, with the same placeholders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from components.arguments import Sort, Tab
from components.export.rendering.page_images import Size
from components.figures.registry import FIGURES
from components.figures.tables.measures_table import MEASURES
from components.text.strings import LANGS, capitalised, strings, text
from data.catalogue import PRINCIPLES, TOPICS, TRANSFORMS
from data.centre_periphery import AUEZOV
from data.centre_periphery_trend import BalanceReading as Centred
from data.centre_periphery_trend import HeadlineKind
from data.comparison import GROUPS
from data.levels import Side
from data.periods import SERIES
from data.progress import ProgressReading
from data.target_assessment import REASONS
from data.targets import KINDS as TARGET_KINDS
from data.targets import STATES
from geo.aggregate import KINDS
from geo.districts import declarations
from geo.uploads import reader

ROOT = Path(__file__).parents[2]
CODE = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "components").rglob("*.py")]
FAMILIES = {
    "title": TRANSFORMS,
    "unit": [one for one in TRANSFORMS if one != "value"],
    "as": TRANSFORMS,
    "period": [*SERIES, *(f"in_{one}" for one in SERIES)],
    "series": SERIES,
    "word": ["better", "worse"],
    "sentence": ["alike", "beyond", "equal", "extremes", "extremes_of", "few_compared"],
    "month": [f"of_day.{month}" for month in range(1, 13)],
    "topic": ["all", *TOPICS],
    "principle": PRINCIPLES,
    "kind": ["stock", "flow", "rate", "index"],
    "better": ["higher", "lower", "neither"],
    "status": [f"{one}{form}" for one in "ABEFMPU" for form in ("", "_short")],
    "refused": ["no_population", "no_city", "before_break"],
    "reading": get_args(ProgressReading),
    "reading_short": get_args(ProgressReading),
    "reason": [
        *(*REASONS, "no_city", "no_population", "before_break"),
        *("not_positive", "base_equals_target", "out_of_range"),
        *("one_period", "short_series", "on_good_side"),
    ],
    "side": get_args(Side),
    "targets": [
        *("needed_higher", "needed_lower", "floor_yes", "floor_no"),
        *("floor_below", "floor_above", "floor_none_below", "floor_none_above"),
    ],
    "target_kind": TARGET_KINDS,
    "target_state": STATES,
    "time": ["back", "play", "forward"],
    "confidence": ["high", "medium", "low"],
    "page": sorted(path.stem for path in (ROOT / "pages").glob("*.py")),
    "ui": [
        *("classes_0", "classes_3", "classes_4", *(f"{one}_tab" for one in get_args(Tab))),
        *("document", "kind", "state", "reason", "all", "place_a", "place_b"),
        *("auezov", "classes", "horizon", "sort", "topic"),
    ],
    "xlsx": ["data", "notes"],
    "place": [f"{one}{form}" for one in ("city", *GROUPS) for form in ("", "_short")],
    "auezov": AUEZOV,
    "auezov_short": AUEZOV,
    "centred": get_args(Centred),
    "centred_sentence": get_args(Centred),
    "published": FIGURES,
    "measure": MEASURES,
    "measure_meaning": MEASURES,
    "method": get_args(HeadlineKind),
    "sort": get_args(Sort),
    "polycentricity": [
        *(
            f"{kind}{form}"
            for kind in get_args(HeadlineKind)
            for form in ("", "_title", "_unit", "_one", "_two")
        ),
        *("contributions_sentence", "contributions_down", "contributions_up", "points", "ratio_points"),
        *("equal", "by_population", "all_districts", "few_districts"),
    ],
    "profile": [
        *("save_pdf", "save_html"),
        *(f"class_{one}" for one in sorted({one["class"] for one in declarations().values()})),
        *("strong", "weak", "strong_sentence", "weak_sentence", "strong_none", "weak_none"),
    ],
    "compare": ["all_sentence", "all_moved"],
    "share": ["light", "dark", "auto", *(f"size_{one}" for one in get_args(Size))],
    "remark": reader.REMARKS,
    "refusal": reader.REFUSALS,
    "layer": [*(f"{form}_{kind}" for form in ("found", "keep") for kind in KINDS), "save_csv", "save_gpkg"],
}
"""What stands behind the placeholder where the code builds a key: ``text(lang, f"title.{transform}")``."""


def asked() -> Iterator[tuple[str, str]]:
    """(place, pattern of the key) of every ``text(lang, …)`` in the code."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"
            ):
                continue
            for pattern in patterns(node.args[1]):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", pattern


def patterns(key: ast.expr) -> list[str]:
    """What a key can be: a literal, an f-string with anything in its placeholders, a sum, either of two."""
    if isinstance(key, ast.Constant):
        return [re.escape(key.value)]
    if isinstance(key, ast.JoinedStr):
        return [
            "".join(re.escape(one.value) if isinstance(one, ast.Constant) else ".+" for one in key.values)
        ]
    if isinstance(key, ast.BinOp):
        return [left + right for left in patterns(key.left) for right in patterns(key.right) or [".+"]]
    return [*patterns(key.body), *patterns(key.orelse)] if isinstance(key, ast.IfExp) else []


def mentioned() -> Iterator[tuple[str, str]]:
    """(place, key) of every literal that looks like a key, such as those in tables of labels."""
    sections = {key.split(".")[0] for key in strings("en")}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                section, _, name = node.value.partition(".")
                if (
                    section in sections
                    and re.fullmatch(r"[a-z]\w*[a-z\d]", name)
                    and name not in ("js", "css", "py")
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def placeholders(template: str) -> set[str]:
    """Names of the placeholders; a name in another case form (``high_in``, ``Period_in``) is the same."""
    return {name.lower().removesuffix("_in") for _, name, _, _ in Formatter().parse(template) if name}


def test_the_three_files_have_the_same_keys_in_the_same_order():
    assert list(strings("kk")) == list(strings("ru")) == list(strings("en"))
    assert len(strings("kk")) > 150


@pytest.mark.each("name", strings("en"))
def test_a_string_has_the_same_placeholders_in_every_language(name):
    found = {lang: placeholders(strings(lang)[name]) for lang in LANGS}
    assert found["kk"] == found["ru"] == found["en"], found


def test_every_key_that_the_code_asks_for_exists():
    found = list(asked())
    assert len(found) > 60, "the calls of text() were not found"
    missing = [
        f"{place}: {key}"
        for place, key in found
        if not any(re.fullmatch(key, known) for known in strings("kk"))
    ]
    missing += [f"{place}: {key}" for place, key in mentioned() if key not in strings("kk")]
    assert not missing


def test_every_member_of_a_family_of_keys_exists():
    wanted = {f"{family}.{name}" for family, members in FAMILIES.items() for name in members}
    assert wanted - {"period.date"} <= set(strings("kk"))


def test_every_string_is_asked_for_somewhere():
    used = {re.sub(r"\\(.)", r"\1", key) for _, key in asked()} | {key for _, key in mentioned()}
    used |= {f"{family}.{name}" for family, members in FAMILIES.items() for name in members}
    unused = sorted(set(strings("en")) - used)
    assert not unused, "nothing uses these: delete them in all three files"


def test_every_key_that_the_code_builds_belongs_to_a_family_here():
    built = {key.split(r"\.")[0] for _, key in asked() if ".+" in key}
    assert built <= set(FAMILIES), "add the family and its members to FAMILIES"


def test_no_russian_string_was_left_in_the_kazakh_file():
    same = {
        key
        for key, found in strings("kk").items()
        if found == strings("ru")[key] and re.search("[а-я]{4}", found)
    }
    international = {
        "Алматы 2050",
        "Карта",
        "Экономика",
        "Лицензия",
        "Индекс",
        "индекс",
        "{title}, индекс",
        "норматив",
        "Формула",
        "Динамика",
    }
    assert {strings("kk")[key] for key in same} <= international


def test_a_missing_string_or_value_is_an_error_and_never_shown():
    with pytest.raises(KeyError):
        text("kk", "word.nothing")
    with pytest.raises(KeyError):
        text("kk", "notice.ignored")


def test_braces_in_a_value_are_text():
    assert "{lang}" in text("en", "notice.ignored", items="{lang}")


@pytest.mark.parametrize(
    ("lang", "count", "expected"),
    [
        *(("ru", count, form) for count, form in {"1": "год", "2": "года", "5": "лет", "11": "лет"}.items()),
        *(("ru", count, form) for count, form in {"1 021": "год", "2,0": "года", "\u221214": "лет"}.items()),
        *(("en", count, form) for count, form in {"1": "year", "2": "years", "1,021": "years"}.items()),
        ("ru", 26, "лет"),
    ],
)
def test_a_word_after_a_number_takes_the_form_that_goes_with_it(lang, count, expected):
    words = text(lang, "polycentricity.beta", beta="", years=count)
    assert re.search(rf"{re.escape(str(count))} {expected}\.?$", words), words


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_with_plural_forms_has_as_many_as_its_language(lang):
    """Fractions are a form of their own in Russian; a whole number needs three, in English two."""
    wanted = {"ru": {3, 4}, "en": {2}, "kk": set()}[lang]
    for key, template in strings(lang).items():
        for _, name, spec, _ in Formatter().parse(template):
            assert not spec or spec.count("|") + 1 in wanted, (key, name)


def test_capitalised_changes_the_first_letter_only():
    assert capitalised("ШОК саны") == "ШОК саны"
    assert capitalised("в 2023 году, по Алматы") == "В 2023 году, по Алматы"
    assert capitalised("") == ""
