"""Kept answers: the same as fresh ones, never another's, bounded, nothing on the disk."""

import asyncio
import tempfile
import tracemalloc
from itertools import product
from pathlib import Path

import pytest

from components.web.http import response_cache
from components.web.http.response_cache import LIMIT, ResponseCache
from tests.components.visiting import ask, fresh

ADDRESSES = [
    "/embed/map?lang=en",
    "/embed/map",
    "/f/table?lang=ru&colour=red",
    "/figures/map.csv?lang=kk",
    "/embed/map?lang=en&still=1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_kept_answer_is_a_fresh_one(address):
    app = fresh()
    first, kept, other = ask(address, app), ask(address, app), ask(address, fresh())
    assert first == kept == other
    assert first.status == 200


def test_host_language_and_coding_never_mix():
    app = fresh()
    asked = list(product((b"a.test", b"b.test:81"), ("kk", "ru-RU", "en"), ("br", "gzip", "identity")))
    for _ in range(2):
        for host, lang, coding in asked:
            answer = ask("/embed/map", app, host=host, accept_language=lang, accept_encoding=coding)
            assert answer.headers.get("content-encoding", "identity") == coding
            assert f'<html lang="{lang[:2]}"' in answer.text
            assert f"http://{host.decode()}/map?" in answer.text
            assert {b"a.test": "b.test", b"b.test:81": "a.test"}[host] not in answer.text


def test_a_header_that_comes_twice_is_no_other_header():
    app = fresh()
    twice = [(b"accept-language", b"ru"), (b"accept-language", b"en")]
    assert '<html lang="ru"' in ask("/embed/map", app, more=twice).text
    assert '<html lang="en"' in ask("/embed/map", app, accept_language="en").text
    both = [(b"accept-encoding", b"br"), (b"accept-encoding", b"identity")]
    ask("/embed/table?lang=en", app, more=both)
    assert "content-encoding" not in ask("/embed/table?lang=en", app, accept_encoding="identity").headers


def passing(body: bytes, status: int = 200, tag: bytes = b'"t"'):
    """A framework that counts how often it is asked."""

    async def app(scope, receive, send):
        app.asked += 1
        await send(
            {"type": "http.response.start", "status": status, "headers": [(b"etag", tag)] if tag else []}
        )
        await send({"type": "http.response.body", "body": body})

    app.asked = 0
    return app


@pytest.mark.parametrize(
    ("status", "tag", "method", "headers", "path"),
    [
        (503, b'"t"', "GET", {}, "/embed/map"),
        (404, b'"t"', "GET", {}, "/embed/map"),
        (200, b"", "GET", {}, "/embed/map"),
        (200, b'"t"', "HEAD", {}, "/embed/map"),
        (200, b'"t"', "GET", {"range": "bytes=0-1"}, "/embed/map"),
        (200, b'"t"', "GET", {}, "/map"),
        (200, b'"t"', "GET", {}, "/embed/map?" + "x" * 3000),
    ],
)
def test_only_whole_answers_that_name_their_content_are_kept(status, tag, method, headers, path):
    inner = passing(b"x", status, tag)
    app = ResponseCache(inner)
    for _ in range(3):
        ask(path, app, method=method, **headers)
    assert inner.asked == 3


def test_a_kept_answer_asks_nobody():
    inner = passing(b"x")
    app = ResponseCache(inner)
    for _ in range(3):
        ask("/embed/map", app)
    assert inner.asked == 1


def test_ten_thousand_views_stay_within_the_bound(monkeypatch, tmp_path):
    """Bodies of 20 kB would be 200 MB; what is kept is measured by the interpreter itself."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    size, views = 20_000, 10_000
    assert size * views > 2 * LIMIT

    async def inner(scope, receive, send):
        long = [(b"x-ignored", bytes(2000))]
        await send({"type": "http.response.start", "status": 200, "headers": [(b"etag", b'"t"'), *long]})
        await send({"type": "http.response.body", "body": bytes(size)})

    async def nothing(message):
        return None

    async def all_of_them(app):
        for at in range(views):
            scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/embed/map", "headers": []}
            await app({**scope, "query_string": b"q=%d" % at}, None, nothing)

    app = ResponseCache(inner)
    tracemalloc.start()
    asyncio.run(all_of_them(app))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert LIMIT / 2 < held < LIMIT * 1.05
    assert list(Path(tmp_path).iterdir()) == []


def test_the_longest_unused_leaves_first(monkeypatch):
    monkeypatch.setattr(response_cache, "LIMIT", 100_000)
    inner = passing(bytes(10_000))
    app = ResponseCache(inner)
    for at in range(20):
        ask(f"/embed/map?q={at}", app)
        ask("/embed/map?q=0", app)
    assert inner.asked == 20
    ask("/embed/map?q=1", app)
    assert inner.asked == 21
