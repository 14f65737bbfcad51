"""What nobody should send: never a failure, never in the output as markup, never a file."""

import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.arguments import VIEW
from components.refusal import RequestError
from components.web import embeds
from tests.components.reading import Document
from tests.components.visiting import HOST, ask, fresh

APP = fresh()
MARK = "<zz onload=zz>"
WORDS = [
    "<script>alert(1)</script>",
    "</script><zz>",
    '"><zz onload=zz>',
    "'><zz>",
    "\0",
    "\r\nSet-Cookie: zz=1",
    "‮אב",
    "🏔" * 9,
    "../../../etc/passwd",
    "%s%n",
    "{{7*7}}",
    "a" * 1500,
    "\ud7ff\ue000",
    "²",
    "-1",
    "1e999",
]
ROUTES = ["/embed/{}", "/f/{}", "/figures/{}.csv", "/figures/{}.json", "/figures/{}.svg", "/figures/{}.gpkg"]


def sound(answer) -> None:
    """No failure, nothing of ours broken, no line of a header too many."""
    assert answer.status in (200, 400, 403, 404, 414, 501), answer.status
    assert "set-cookie" not in answer.headers
    assert all("\n" not in value and "\r" not in value for value in answer.headers.values())
    if answer.headers["content-type"].startswith("text/html"):
        read = Document(answer.text)
        assert "zz" not in {tag for tag, _ in read.tags}
        assert not [
            one for one in read.of("script") if "src" not in one and one["type"] != "application/ld+json"
        ]
        assert not [one for _, one in read.tags if "onload" in one]
        for tag, data in read.words:
            if tag == "script" and data.strip():
                json.loads(data)
    elif "json" in answer.headers["content-type"]:
        json.loads(answer.body)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("word", WORDS)
def test_hostile_words_in_every_place_of_an_address(route, word):
    sent = quote(word, safe="")
    sound(ask(route.format(sent), APP))
    sound(
        ask(
            route.format("table")
            + "?"
            + f"lang={sent}&indicator={sent}&period={sent}&district={sent}&as={sent}",
            APP,
        )
    )
    sound(ask(route.format("table") + f"?{sent}={sent}&{sent}", APP))
    sound(ask(route.format("table") + "?strict=1&theme=" + sent, APP))


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from([*VIEW, "still", "size", "x"]), st.text(max_size=40)), max_size=9))
def test_any_query_is_a_view(parts):
    text = "&".join(f"{key}={quote(value, safe='')}" for key, value in parts)
    answer = ask("/embed/table?" + text, APP)
    sound(answer)
    assert answer.status in (200, 414)


@settings(max_examples=100)
@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=30))
def test_any_bytes_are_no_failure(path, query, host):
    sound_path = re.sub(rb"[^\x21-\x7e]|[?#]", b"%ff", path)
    assert ask(b"/f/" + sound_path, APP, host=host).status in (200, 307, 404, 414)
    sound(ask(b"/embed/table?" + query, APP, host=host))
    sound(ask(b"/oembed?" + query, APP, host=host))


@settings(max_examples=100)
@given(
    st.text(max_size=60),
    st.sampled_from(["", "http://", f"http://{HOST}/f/", f"http://{HOST}/f/table?", "http://["]),
)
def test_any_url_is_an_answer_of_oembed(rest, start):
    answer = ask(f"/oembed?url={quote(start + rest, safe='')}", APP)
    assert answer.status in (200, 404, 503)


@pytest.mark.parametrize(
    "path",
    [
        "/figures/..%2f..%2fetc/passwd.svg",
        "/figures/..%2f..%2fetc%2fpasswd.svg",
        "/figures/../../etc/passwd.svg",
        "/figures/%2e%2e/x.csv",
        "/figures/map.csv%00.svg",
        "/figures/map%00.csv",
        "/embed/..%2f..%2fapp.py",
        "/assets/..%2f..%2fapp.py",
        "/assets/../web/ready.py",
        "/f/..",
    ],
)
def test_no_path_leads_out(path):
    answer = ask(path, APP)
    assert answer.status == 404
    assert b"import" not in answer.body
    assert b"root:" not in answer.body


def test_repeated_keys_say_the_last_and_districts_all():
    body = ask("/figures/map.json?lang=en&lang=ru&district=medeu&district=alatau&district=medeu", APP)
    record = json.loads(body.body)
    assert record["lang"] == "ru"
    assert record["view"]["district"] == ["medeu", "alatau"]


def test_what_was_ignored_is_named_in_bounds():
    many = (
        "&".join(f"k{at}={quote('ж' * 60)}" for at in range(4))
        + "&"
        + "&".join(f"q{at}=1" for at in range(90))
    )
    assert len(many) < embeds.MAX_QUERY_LENGTH
    answer = ask(f"/embed/table?{many}", APP)
    assert answer.status == 200
    assert answer.headers["x-ignored"].isascii()
    assert len(answer.headers["x-ignored"].split(", ")) == embeds.MAX_NAMED


def test_a_refusal_escapes_what_it_names():
    request = ask("/embed/table?lang=en&strict=1&x=" + quote(MARK), APP)
    assert request.status == 400
    assert MARK not in request.text
    assert MARK in Document(request.text).said
    assert str(RequestError(404, "t", "d")) == "d"
