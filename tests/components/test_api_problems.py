"""Whatever is sent, there is an answer: problem details, bounded, from any site, never a failure."""

import hashlib
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.web.api import application
from components.web.api.application import SERVED
from tests.components.visiting import HOSTILE, Answer, ask

ADDRESSES = [one.path.replace("{id}", "avg_wage") for one in SERVED]
FIELDS = [(one.path, argument.key) for one in SERVED for argument in one.arguments]
PROBLEM = ["type", "title", "status", "detail", "instance"]


def check(answer: Answer, *statuses: int) -> dict:
    body = answer.json()
    assert answer.status in statuses
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert list(body)[:5] == PROBLEM
    assert set(body) <= {*PROBLEM, "nearest", "exists"}
    assert body["status"] == answer.status
    assert body["detail"].isprintable()
    assert len(body["detail"]) < 500
    assert len(body["instance"]) < 1500
    assert len(answer.body) < 6000
    return body


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v2", "/api/v1/targets/", "/api//", "/api/\n"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "BREW"])
def test_any_other_path_is_refused_with_what_there_is(path, method):
    body = check(ask(path, method=method), 404)
    assert "/api/v1/targets" in body["exists"]
    assert body["instance"] == quote(path)
    assert check(ask("/api/v1/compere"), 404)["nearest"][0] == "/api/v1/compare"


@pytest.mark.parametrize("address", ADDRESSES)
def test_methods(address):
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get", "X" * 3000):
        answer = ask(address, method=method)
        check(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    answer = ask(address, method="OPTIONS")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-origin"] == "*"
    get, head = ask(address), ask(address, method="HEAD")
    assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
    assert get.headers["content-length"] == str(len(get.body))


@pytest.mark.parametrize("address", ["/api/v1/indicators", "/api/v1/targets", "/api/v1/districts.geojson"])
def test_nothing_is_sent_twice(address):
    first = ask(address)
    assert first.headers["etag"] == f'"{hashlib.sha256(first.body).hexdigest()}"'
    assert first.headers["cache-control"] == "public, max-age=300"
    again = ask(address, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["access-control-allow-origin"] == "*"
    packed = ask(address, accept_encoding="br, gzip")
    assert packed.headers["content-encoding"] == "br"
    assert len(packed.sent) < len(first.body) / 2
    assert packed.body == first.body


@pytest.mark.each("path, name", FIELDS)
@pytest.mark.each("value", [*HOSTILE, "", "NaN", "-1", "1e9", "null", "../../etc/passwd", "%00"])
def test_hostile_values(path, name, value):
    sent = quote(value.encode("utf-8", "surrogatepass"), safe="")
    for given_value in (sent, "%ff%fe%80"):
        address = path.replace("{id}", given_value)
        answer = ask(address if "{" in path else f"{path}?{name}={given_value}")
        check(answer, 400, 404)


@pytest.mark.parametrize("address", ADDRESSES)
def test_hostile_names_and_many_of_them(address):
    for query in ("&".join(f"{at}=1" for at in range(5000)), "x" * 60_000, "=", "%00=%00", "&&&=&", "a[]=1"):
        check(ask(f"{address}?{query}"), 400)


@settings(max_examples=150)
@given(st.text(max_size=80))
def test_no_path_raises(rest):
    answer = ask("/api/v1/" + rest.replace("?", "%3F"))
    if answer.status != 200:
        check(answer, 404, 400)


@settings(max_examples=200)
@given(
    st.sampled_from(ADDRESSES),
    st.lists(
        st.tuples(
            st.sampled_from([*(name for _, name in FIELDS)]) | st.text(max_size=8),
            st.sampled_from(["avg_wage", "births", "2023", "2023-12-31", "share", "medeu", "csv", "7"])
            | st.text(max_size=70),
        ),
        max_size=5,
    ),
)
def test_no_query_raises(address, sent):
    words = ("=".join(quote(one.encode("utf-8", "surrogatepass"), safe="") for one in pair) for pair in sent)
    answer = ask(f"{address}?{'&'.join(words)}")
    if answer.status != 200:
        check(answer, 400, 404)


def test_a_mistake_of_ours_is_a_problem_too_and_says_nothing_of_itself(monkeypatch, caplog):
    def broken():
        raise RuntimeError("secret")

    monkeypatch.setattr(application, "load", broken)
    answer = ask("/api/v1/targets")
    check(answer, 500)
    assert b"secret" not in answer.body
    assert answer.headers["cache-control"] == "public, max-age=0"
    assert "secret" in caplog.text
