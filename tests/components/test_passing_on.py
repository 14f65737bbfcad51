"""What a journalist takes away: code for an article, a citation, oEmbed, and what a link says to programs."""

import json
import re
import threading
import time
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from pyoembed import oEmbed

from components.controls import share
from components.export import figure_output
from components.export.documents.embed_code import bibtex, citation, snippet
from components.export.documents.urls import UrlBuilder
from components.export.files.file_formats import FIGURE_FORMATS
from components.export.rendering import chromium, embed_heights
from components.figures import registry
from components.text.strings import LANGS
from components.view import View
from components.web import embeds, oembed
from data.dataset import CHECKED_ON, Dataset
from geo.districts import DISTRICTS
from tests.browser.conftest import free_port
from tests.components.reading import Document
from tests.components.visiting import HOST, ask, fresh
from tests.export.conftest import installed  # noqa: F401 - the browser that measures heights

APP = fresh()
PLACE = UrlBuilder("https://almaty.example", lambda name: f"/assets/{name}")
HEIGHTS = {320: 900, 600: 700, 1000: 500}


@pytest.mark.parametrize("lang", LANGS)
def test_the_code_is_a_figure_with_a_titled_lazy_frame_and_a_linked_picture(lang, dataset):
    figure = registry.draw("map", View(lang=lang, theme="dark"), dataset)
    code = snippet(figure, PLACE, HEIGHTS, still=False, resizer=True)
    read = Document(code)
    assert [tag for tag, _ in read.tags] == ["figure", "iframe", "a", "img", "script"]
    (frame,), (link,), (image,), (script,) = (read.of(one) for one in ("iframe", "a", "img", "script"))
    assert frame["title"] == figure.title
    assert frame["loading"] == "lazy"
    assert frame["src"] == f"https://almaty.example/embed/map?lang={lang}&theme=dark"
    assert image["alt"] == figure.alt
    assert figure.sentence in image["alt"]
    assert urlsplit(image["src"]).path == "/figures/map.png"
    assert urlsplit(link["href"]).path == "/f/map"
    assert script["src"] == "https://almaty.example/assets/resize.js"
    assert "container-type:inline-size" in read.of("figure")[0]["style"]
    assert not read.of("script")[0].keys() - {"src", "defer"}


def test_a_still_figure_is_asked_for_and_has_no_script(dataset):
    figure = registry.draw("map", View(lang="en"), dataset)
    code = snippet(figure, PLACE, HEIGHTS, still=True, resizer=True)
    read = Document(code)
    assert read.of("iframe")[0]["src"].endswith("?lang=en&still=1")
    assert read.of("script") == []


def test_a_hostile_title_stays_words(dataset):
    bad = '</title></script><script>alert("zz")</script><!-- & <zz>'
    figure = replace(registry.draw("map", View(lang="en"), dataset), title=bad, sentence=bad, alt=bad)
    read = Document(snippet(figure, PLACE, HEIGHTS, still=False, resizer=False))
    assert read.of("iframe")[0]["title"] == read.of("img")[0]["alt"] == bad
    page = Document(figure_output.page(figure, PLACE).content.decode())
    assert "zz" not in {tag for tag, _ in page.tags}
    (linked,) = [data for tag, data in page.words if tag == "script"]
    assert json.loads(linked)["name"] == bad
    assert len(page.of("script")) == 1


@pytest.mark.parametrize("lang", LANGS)
def test_a_citation_has_what_it_needs(lang, dataset):
    figure = registry.draw("trend", View(lang=lang), dataset)
    on = CHECKED_ON.replace(day=CHECKED_ON.day + 1) if CHECKED_ON.day < 28 else CHECKED_ON
    words = citation(figure, PLACE, on)
    assert "\n" not in words
    for part in (
        figure.title,
        figure.sources[0].words,
        f"https://almaty.example/f/trend?lang={lang}",
        str(on.year),
    ):
        assert part in words
    entry = bibtex(replace(figure, title="100 % {of} A & B\\input"), PLACE, on)
    assert entry.count("{") == entry.count("}")
    assert re.fullmatch(r"@misc\{almaty2050_trend_avg_wage_\d{4}_\w\w,\n(  \w+ = \{.*\},?\n)+\}", entry)
    assert f"urldate = {{{on.isoformat()}}}" in entry
    assert "100 \\% of A \\& Binput" in entry


