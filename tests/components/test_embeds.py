"""Figures at addresses: complete in one small response, framed by anybody, asking nobody else."""

import json
import re
from functools import cache

import pytest

from components.export import figure_output
from components.export.documents.embed_budget import MAX_BYTES
from components.export.documents.urls import UrlBuilder
from components.export.files.file_formats import FIGURE_FORMATS
from components.export.rendering import chromium
from components.figures.registry import FIGURES, draw
from components.text.number_formats import day
from components.text.strings import LANGS, text
from components.view import View
from components.web import embeds
from data.dataset import CHECKED_ON, load
from tests.components.reading import Document
from tests.components.visiting import HOST, ask, fresh
from tests.export.conftest import installed  # noqa: F401 - the browser that draws charts

APP = fresh()
SHOWN = {"lorenz": "sme_active", "rank_size": "sme_active"}
"""Indicators for figures that the default one has none of."""
CASES = [(name, lang) for name in FIGURES for lang in LANGS]


def query(name: str, lang: str) -> str:
    return f"lang={lang}" + (f"&indicator={SHOWN[name]}" if name in SHOWN else "")


@cache
def embed(name: str, lang: str):
    return ask(f"/embed/{name}?{query(name, lang)}", APP, accept_encoding="gzip")


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_figure_says_all_of_itself_in_one_small_response(name, lang, dataset):
    answer = embed(name, lang)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == lang
    assert answer.body.startswith(b"<!doctype html>\n")
    read, figure = (
        Document(answer.text),
        draw(name, View(lang=lang, indicator=SHOWN.get(name, "avg_wage")), dataset),
    )
    assert read.of("html")[0]["lang"] == lang
    said = " ".join(read.said.split())
    for words in (figure.title, figure.subtitle, figure.sentence, *(one.words for one in figure.sources)):
        assert " ".join(words.split()) in said
    for licence in {one.licence for one in figure.sources}:
        assert licence.lower() in said.lower()
    assert " ".join(text(lang, "embed.checked", date=day(CHECKED_ON, lang)).split()) in said
    back = [
        one["href"] for one in read.of("a") if one["href"].startswith(f"http://{HOST}/{FIGURES[name].page}?")
    ]
    assert f"lang={lang}" in back[-1]
    assert text(lang, "embed.back") in said
    assert {one["href"] for one in read.of("a")} >= {url for one in figure.sources for url, _ in one.links}
    for coding in ("gzip", "br"):
        sent = ask(f"/embed/{name}?{query(name, lang)}", APP, accept_encoding=coding)
        assert sent.headers["content-encoding"] == coding
        assert len(sent.sent) <= MAX_BYTES, coding
        assert sent.body == answer.body


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_nothing_of_it_comes_from_elsewhere(name, lang):
    answer = embed(name, lang)
    read = Document(answer.text)
    assert all(re.fullmatch(r"/assets/[a-z]+-[0-9a-f]{12}\.js", one) for one in read.loads), read.loads
    assert [one for one in read.of("script") if "src" not in one] == []
    assert not {"iframe", "object", "embed", "base", "form"} & {tag for tag, _ in read.tags}
    assert [key for _, one in read.tags for key in one if key.startswith("on")] == []
    assert not re.search(r"@import|url\((?!#|[\"']?#)|javascript:", answer.text)
    assert "set-cookie" not in answer.headers
    policy = dict(
        part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "*"


def test_pictures_have_a_name_and_words():
    for name, lang in CASES:
        body = embed(name, lang).text
        for svg in re.findall(r"<svg[^>]*role=\"img\".*?</svg>", body, re.DOTALL):
            assert re.search(r"<title>[^<]+</title>", svg) or "aria-label" in svg.partition(">")[0], (
                name,
                lang,
            )


def test_every_map_and_every_trend_is_small(dataset):
    """The languages with the longest words take turns."""
    sizes = {}
    for at, (key, one) in enumerate(dataset.indicators.items()):
        lang = ("kk", "ru")[at % 2]
        addresses = [f"/embed/map?lang={lang}&indicator={key}&as={shown}" for shown in one.transforms[:2]]
        if at % 4 == 0 or len(dataset.observations[key]) > 150:
            addresses.append(f"/embed/trend?lang={lang}&indicator={key}")
        for address in addresses:
            answer = ask(address, APP, accept_encoding="gzip")
            assert answer.status == 200, address
            sizes[address] = len(answer.sent)
    assert {address: size for address, size in sizes.items() if size > MAX_BYTES} == {}


def test_interaction_costs_little_and_its_files_never_change():
    read = Document(embed("map", "kk").text)
    assert len(read.loads) == 2
    files = [ask(one, APP, accept_encoding="br") for one in read.loads]
    assert all("immutable" in one.headers["cache-control"] for one in files)
    assert sum(len(one.sent) for one in files) <= 30_000
    assert len(Document(embed("trend", "kk").text).loads) == 1
    assert b"plotly" not in b"".join(one.body.lower() for one in files)


def test_a_frame_script_of_an_earlier_version_still_answers():
    today = ask("/assets/resize-000000000000.js", APP)
    assert (today.status, "immutable" in today.headers["cache-control"]) == (200, False)
    assert b"almaty2050" in today.body
    assert len(today.body) <= 1000
    assert ask("/assets/map-000000000000.js", APP).status == 404


@pytest.mark.parametrize("address", ["/f/map", "/f/nothing", "/figures/map.svg", "/f/map?strict=1&x=y"])
def test_only_embeds_may_be_framed_by_anybody(address):
    policy = ask(address, APP).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'")
    assert ask("/embed/nothing", APP).headers["content-security-policy"].endswith("frame-ancestors *")


def test_tags_are_strong_and_known_ones_answered_with_304():
    for address in ("/embed/map?lang=ru", "/f/map?lang=ru", "/figures/map.csv?lang=ru"):
        app = fresh()
        for coding in ("br", "gzip", "identity"):
            first = ask(address, app, accept_encoding=coding)
            tag = first.headers["etag"]
            assert re.fullmatch(r'"[^"]+"', tag)
            kept = ask(address, app, accept_encoding=coding, if_none_match=f'"x", {tag}')
            new = ask(address, fresh(), accept_encoding=coding, if_none_match=tag)
            for known in (kept, new):
                assert (known.status, known.sent) == (304, b"")
                assert known.headers["etag"] == tag
                assert known.headers["cache-control"] == first.headers["cache-control"]
                assert known.headers["vary"] == first.headers["vary"]
                assert "content-length" not in known.headers
        head = ask(address, app, method="HEAD", accept_encoding="identity")
        assert (head.status, head.sent, head.headers["etag"]) == (200, b"", tag)
        assert head.headers["content-length"] == str(len(first.sent))
        part = ask(address, app, range="bytes=10-19")
        assert (part.status, part.sent) == (206, first.body[10:20])


def test_an_address_without_a_language_says_that_it_depends_on_the_browser():
    assert "Accept-Language" in ask("/embed/map", APP).headers["vary"]
    assert "Accept-Language" in ask("/embed/map?lang=de", APP).headers["vary"]
    assert "Accept-Language" not in ask("/embed/map?lang=kk", APP).headers["vary"]


def test_what_is_not_there_is_404_and_what_is_not_understood_is_named():
    assert ask("/embed/nothing", APP).status == 404
    assert ask("/figures/nothing.csv", APP).status == 404
    problem = ask("/figures/map.exe", APP)
    assert (problem.status, problem.headers["content-type"]) == (404, "application/problem+json")
    assert json.loads(problem.body)["exists"] == list(FIGURE_FORMATS)
    address = "/embed/map?lang=en&period=1234&colour=red&classes=9"
    found = ask(address, APP)
    assert found.status == 200
    assert set(found.headers["x-ignored"].split(", ")) == {"period=1234", "colour=red", "classes=9"}
    strict = ask(address + "&strict=1", APP)
    assert strict.status == 400
    assert "colour=red" in strict.text
    assert ask("/embed/map?lang=en&strict=1", APP).status == 200
    assert ask("/embed/map?lang=en&q=" + "x" * embeds.MAX_QUERY_LENGTH, APP).status == 414


def test_a_still_figure_has_no_script_and_nothing_to_move():
    still, moving = (Document(ask(f"/embed/map?lang=en&still={one}", APP).text) for one in "10")
    assert (len(still.of("script")), len(moving.of("script"))) == (0, 2)
    assert (len(still.of("input")), len(moving.of("input"))) == (0, 1)
    assert not [one for one in still.of("div") if one.get("class") == "time"]


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_theme_is_that_of_the_address(theme):
    body = ask(f"/embed/map?lang=en&theme={theme}", APP).text
    assert Document(body).of("html")[0]["data-theme"] == theme
    assert '[data-theme="dark"]' in body
    assert "prefers-color-scheme: dark" in body


def test_a_slider_says_the_sources_of_all_its_periods(dataset):
    rows = dataset.observations["avg_wage"]
    keys = {one for joined in rows["source"] for one in joined.split(";")}
    hrefs = {one["href"] for one in Document(embed("map", "en").text).of("a")}
    assert len(keys) > 1
    assert {dataset.sources[key].url for key in keys} <= hrefs


def test_a_long_slider_keeps_its_last_periods_and_the_one_it_shows(dataset):
    rows = dataset.observations["school_places_opened"]
    every = sorted(rows[rows["area"] != "city"]["period"].unique())
    assert len(every) > 12
    for shown, last in (("latest", every[-1]), (every[-1], every[-1]), (every[0], every[11])):
        body = ask(f"/embed/map?lang=en&indicator=school_places_opened&period={shown}", APP).text
        read = Document(body)
        (written,) = [data for tag, data in read.words if data.startswith('[{"period"')]
        steps, (field,) = json.loads(written), read.of("input")
        assert [one["period"] for one in steps] == every[every.index(last) - 11 : every.index(last) + 1]
        assert int(field["max"]) == len(steps) - 1
        assert steps[int(field["value"])]["period"] == (every[-1] if shown == "latest" else shown)
        (places,) = [one["data-x"] for _, one in read.tags if "data-x" in one]
        assert len(places.split()) == len(steps)


@pytest.fixture
def without(monkeypatch):
    """No browser on the server."""
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setattr(chromium, "_made", cache(chromium._Chromium))
    monkeypatch.setattr(figure_output.plotly_svg._drawn, "_kept", {})
    return fresh()


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_browser_all_but_charts_comes_and_charts_say_what_to_install(without, lang):
    for address in ("embed/map", "embed/matrix", "f/map", "f/trend"):
        assert ask(f"/{address}?lang={lang}", without).status == 200
    for name, ending in (
        ("map", "svg"),
        *(("trend", one) for one in ("csv", "xlsx", "json")),
        ("map", "gpkg"),
    ):
        assert ask(f"/figures/{name}.{ending}?lang={lang}", without).status == 200
    answer = ask(f"/embed/trend?lang={lang}", without)
    assert answer.status == 503
    assert text(lang, "embed.no_picture") in Document(answer.text).said
    assert "apt-get install chromium" in text(lang, "embed.no_picture")
    image = ask(f"/figures/trend.png?lang={lang}", without)
    assert image.status == 503
    assert "install Chromium" in json.loads(image.body)["detail"]


def test_a_page_without_its_picture_is_not_kept(without):
    answer = ask("/f/trend?lang=en", without)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


def test_a_busy_browser_is_said_with_when_to_come_again(monkeypatch):
    def occupied(*_: object, **__: object) -> None:
        raise chromium.RendererBusy("2 renders are running; try again in a few seconds.")

    monkeypatch.setattr(figure_output.plotly_svg, "chart_svg", occupied)
    for address in ("/embed/trend?lang=en", "/f/trend?lang=en", "/figures/trend.png?lang=en"):
        answer = ask(address, fresh())
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["cache-control"] == "no-store"
    document = ask("/embed/trend?lang=en", fresh()).text
    assert text("en", "embed.busy") in document
    (refresh,) = re.findall(r'<meta http-equiv="refresh" content="(\d+)"', document)
    assert int(refresh) > 0


def test_what_cannot_be_drawn_is_not_asked_for_again_and_again(monkeypatch):
    def refused(*_: object, **__: object) -> None:
        raise chromium.RenderingFailed("A font cannot be read.")

    monkeypatch.setattr(figure_output.plotly_svg, "chart_svg", refused)
    answer = ask("/embed/trend?lang=en", fresh())
    assert answer.status == 503
    assert text("en", "embed.not_drawn") in answer.text
    assert "refresh" not in answer.text
    assert "retry-after" not in answer.headers


def test_a_document_is_drawn_for_where_it_will_stand():
    place = UrlBuilder("https://almaty.example", lambda name: f"/s/{name}")
    content, _ = figure_output.embed(draw("map", View(lang="en"), load()), place, still=False)
    read = Document(content.decode())
    assert read.of("link") == [{"rel": "canonical", "href": "https://almaty.example/f/map?lang=en"}]
    assert read.loads == ["/s/tip.js", "/s/map.js"]
