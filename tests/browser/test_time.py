"""Time under the finger, districts under the arrows: what a real browser does without the server."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from components.controls.explore import TILES
from components.text.strings import text
from geo.districts import DISTRICTS
from tests.browser.layout import cut, never_blank, sideways, watch
from tests.browser.reader import Desk, Reader
from tests.browser.test_address import option

WAGES = "/map?lang=en"
SLIDER = ".time input"
PHONE = {"viewport": {"width": 375, "height": 812}, "is_mobile": True, "has_touch": True}
STATE = """() => {
  const root = [...document.querySelectorAll("*")].map((one) => one.shadowRoot)
    .find((one) => one?.querySelector(".time"));
  const all = (selector, read) => [...root.querySelectorAll(selector)].filter((one) => !one.hidden).map(read);
  const box = (one) => one.style.getPropertyValue("--halo").trim();
  const marked = (one) => ["class", "fill", "aria-label"].map((name) => one.getAttribute(name));
  const bars = (one) => [...one.querySelectorAll(".bar i")]
    .map((bar) => [bar.className, bar.style.left, bar.style.width].join());
  const dots = (one) => [...one.querySelectorAll(".spark circle")]
    .map((dot) => [dot.getAttribute("cx"), dot.getAttribute("cy")].map(Number).join());
  return {
    title: root.querySelector("h1").textContent,
    sentence: root.querySelector(".sentence").textContent,
    desc: root.querySelector("svg.map desc").textContent,
    name: root.querySelector("svg.map").getAttribute("aria-label"),
    map: all("svg.map path[data-district]", (one) => [one.dataset.district, ...marked(one)]),
    labels: all("svg.map .label", (one) => [one.textContent.trim(), one.getAttribute("class"), box(one)]),
    circles: all("svg.map circle.total", (one) =>
      [one.dataset.circle, one.getAttribute("class"), Math.round(one.getAttribute("r"))])
      .filter((one) => one[2]).sort(),
    legend: root.querySelector(".map-side .legend").innerText,
    strip: all(".strip circle:not([visibility=hidden])", (one) =>
      [one.dataset.district, one.getAttribute("cx"), one.textContent]).sort(),
    list: all(".ranking .row", (one) => [
      one.className.replace("hover", "").trim().split(/ +/).sort().join(" "),
      [...one.children].map((cell) => cell.textContent.trim()).join("|"),
      bars(one),
      dots(one),
      one.querySelector(".spark path")?.getAttribute("d") ?? "",
    ]),
    slider: [root.querySelector(".time input").value, root.querySelector(".time input").ariaValueText],
    output: root.querySelector(".time output").textContent,
    now: root.querySelector(".time-trend .now").getAttribute("x1"),
    table: all(".figure-table td", (one) => one.textContent),
    tableShown: getComputedStyle(root.querySelector(".figure-table tbody")).visibility,
  };
}"""
SERVED = ("table", "tableShown")
"""What only the server brings; it is hidden until then."""


def state(page: Page) -> dict[str, Any]:
    return page.evaluate(STATE)


def period(reader: Reader) -> str:
    return reader.query().get("period", ["latest"])[0]


SENT: dict[Page, list[str | bytes]] = {}
"""What each page has sent over its websocket."""


@contextmanager
def messages(page: Page) -> Iterator[list[str | bytes]]:
    """Everything the page sends over its websocket while the block runs."""
    sent = SENT[page]
    start = len(sent)
    found: list[str | bytes] = []
    yield found
    found[:] = sent[start:]


@pytest.fixture
def opened(readers: Callable[..., Reader]) -> Callable[..., Reader]:
    """Open an address in a browser whose messages to the server are noted; the page rests then."""

    def make(path: str = WAGES, **options: object) -> Reader:
        reader = readers(**options)
        sent: list[str | bytes] = []
        SENT[reader.page] = sent
        reader.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
        reader.open(path)
        reader.page.locator(SLIDER).wait_for()
        reader.page.wait_for_timeout(300)
        return reader

    return make


def place(page: Page, at: float) -> tuple[float, float]:
    """The point of the slider at a share of its way."""
    slider = page.locator(SLIDER)
    slider.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box, most = slider.bounding_box(), int(slider.get_attribute("max"))
    thumb = 16
    way = box["width"] - thumb
    return box["x"] + thumb / 2 + way * at / most, box["y"] + box["height"] / 2


def focused(page: Page) -> str | None:
    """What has the focus, inside a component too."""
    return page.evaluate(
        """() => {
            let one = document.activeElement;
            while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
            return one.dataset.district ?? (one.className || one.tagName);
        }"""
    )


def test_a_drag_repaints_everything_and_tells_the_server_once(opened: Callable[..., Reader]) -> None:
    reader = opened()
    page, most = reader.page, int(reader.page.locator(SLIDER).get_attribute("max"))
    seen = {most: state(page)}
    page.mouse.move(*place(page, most))
    page.mouse.down()
    with messages(page) as sent:
        for at in (most - 1, most - 3, 1, 0, 2):
            page.mouse.move(*place(page, at), steps=3)
            expect(page.locator(SLIDER)).to_have_value(str(at))
            seen[at] = state(page)
        page.wait_for_timeout(900)
    assert sent == [], "the server heard of a drag that had not ended"
    assert len(seen) == 6
    for part in ("title", "map", "labels", "list", "now", "output", "name", "desc", "sentence"):
        assert len({str(one[part]) for one in seen.values()}) == len(seen), part
    for one in seen.values():
        assert one["output"] in one["title"]
        assert one["name"] == one["title"]
        assert one["sentence"] in one["desc"]
        assert one["title"] in one["desc"]
    assert period(reader) == "latest"
    with messages(page) as sent:
        page.mouse.up()
        reader.wait_for_query(period=seen[2]["output"])
        page.wait_for_timeout(1000)
    assert len(sent) == 1, "one message when the reader lets go"
    settled = state(page)
    assert settled["title"] == seen[2]["title"]


@pytest.mark.parametrize(
    "path",
    [
        "&indicator=sme_active&as=per_1000",
        "&indicator=births&as=value",
        "&indicator=natural_increase&as=value",
        "&indicator=infant_mortality_rate&as=value",
        "&indicator=birth_rate&as=value",
    ],
)
def test_every_painted_period_is_the_one_a_fresh_load_shows(path: str, opened: Callable[..., Reader]) -> None:
    """Painted by the browser, brought by the server, opened from the address: three times the same."""
    reader = opened(f"{WAGES}{path}")
    page = reader.page
    most = int(page.locator(SLIDER).get_attribute("max"))
    order = [one for one in (0, most // 2, most) if str(one) != page.locator(SLIDER).input_value()]
    for at in order:
        served = state(page)
        page.locator(SLIDER).evaluate(
            """(one, at) => {
                one.value = at;
                one.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
            }""",
            at,
        )
        painted = state(page)
        assert painted["title"] != served["title"]
        assert painted["tableShown"] == "hidden", "the table is of another period"
        with messages(page) as sent:
            page.locator(SLIDER).evaluate(
                "(one) => one.dispatchEvent(new Event('change', { bubbles: true, composed: true }))"
            )
            page.wait_for_function(
                f"""(title) => {{
                    const now = ({STATE})();
                    return now.tableShown === "visible" && now.title === title;
                }}""",
                arg=painted["title"],
            )
            reader.complete()
        assert len(sent) == 1
        settled = state(page)
        for part in painted:
            if part not in SERVED:
                assert painted[part] == settled[part], part
    address = page.url
    assert state(opened(address.removeprefix(reader.base)).page) == settled


def test_an_address_with_a_period_opens_at_it(opened: Callable[..., Reader]) -> None:
    page = opened(f"{WAGES}&period=2019").page
    now = state(page)
    assert now["output"] == "2019"
    assert now["title"].endswith("2019")
    assert now["slider"] == ["2", "2019"]


def test_back_returns_to_the_period_before(opened: Callable[..., Reader]) -> None:
    reader = opened(f"{WAGES}&period=2019")
    page = reader.page
    page.locator(SLIDER).focus()
    page.keyboard.press("ArrowRight")
    reader.wait_for_query(period="2020")
    page.go_back()
    reader.wait_for_query(period="2019")
    expect(page.locator("h1")).to_contain_text("2019")
    expect(page.locator(SLIDER)).to_have_value("2")


def test_the_keys_of_a_slider_move_through_time_and_the_focus_stays(opened: Callable[..., Reader]) -> None:
    reader = opened(f"{WAGES}&period=2019&district=medeu")
    page, slider = reader.page, reader.page.locator(SLIDER)
    slider.focus()
    for key, words in {"ArrowRight": "2020", "ArrowLeft": "2019", "Home": "2017", "End": "2023"}.items():
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuetext", words)
        expect(page.locator("h1")).to_contain_text(words)
        reader.wait_for_query(period=None if words == "2023" else words)
        expect(page.locator(".figure-table tbody")).to_be_visible()
        assert slider.evaluate("(one) => one.getRootNode().activeElement === one"), key
    expect(page.locator('.row.pinned[data-district="medeu"]')).to_have_count(1)
    with messages(page) as sent:
        for _ in range(4):
            page.keyboard.press("ArrowLeft")
        reader.wait_for_query(period="2019")
        page.wait_for_timeout(900)
    assert len(sent) == 1, "several keys, one message"


def test_step_buttons_move_one_period_and_keep_the_focus(opened: Callable[..., Reader]) -> None:
    reader = opened(f"{WAGES}&period=2019")
    page = reader.page
    forward = page.get_by_role("button", name=text("en", "time.forward"))
    forward.focus()
    page.keyboard.press("Enter")
    reader.wait_for_query(period="2020")
    expect(page.locator(".figure-table tbody")).to_be_visible()
    assert focused(page) == "forward"
    page.get_by_role("button", name=text("en", "time.back")).click(click_count=2, delay=20)
    reader.wait_for_query(period="2018")
    expect(page.locator("h1")).to_contain_text("2018")


def test_play_runs_to_the_end_pause_holds_and_the_server_hears_where_it_stops(
    opened: Callable[..., Reader],
) -> None:
    reader = opened(f"{WAGES}&period=2021&district=medeu")
    page = reader.page
    play = page.get_by_role("button", name=text("en", "time.play"))
    play.focus()
    with messages(page) as sent:
        page.keyboard.press("Enter")
        pause = page.get_by_role("button", name=text("en", "time.pause"))
        expect(pause).to_be_visible()
        expect(page.locator(".time output")).to_have_text("2022")
    assert sent == []
    page.locator('.ranking .row[data-district="medeu"]').focus()
    with messages(page) as sent:
        reader.wait_for_query(period=None)
        page.wait_for_timeout(700)
    assert len(sent) == 1
    expect(page.locator(".time output")).to_have_text("2023")
    expect(play).to_be_visible()
    assert focused(page) == "medeu", "a list in another order keeps the focus"
    expect(page.locator('.row.pinned[data-district="medeu"]')).to_have_count(1)
    play.click()
    expect(page.locator(".time output")).to_have_text("2017")
    page.get_by_role("button", name=text("en", "time.pause")).click()
    reader.wait_for_query(period=page.locator(".time output").inner_text())


def test_an_answer_that_comes_during_a_drag_does_not_take_the_slider_away(
    opened: Callable[..., Reader],
) -> None:
    reader = opened()
    page = reader.page
    page.mouse.move(*place(page, 6))
    page.mouse.down()
    page.mouse.move(*place(page, 1), steps=3)
    page.mouse.up()
    page.wait_for_timeout(200)
    page.mouse.move(*place(page, 1))
    page.mouse.down()
    page.mouse.move(*place(page, 3), steps=3)
    page.locator(SLIDER).evaluate("(one) => { window.held = one; }")
    page.wait_for_timeout(1500)
    assert page.locator(SLIDER).evaluate("(one) => window.held === one"), "the slider was replaced"
    page.mouse.move(*place(page, 4), steps=3)
    expect(page.locator(SLIDER)).to_have_value("4")
    expect(page.locator("h1")).to_contain_text("2021")
    page.mouse.up()
    reader.wait_for_query(period="2021")
    expect(page.locator(".figure-table tbody")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("2021")
    expect(page.locator(SLIDER)).to_have_value("4")


def test_a_drag_that_returns_shows_everything_again(opened: Callable[..., Reader]) -> None:
    reader = opened()
    page = reader.page
    before = state(page)
    page.mouse.move(*place(page, 6))
    page.mouse.down()
    page.mouse.move(*place(page, 2), steps=3)
    page.mouse.move(*place(page, 6), steps=3)
    page.mouse.up()
    page.wait_for_timeout(900)
    assert state(page) == before


def test_a_pinned_district_stays_through_time_and_another_indicator_leaves_no_blank_frame(
    opened: Callable[..., Reader],
) -> None:
    reader = opened(f"{WAGES}&district=medeu")
    page = reader.page
    watch(page)
    page.locator(SLIDER).focus()
    page.keyboard.press("Home")
    reader.wait_for_query(period="2017", district="medeu")
    outline = page.locator(".pin-outline").get_attribute("d")
    assert outline == page.locator('svg.map path.district[data-district="medeu"]').get_attribute("d")
    reader.choose(text("en", "ui.indicator"), option("sme_active"))
    reader.wait_for_query(indicator="sme_active", district="medeu")
    never_blank(page)
    expect(page.locator('.row.pinned[data-district="medeu"]')).to_have_count(1)
    expect(page.locator(".pin-outline")).to_have_attribute("d", outline)


def middles(page: Page) -> dict[str, tuple[float, float]]:
    return dict(
        page.locator("svg.map .label").evaluate_all(
            """(all) => all.map((one) =>
                [one.dataset.label, ["x", "y"].map((name) => Number(one.getAttribute(name)))])"""
        )
    )


def test_arrows_go_to_a_district_that_lies_that_way_and_every_district_is_reached(
    opened: Callable[..., Reader],
) -> None:
    page = opened().page
    there = middles(page)
    ways = {"ArrowRight": (0, 1), "ArrowLeft": (0, -1), "ArrowDown": (1, 1), "ArrowUp": (1, -1)}
    page.locator("svg.map path[tabindex='0']").focus()
    reached, found = {focused(page)}, {}
    queue = [focused(page)]
    while queue:
        here = queue.pop()
        for key in ways:
            page.locator(f'svg.map path[data-district="{here}"]').focus()
            page.keyboard.press(key)
            found[here, key] = focused(page)
            if found[here, key] not in reached:
                reached.add(found[here, key])
                queue.append(found[here, key])
    assert reached == set(DISTRICTS)
    for (here, key), next_one in found.items():
        axis, sign = ways[key]
        moved = (there[next_one][axis] - there[here][axis]) * sign
        if next_one != here:
            assert moved > 0, f"{key} from {here} went to {next_one}"
        else:
            beyond = [
                one
                for one in DISTRICTS
                if (there[one][axis] - there[here][axis]) * sign
                > 2 * abs(there[one][1 - axis] - there[here][1 - axis])
            ]
            assert not beyond, f"{key} from {here} stays, yet {beyond} lies there"
    assert page.locator("svg.map path[tabindex='0']").count() == 1, "Tab stops once"


def test_enter_pins_the_focused_district_whose_name_says_value_rank_and_gap(
    opened: Callable[..., Reader],
) -> None:
    reader = opened(f"{WAGES}&as=value")
    page = reader.page
    path = page.locator('svg.map path[data-district="medeu"]')
    row = page.locator('.row[data-district="medeu"]')
    assert path.get_attribute("role") == "button"
    name = path.get_attribute("aria-label")
    value = row.locator(".value").inner_text()
    rank = row.locator(".rank").inner_text()
    assert name.startswith(f"Medeu district: {value}, {text('en', 'word.rank_of', rank=rank, n=8)}, ")
    assert re.search(r"[+\u2212]\d+", name)
    path.focus()
    page.keyboard.press("Enter")
    reader.wait_for_query(district="medeu")
    expect(path).to_have_attribute("aria-pressed", "true")
    assert focused(page) == "medeu"
    page.keyboard.press(" ")
    reader.wait_for_query(district=None)
    expect(path).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("ArrowUp")
    beside = focused(page)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert focused(page) == beside, "Tab comes back to the district that was left"


def test_a_finger_moves_time_and_scrolls_the_page_over_the_map(opened: Callable[..., Reader]) -> None:
    reader = opened(WAGES, **PHONE)
    page = reader.page
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        client.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop + scrollY"
    page.locator("svg.map").evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box, before = page.locator("svg.map").bounding_box(), page.evaluate(scrolled)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x, y - 15 * step))
    touch("touchEnd")
    page.wait_for_timeout(400)
    assert page.evaluate(scrolled) > before + 60, "the map holds the page"
    assert "district" not in reader.query(), "a swipe is not a tap"
    start = place(page, 6)
    touch("touchStart", start)
    for at in (5, 4, 3, 2):
        touch("touchMove", place(page, at))
    expect(page.locator(SLIDER)).to_have_value("2")
    expect(page.locator("h1")).to_contain_text("2019")
    assert period(reader) == "latest"
    touch("touchEnd")
    reader.wait_for_query(period="2019")
    box = page.locator(".time button").first.bounding_box()
    assert min(box["width"], box["height"], page.locator(SLIDER).bounding_box()["height"]) >= 24
    page.locator('.ranking .row[data-district="turksib"]').tap()
    reader.wait_for_query(district="turksib")


@pytest.mark.parametrize("query", ["", "&tab=pair", "&tab=multiples"])
def test_the_page_reflows_at_320_pixels(query: str, readers: Callable[..., Reader]) -> None:
    reader = readers(viewport={"width": 320, "height": 800})
    page = reader.open(f"/map?lang=kk&period=2019{query}")
    assert cut(page) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_colours_fade_only_for_readers_who_do_not_mind(
    wish: str, moves: bool, opened: Callable[..., Reader]
) -> None:
    page = opened(WAGES, reduced_motion=wish).page
    duration = page.locator("svg.map path.district").first.evaluate(
        "(one) => getComputedStyle(one).transitionDuration"
    )
    assert (float(duration.removesuffix("s")) > 0) == moves


def test_two_maps_light_up_and_pin_together(reader: Reader) -> None:
    page = reader.open("/map?lang=en&tab=pair&against=sme_active")
    assert page.locator("svg.map").count() == 2
    turksib = page.locator('svg.map path[data-district="turksib"]')
    turksib.nth(0).hover(position={"x": 60, "y": 60}, force=True)
    expect(page.locator("svg.map path.hover")).to_have_count(2)
    assert set(
        page.locator("svg.map path.hover").evaluate_all("(all) => all.map((one) => one.dataset.district)")
    ) == {"turksib"}
    turksib.nth(1).focus()
    page.keyboard.press("Enter")
    reader.wait_for_query(district="turksib", tab="pair")
    expect(page.locator("svg.map path.pinned")).to_have_count(2)
    assert [one.get_attribute("d") for one in page.locator(".pin-outline").all()] == [
        turksib.nth(0).get_attribute("d")
    ] * 2
    titles = page.locator(".map-pair h2").all_inner_texts()
    assert len(set(titles)) == 2


def test_streets_are_asked_for_only_by_the_reader(browser: Browser, server: str) -> None:
    one = Reader(Desk(browser, server))
    host, asked = urlsplit(TILES).hostname, []
    pattern = re.compile(rf"^https://([a-z]+\.)?{re.escape(host)}/")

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200, content_type="image/png", body=b"")

    one.context.route(pattern, answer)
    page = one.open("/map?lang=en&tab=explore&streets=1&explore-streets=true")
    frame = page.locator("iframe[title*=folium]").element_handle().content_frame()
    frame.wait_for_function("() => window.almaty?.state")
    page.wait_for_timeout(500)
    assert asked == [], "a link asked another host"
    address = page.url
    assert frame.locator(".leaflet-control-attribution").count() == 0
    toggle = page.get_by_role("switch", name=text("en", "ui.streets")).or_(
        page.get_by_role("checkbox", name=text("en", "ui.streets"))
    )
    toggle.evaluate("(one) => one.click()")
    frame.locator("img.leaflet-tile").first.wait_for(state="attached")
    expect(frame.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    deadline = time.monotonic() + 10
    while not asked and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert asked
    assert page.url == address, "a link would carry the choice to another reader"
    toggle.evaluate("(one) => one.click()")
    expect(frame.locator("img.leaflet-tile")).to_have_count(0)
    one.context.close()
    foreign = [url for url in one.foreign if not pattern.match(url)]
    assert foreign == []
