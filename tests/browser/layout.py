"""What a reader sees too little of: text that is cut, text that leaves the page, texts that overlap."""

from playwright.sync_api import Page

EVERY = """
  const every = (root) => [...root.querySelectorAll("*")].flatMap((one) =>
    [one, ...(one.shadowRoot ? every(one.shadowRoot) : [])]);
  const hasText = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
"""
CUT = f"""() => {{ {EVERY}
  const page = document.documentElement.clientWidth;
  return every(document).flatMap((one) => {{
    const box = one.getBoundingClientRect();
    if (box.width < 4) return [];
    if (one.tagName === "INPUT") return one.scrollWidth > one.clientWidth + 1 ? ["cut: " + one.value] : [];
    if (!hasText(one) || one.closest(".table-scroll, style, script")) return [];
    const hides = ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
    if (hides && one.scrollWidth > one.clientWidth + 1) return ["cut: " + one.textContent];
    return box.right > page + 1 || box.left < -1 ? ["outside: " + one.textContent] : [];
  }});
}}"""
OVERLAPS = f"""(selector) => {{ {EVERY}
  const texts = every(document).filter((one) => one.matches(selector));
  const lines = (one) => [...(one.children.length ? one.children : [one])].map((part) => {{
    const range = document.createRange();
    range.selectNodeContents(part);
    const {{ left, right, top, bottom, height }} = range.getBoundingClientRect();
    return {{ left, right, top: top + height * 0.15, bottom: bottom - height * 0.15 }};
  }});
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5;
  return texts.flatMap((one, at) => texts.slice(at + 1)
    .filter((other) => lines(one).some((a) => lines(other).some((b) => meet(a, b))))
    .map((other) => one.textContent + " | " + other.textContent));
}}"""
WORDS = f"""() => {{ {EVERY}
  return every(document).filter((one) => one.matches("#figure, .js-plotly-plot") && one.textContent.trim())
    .map((one) => one.textContent.trim());
}}"""
FITS = """() => [...document.querySelectorAll("[class*=st-key-][class*=-chart]")].every((one) => {
  const [plot, drawn] = [".js-plotly-plot", ".main-svg"].map((part) => one.querySelector(part));
  return drawn && Math.abs(drawn.getBoundingClientRect().width - plot.clientWidth) < 2;
})"""
WATCH = f"""(left_out) => {{ {EVERY}
  const figures = every(document).filter((one) => one.matches("#figure, .js-plotly-plot")
    && one.textContent.trim() && !one.getRootNode().host?.closest(left_out) && !one.closest(left_out));
  const names = figures.map((one) => one.textContent.trim().slice(0, 60));
  const isShown = (one) => one.isConnected && one.textContent.trim()
    && one.getBoundingClientRect().height > 1 && getComputedStyle(one).visibility === "visible";
  const seen = window.watched = {{ figures: figures.length, blank: [], frames: 0 }};
  const look = () => {{
    const blank = figures.flatMap((one, at) => isShown(one) ? [] : [names[at]]);
    seen.blank = [...new Set([...seen.blank, ...blank])];
    seen.frames += 1;
    requestAnimationFrame(look);
  }};
  look();
}}"""
SHOW = f"""(content) => {{ {EVERY}
  every(document).find((one) => one.id === "figure").innerHTML = content;
}}"""


def cut(page: Page) -> list[str]:
    """Texts that are cut by their box, and those that lie outside the page; tables scroll in their own."""
    return page.evaluate(CUT)


def overlaps(page: Page, selector: str) -> list[str]:
    """Pairs of texts that lie on each other, among the elements of a selector."""
    return page.evaluate(OVERLAPS, selector)


def sideways(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return page.evaluate(
        """() => Math.max(...[document.documentElement, document.querySelector("[data-testid=stMain]")]
            .map((one) => one.scrollWidth - innerWidth))"""
    )


def words(page: Page) -> list[str]:
    """The words of every figure and chart, in the order of the page."""
    return page.evaluate(WORDS)


def settle(page: Page) -> Page:
    """Wait until every chart is drawn and as wide as its place."""
    page.wait_for_function(FITS)
    return page


def resize(page: Page, width: int) -> None:
    """Make the window as wide and wait until the charts have followed."""
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_timeout(200)
    settle(page)


def watch(page: Page, left_out: str = "no-such-element") -> None:
    """Note in every frame from now on which of the figures now shown is not shown; some may be left out.

    Streamlit puts a new chart in the place of one that changes, so a chart that changes is to be left out.
    """
    page.evaluate(WATCH, left_out)


def never_blank(page: Page) -> None:
    """No figure that was watched went away or was empty in any frame."""
    page.wait_for_timeout(500)
    seen = page.evaluate("() => watched")
    assert seen["frames"] > 5
    assert seen["figures"] > 0
    assert seen["blank"] == [], "there was a frame without these figures"


def show(page: Page, content: str) -> None:
    """Put other markup into the figure of a page, in the page's own style."""
    page.evaluate(SHOW, content)
