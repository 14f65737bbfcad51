"""The address holds the view: controls write it, links set it, what is wrong in it is named."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.inventory import PAGES

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "`</code><b>bold</b>`",
    "x\n\n![picture](https://evil.example/x.png)",
    "x\r\n# Heading",
    "$\\href{javascript:alert(1)}{x}$",
    ":material/bomb: **bold** [link](javascript:alert(1))",
    "\u2028<svg onload=alert(1)>",
    "{items}{lang}%s",
)


def test_a_broken_link_shows_defaults_and_names_what_was_ignored(
    opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened("map", lang="en", indicator="gold", period="1066", district="moon", colour="red")
    (warning,) = app.warning
    for part in ("indicator=gold", "period=1066", "district=moon", "colour=red"):
        assert part in warning.value
    assert not app.exception
    assert app.selectbox(key="indicator-en").value == "avg_wage"
    assert "Average monthly nominal wage" in content(app)


def test_the_notice_is_in_the_language_of_the_reader(opened: Callable[..., AppTest]) -> None:
    said = {lang: opened(lang=lang, x="1").warning[0].value for lang in ("kk", "ru", "en")}
    assert len(set(said.values())) == 3
    assert "танылмаған" in said["kk"]
    assert "части ссылки" in said["ru"]
    assert "Parts of the link" in said["en"]


def test_a_sound_link_shows_no_notice(opened: Callable[..., AppTest]) -> None:
    assert not opened(
        "map", lang="en", indicator="births", period="2023", district=["medeu", "turksib"]
    ).warning


def test_the_notice_disappears_with_the_next_choice(opened: Callable[..., AppTest]) -> None:
    app = opened("map", lang="en", indicator="gold")
    app.selectbox(key="indicator-en").select("births").run()
    assert not app.warning
    assert app.query_params == {"lang": "en", "indicator": "births"}


def test_more_parts_than_streamlit_reads_are_no_error(
    opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened(**{f"key{at}": "x" * 500 for at in range(3000)})
    assert not app.exception
    assert "<h1>" in content(app)


def test_hundreds_of_ignored_parts_make_a_short_notice(opened: Callable[..., AppTest]) -> None:
    app = opened(lang="en", **{f"key{at}": "x" * 500 for at in range(900)})
    assert not app.exception
    (warning,) = app.warning
    assert len(warning.value) < 1000
    assert "…" in warning.value


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("key", ["indicator", "unknown"])
def test_a_hostile_link_stays_text(
    key: str, hostile: str, opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened("map", **{"lang": "en", key: hostile})
    assert not app.exception
    (warning,) = app.warning
    code = re.findall(r"`([^`\n\r\u2028]*)`", warning.value)
    assert len(code) == 1, f"what was ignored is not one span of code: {warning.value!r}"
    outside = warning.value.replace(f"`{code[0]}`", "")
    assert not re.search(r"[<>`\[\]!*$]|alert|evil", outside), outside
    assert hostile not in content(app)
    assert "onerror" not in content(app)


@pytest.mark.parametrize("name", ["<script>", "`x`", "a\n\n# b", "![](https://evil.example)"])
def test_a_hostile_key_stays_text(name: str, opened: Callable[..., AppTest]) -> None:
    (warning,) = opened(**{"lang": "en", name: "1"}).warning
    (code,) = re.findall(r"`([^`\n]*)`", warning.value)
    assert not re.search(r"[<>`\[\]!#]", warning.value.replace(f"`{code}`", ""))


def test_choosing_an_indicator_writes_the_address(
    opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened("map", lang="en")
    app.selectbox(key="indicator-en").select("births").run()
    assert app.query_params == {"lang": "en", "indicator": "births"}
    assert "Average monthly nominal wage" not in content(app)


def test_a_period_that_the_new_indicator_lacks_is_replaced_in_silence(opened: Callable[..., AppTest]) -> None:
    app = opened("map", lang="en", indicator="avg_wage", period="2018", district="medeu")
    app.selectbox(key="indicator-en").select("births").run()
    assert app.query_params == {"lang": "en", "indicator": "births", "district": "medeu"}
    assert not app.warning
    assert app.selectbox(key="period-en").value == "2024"


@pytest.mark.parametrize(
    ("box", "value", "key", "written"),
    [
        ("as-en", "value", "as", "value"),
        ("period-en", "2019", "period", "2019"),
        ("classes-en", 3, "classes", "3"),
    ],
)
def test_each_select_box_of_the_map_writes_its_key(
    box: str, value: int | str, key: str, written: str, opened: Callable[..., AppTest]
) -> None:
    app = opened("map", lang="en", indicator="avg_wage")
    app.selectbox(key=box).select(value).run()
    assert app.query_params == {"lang": "en", key: written}
    assert app.selectbox(key=box).value == value


def test_what_is_at_its_default_is_left_out_again(opened: Callable[..., AppTest]) -> None:
    app = opened("map", lang="en", **{"as": "value", "period": "2019", "classes": "0"})
    for box, value in (("as-en", "relative"), ("period-en", "2023"), ("classes-en", 4)):
        app.selectbox(key=box).select(value).run()
    assert app.query_params == {"lang": "en"}


def test_highlighted_districts_write_the_address(opened: Callable[..., AppTest]) -> None:
    app = opened("trends", lang="en")
    app.multiselect(key="district-en").set_value(["turksib", "medeu"]).run()
    assert app.query_params == {"lang": "en", "district": ["turksib", "medeu"]}


def test_a_topic_writes_the_address(opened: Callable[..., AppTest]) -> None:
    app = opened("data", lang="en")
    app.selectbox(key="topic-en").select("mobility").run()
    assert app.query_params == {"lang": "en", "topic": "mobility"}


def test_another_language_keeps_the_view(
    opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened("map", lang="en", indicator="births", period="2023", classes="3")
    app.segmented_control(key="lang").set_value("ru").run()
    assert app.query_params == {"lang": "ru", "indicator": "births", "period": "2023", "classes": "3"}
    assert 'lang="ru"' in content(app)
    assert app.selectbox(key="indicator-ru").value == "births"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_query_shows_the_last_view(
    page: str, opened: Callable[..., AppTest], content: Callable[[AppTest], str]
) -> None:
    app = opened("map", lang="ru", indicator="births", district="medeu")
    app.query_params = {}
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert 'lang="ru"' in content(app)
    if page in ("map", "trends", "data"):
        assert app.selectbox(key="indicator-ru").value == "births"
    if page == "trends":
        assert app.multiselect(key="district-ru").value == ["medeu"]


def test_an_embedded_page_is_not_a_broken_link(opened: Callable[..., AppTest]) -> None:
    assert not opened(lang="en", embed="true").warning