def test_what_differs_is_cited_under_a_key_of_its_own(dataset):
    of_figures = [
        *(("map", View(indicator=one)) for one in ("avg_wage", "births")),
        *(("map", View(indicator="avg_wage", period=one)) for one in ("2021", "2022")),
        *(("district", View(district=(one,))) for one in DISTRICTS),
    ]
    entries = (bibtex(registry.draw(name, view, dataset), PLACE, CHECKED_ON) for name, view in of_figures)
    keys = {entry.partition(",")[0] for entry in entries}
    assert len(keys) == len(of_figures)
    assert all(re.fullmatch(r"@misc\{[\w-]+", key) for key in keys)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("progress", "addresses_without_gas"),
        ("lorenz", "sme_active"),
        ("measures", "avg_wage"),
        ("map", "births"),
    ],
)
def test_a_citation_has_no_empty_part(name, indicator, lang, dataset):
    """A figure without a unit left one, and so did a Russian date, which ends in a full stop of its own."""
    figure = registry.draw(name, View(lang=lang, indicator=indicator), dataset)
    assert figure.sources
    assert not re.search(r"[.:;,]\s*[.;,]", citation(figure, PLACE, CHECKED_ON))


def asked(target: str, **more: object):
    extra = "".join(f"&{key}={value}" for key, value in more.items())
    return ask(f"/oembed?url={quote(target, safe='')}{extra}", APP)


