"""What a reader who does not see the page is told: its headings, and the name of every control."""

from playwright.sync_api import Page

from tests.browser.layout import EVERY

CONTROLS = {
    "button",
    "checkbox",
    "combobox",
    "link",
    "radio",
    "region",
    "tab",
    "textbox",
    "DisclosureTriangle",
}
PICTURES = f"""() => {{ {EVERY}
  const name = (one) => one.getAttribute("aria-label") || one.querySelector(":scope > title")?.textContent;
  return every(document).flatMap((one) => {{
    const isOurs = one.matches("svg[role=img]:not(.js-plotly-plot *)");
    if (isOurs) return name(one) ? [] : [one.outerHTML.slice(0, 90)];
    if (!one.matches(".js-plotly-plot")) return [];
    return one.closest("[role=figure][aria-label]") ? [] : [one.textContent.slice(0, 90)];
  }});
}}"""
HEADINGS = f"""() => {{ {EVERY}
  return every(document).filter((one) => /^H[1-6]$/.test(one.tagName) && one.getBoundingClientRect().width)
    .map((one) => [Number(one.tagName[1]), one.textContent.trim()]);
}}"""


def headings(page: Page) -> list[tuple[int, str]]:
    """Level and words of every heading in sight, in the order of the document."""
    return [(level, words) for level, words in page.evaluate(HEADINGS)]


def skipped(page: Page) -> list[str]:
    """Headings without words, and those more than one level below the one before them."""
    wrong, before = [], 0
    for level, words in headings(page):
        if level > before + 1 or not words:
            wrong.append(f"h{level} after h{before}: {words}")
        before = level
    return wrong


def unnamed(page: Page) -> list[str]:
    """Controls and pictures of ours that have no name for a screen reader."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    roles = [(one["role"]["value"], one.get("name", {}).get("value")) for one in nodes if not one["ignored"]]
    assert {"link", "button"} & {role for role, _ in roles}, "nothing was read"
    nameless = [role for role, name in roles if role in CONTROLS and not (name or "").strip()]
    return nameless + page.evaluate(PICTURES)
