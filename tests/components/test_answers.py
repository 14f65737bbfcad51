"""Answers made on request: one tag a content and coding, nothing sent twice, the same bytes decoded."""

import gzip
import hashlib

import brotli
import pytest
from starlette.requests import Request

from components.web.http.responses import LEAST_CODED, conditional_response

LARGE = "Алматы ".encode() * 400
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def asked(method: str = "GET", **headers: str) -> Request:
    raw = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    return Request({"type": "http", "method": method, "path": "/", "query_string": b"", "headers": raw})


def test_large_bodies_are_coded_and_each_coding_has_a_tag_of_its_own():
    tags = set()
    for coding in ("br", "gzip", None):
        given = conditional_response(asked(accept_encoding=coding or "identity"), LARGE, "application/json")
        assert given.status_code == 200
        assert given.headers.get("content-encoding") == coding
        assert DECODE[coding](given.body) == LARGE
        assert given.headers["content-length"] == str(len(given.body))
        assert given.headers["vary"] == "Accept-Encoding"
        assert given.headers["cache-control"] == "public, max-age=300"
        assert hashlib.sha256(LARGE).hexdigest() in given.headers["etag"]
        assert given.headers["etag"][0] == given.headers["etag"][-1] == '"'
        tags.add(given.headers["etag"])
    assert len(tags) == 3


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"x" * (LEAST_CODED - 1), "text/plain"), (LARGE, "image/png"), (LARGE, "image/png; a=b")],
)
def test_what_is_small_or_packed_already_is_sent_as_it_is(content, media_type):
    given = conditional_response(asked(accept_encoding="br, gzip"), content, media_type)
    assert "content-encoding" not in given.headers
    assert given.body == content


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"a,b" , W/{} ,"c"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_known_tag_is_answered_with_304_and_no_body(coding, form, method):
    first = conditional_response(
        asked(accept_encoding=coding), LARGE, "text/csv", max_age=7, headers={"X-A": "b"}
    )
    known = form.format(first.headers["etag"])
    given = conditional_response(
        asked(method, accept_encoding=coding, if_none_match=known),
        *(LARGE, "text/csv"),
        max_age=7,
        headers={"X-A": "b"},
    )
    assert (given.status_code, given.body) == (304, b"")
    for name in ("etag", "cache-control", "vary", "x-a"):
        assert given.headers[name] == first.headers[name]
    assert not {"content-type", "content-length", "content-encoding"} & set(given.headers)


def test_another_tag_another_coding_and_another_status_are_sent_in_full():
    tag = conditional_response(asked(accept_encoding="br"), LARGE, "text/csv").headers["etag"]
    for request, status in (
        (asked(accept_encoding="br", if_none_match='"other"'), 200),
        (asked(accept_encoding="gzip", if_none_match=tag), 200),
        (asked(accept_encoding="br", if_none_match=tag.strip('"')), 200),
        (asked(accept_encoding="br", if_none_match=tag), 404),
        (asked("POST", accept_encoding="br", if_none_match=tag), 200),
    ):
        given = conditional_response(request, LARGE, "text/csv", status=status)
        assert given.status_code == status
        assert given.body


@pytest.mark.parametrize("content", [LARGE, b"small", b""])
def test_head_has_the_headers_of_get_and_no_body(content):
    get, head = (
        conditional_response(asked(m, accept_encoding="br"), content, "text/html") for m in ("GET", "HEAD")
    )
    assert dict(head.headers) == dict(get.headers)
    assert head.body == b""


def test_what_an_answer_varies_by_is_joined():
    given = conditional_response(asked(), LARGE, "text/html", headers={"Vary": "Accept-Language"})
    assert given.headers["vary"] == "Accept-Language, Accept-Encoding"


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(LARGE) - 1),
        (f"bytes=5-{10**14}", 5, len(LARGE) - 1),
        ("bytes=7-7", 7, 7),
    ],
)
def test_a_range_is_sent_alone_and_as_it_is(wanted, first, last):
    given = conditional_response(asked(range=wanted, accept_encoding="br"), LARGE, "text/csv")
    assert given.status_code == 206
    assert given.body == LARGE[first : last + 1]
    assert given.headers["content-range"] == f"bytes {first}-{last}/{len(LARGE)}"
    assert given.headers["content-length"] == str(last - first + 1)
    assert "content-encoding" not in given.headers
    whole = conditional_response(asked(), LARGE, "text/csv").headers
    assert given.headers["etag"] == whole["etag"]
    assert whole["accept-ranges"] == "bytes"
    same = asked(range=wanted, if_range=whole["etag"])
    assert conditional_response(same, LARGE, "text/csv").status_code == 206
    assert conditional_response(asked(range=wanted, if_range='"other"'), LARGE, "text/csv").body == LARGE


@pytest.mark.parametrize(
    "wanted",
    [
        "bytes=9-3",
        f"bytes={len(LARGE)}-",
        "bytes=-5",
        "bytes=0-1,5-6",
        "lines=0-1",
        "bytes=a-b",
        "",
        "bytes=٠-٩",
    ],
)
def test_any_other_range_is_ignored(wanted):
    given = conditional_response(asked(range=wanted), LARGE, "text/csv")
    assert (given.status_code, given.body) == (200, LARGE)


def test_only_a_get_that_is_answered_has_ranges():
    assert conditional_response(asked("HEAD", range="bytes=0-1"), LARGE, "text/csv").status_code == 200
    assert conditional_response(asked(range="bytes=0-1"), LARGE, "text/csv", status=404).body == LARGE