@pytest.mark.parametrize("name", ["map", "trend", "matrix"])
def test_oembed_answers_as_its_specification_says(name):
    answer = asked(f"http://{HOST}/f/{name}?lang=ru&theme=dark", format="json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    body = json.loads(answer.body)
    assert (body["version"], body["type"]) == ("1.0", "rich")
    assert {type(body[key]) for key in ("width", "height", "thumbnail_width", "thumbnail_height")} == {int}
    frame = Document(body["html"]).of("iframe")[0]
    assert frame["src"] == f"http://{HOST}/embed/{name}?lang=ru&theme=dark"
    assert frame["title"] == body["title"]
    thumbnail = ask(body["thumbnail_url"].removeprefix(f"http://{HOST}"), APP)
    assert thumbnail.status == 200
    size = [int.from_bytes(thumbnail.body[at : at + 4], "big") for at in (16, 20)]
    assert size == [body["thumbnail_width"], body["thumbnail_height"]]


def test_oembed_keeps_to_the_limits_it_is_given():
    link = f"http://{HOST}/f/map?lang=en"
    free, narrow, low = (
        json.loads(asked(link, **one).body) for one in ({}, {"maxwidth": 320}, {"maxheight": 300})
    )
    assert narrow["width"] == 320
    assert f"max-width:{narrow['width']}px" in narrow["html"]
    assert low["height"] == 300
    assert free["height"] > 300
    assert (
        max(int(one) for one in re.findall(r"(\d+)px", Document(low["html"]).of("iframe")[0]["style"])) <= 300
    )
    assert asked(link, maxwidth="wide").status == asked(link, maxheight="-5").status == 400


@pytest.mark.parametrize(
    ("target", "more", "status"),
    [
        ("http://elsewhere.test/f/map", {}, 404),
        (f"http://{HOST}/map", {}, 404),
        (f"http://{HOST}/f/nothing", {}, 404),
        (f"https://{HOST}/f/map", {}, 404),
        (f"http://{HOST}@elsewhere.test/f/map", {}, 404),
        ("http://[", {}, 404),
        ("", {}, 404),
        (f"http://{HOST}/f/map", {"format": "xml"}, 501),
    ],
)
def test_oembed_refuses_as_its_specification_says(target, more, status):
    assert asked(target, **more).status == status


def test_oembed_forgets_a_guessed_height_once_there_is_a_chromium(monkeypatch):
    def missing(*_: object, **__: object) -> None:
        raise chromium.NoChromium("No Chromium was found")

    link, app = f"/oembed?url={quote(f'http://{HOST}/f/map?lang=en', safe='')}", fresh()
    with monkeypatch.context() as patched:
        patched.setattr(embed_heights, "heights", missing)
        guessed = ask(link, app)
    body = json.loads(guessed.body)
    assert (guessed.status, body["height"], body["cache_age"]) == (200, embed_heights.GUESS[0], 0)
    assert "etag" not in guessed.headers
    assert guessed.headers["cache-control"] == "no-store"
    measured = ask(link, app)
    assert json.loads(measured.body)["height"] != embed_heights.GUESS[0]
    assert "etag" in measured.headers


def test_oembed_of_a_still_embed_is_still():
    body = json.loads(asked(f"http://{HOST}/embed/map?lang=en&still=1").body)
    assert Document(body["html"]).of("iframe")[0]["src"].endswith("still=1")


@pytest.mark.parametrize("lang", LANGS)
def test_a_plain_page_tells_other_programs_what_it_is(lang, dataset):
    read = Document(ask(f"/f/ranking?lang={lang}", APP).text)
    figure = registry.draw("ranking", View(lang=lang), dataset)
    meta = {one.get("property", one.get("name")): one.get("content") for one in read.of("meta")}
    assert (meta["og:title"], meta["og:description"]) == (figure.title, figure.sentence)
    assert meta["twitter:card"] == "summary_large_image"
    links = read.of("link")
    assert [one["href"] for one in links if one["rel"] == "canonical"] == [
        f"http://{HOST}/f/ranking?lang={lang}"
    ]
    others = {one["hreflang"]: one["href"] for one in links if "hreflang" in one}
    assert others == {one: f"http://{HOST}/f/ranking?lang={one}" for one in LANGS}
    (found,) = [one["href"] for one in links if one.get("type") == "application/json+oembed"]
    assert ask(found.removeprefix(f"http://{HOST}"), APP).status == 200
    assert ask(meta["og:image"].removeprefix(f"http://{HOST}"), APP).headers["content-type"] == "image/png"
    (linked,) = [json.loads(data) for tag, data in read.words if tag == "script"]
    assert (linked["@context"], linked["@type"]) == ("https://schema.org", "Dataset")
    assert (linked["name"], linked["inLanguage"]) == (figure.title, lang)
    assert 50 <= len(linked["description"]) <= 5000
    for one in linked["distribution"]:
        file = ask(one["contentUrl"].removeprefix(f"http://{HOST}"), APP)
        assert file.status == 200
        assert file.headers["content-type"].partition(";")[0] == one["encodingFormat"]
    downloads = [one["href"] for one in read.of("a") if "/figures/" in one["href"]]
    assert {re.search(r"\.(\w+)\?", one)[1] for one in downloads} == {
        *FIGURE_FORMATS,
    }
    assert len(read.of("table")) >= 1


def test_a_consumer_library_reads_the_endpoint():
    """pyoembed finds the endpoint through the discovery link of the page, over a socket."""
    server = uvicorn.Server(uvicorn.Config(fresh(), port=free_port(), log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        link = f"http://127.0.0.1:{server.config.port}/f/map?lang=en"
        found = oEmbed(link, maxwidth=400, maxheight=500)
    finally:
        server.should_exit = True
        thread.join(10)
    assert (found["type"], found["width"], found["height"]) == ("rich", 400, 500)
    assert f"127.0.0.1:{server.config.port}/embed/map?lang=en" in found["html"]


@pytest.fixture
def closed(dataset, monkeypatch) -> Dataset:
    """The project's data, if the source of the older wages alone forbade to pass them on."""
    owner = replace(dataset.sources["almatydc-2024"], redistribution=False)
    other = replace(dataset, sources={**dataset.sources, owner.id: owner})
    for module in (embeds, oembed, share):
        monkeypatch.setattr(module, "load", lambda: other)
    return other


def test_what_a_licence_forbids_is_refused_everywhere_with_the_owner(closed):
    app, url = fresh(), closed.sources["almatydc-2024"].url
    for lang in LANGS:
        for name in ("map", "trend", "ranking", "table", "progress"):
            answer = ask(f"/embed/{name}?lang={lang}", app)
            assert answer.status == 403
            read = Document(answer.text)
            assert {"href": url, "rel": "noopener", "target": "_blank"} in read.of("a")
            assert embeds.text(lang, "embed.withheld") in read.said
    for ending in ("svg", "png", "pdf", "csv", "xlsx", "json", "geojson", "gpkg"):
        answer = ask(f"/figures/map.{ending}", app)
        assert (answer.status, json.loads(answer.body)["link"]) == (403, url)
    assert ask("/f/map", app).status == 403
    assert ask(f"/oembed?url={quote(f'http://{HOST}/f/map', safe='')}", app).status == 403
    assert ask("/embed/map?indicator=sme_active", app).status == 200


def test_a_closed_source_of_another_period_closes_the_figures_that_show_it(dataset, monkeypatch):
    rows = dataset.observations["avg_wage"]
    last = set(";".join(rows[rows["period"] == "2023"]["source"]).split(";"))
    (older,) = set(";".join(rows["source"]).split(";")) - last
    owner = replace(dataset.sources[older], redistribution=False)
    other = replace(dataset, sources={**dataset.sources, older: owner})
    monkeypatch.setattr(embeds, "load", lambda: other)
    for name in ("map", "ranking", "trend"):
        assert ask(f"/embed/{name}?period=2023", fresh()).status == 403, name
