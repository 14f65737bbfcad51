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


def show(page: Page, content: str) -> None:
    """Put other markup into the figure of a page, in the page's own style."""
    page.evaluate(SHOW, content)
