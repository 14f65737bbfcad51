"""Markup is built as a tree, so nothing that is put in can become markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.figures.drawing.markup import append, between, element, markup

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "a & b &amp; &lt;",
    "]]><!--",
    "' \" `",
]


class Reader(HTMLParser):
    """What a browser would see: start tags with their attributes, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile):
    seen = Reader(markup(element("p", hostile, element("b", hostile), hostile)))
    assert [tag for tag, _ in seen.tags] == ["p", "b"]
    assert seen.text == hostile * 3


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_attribute_stays_a_value(hostile):
    seen = Reader(markup(element("a", "x", href=hostile, title=hostile)))
    assert seen.tags == [("a", {"href": hostile, "title": hostile})]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_and_any_attribute_come_back(written):
    seen = Reader(markup(element("p", written, title=written)))
    assert seen.tags == [("p", {"title": written})]
    assert seen.text == written


@pytest.mark.parametrize(("children", "whole"), [("", ""), ("a", "a"), ("abc", "a · b · c")])
def test_what_stands_between_children_stands_nowhere_else(children, whole):
    assert markup(element("p", between(children, " · "))) == f"<p>{whole}</p>"


def test_names_of_attributes():
    made = element(
        "label", class_="a", for_="b", data_district="medeu", aria_hidden="true", viewBox="0 0 1 1"
    )
    assert made.attrib == {
        "class": "a",
        "for": "b",
        "data-district": "medeu",
        "aria-hidden": "true",
        "viewBox": "0 0 1 1",
    }


def test_none_and_false_are_left_out_and_true_is_its_own_name():
    assert element("input", checked=True, disabled=False, value=None, tabindex=0).attrib == {
        "checked": "checked",
        "tabindex": "0",
    }


def test_children_of_every_kind_keep_their_order():
    made = element(
        "p", "a", None, element("b", "c"), "d", ["e", element("i"), ("f", None)], (one for one in "gh")
    )
    assert markup(made) == "<p>a<b>c</b>de<i></i>fgh</p>"


def test_append_adds_behind_what_is_there():
    made = element("p", element("b"))
    append(made, "one", "two")
    assert markup(made) == "<p><b></b>onetwo</p>"
