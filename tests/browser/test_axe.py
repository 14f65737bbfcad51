"""axe-core on every page: nothing is wrong inside our own components, nothing serious around them."""

import json
from collections.abc import Callable

import pytest

from components.text.strings import LANGS
from tests.browser import axe
from tests.browser.reader import Reader
from tests.inventory import VIEWS, address

CASES = {
    "a pinned district": "/map?lang=ru&district=medeu",
    "map at a period with missing districts": "/map?lang=en&indicator=infant_mortality_rate&as=value",
    "totals": "/map?lang=kk&indicator=births&as=value",
    "another indicator": "/data?lang=kk&indicator=births",
    **{name: address(path, LANGS[index % 3]) for index, (name, path) in enumerate(VIEWS.items())},
}
OURS = "stBidiComponentIsolated"
"""The element whose shadow root holds one of our components."""
EXCEPTIONS: dict[str, str] = {}
"""Rule → why what Streamlit's shell does there cannot be mended here; there is nothing to list."""
DARK = ("a pinned district", "district", "targets")


@pytest.mark.parametrize("name", CASES)
def test_no_page_breaks_a_rule(name: str, readers: Callable[..., Reader]) -> None:
    reader = readers(color_scheme="dark" if name in DARK else "light")
    page = reader.open(CASES[name])
    page.wait_for_timeout(300)
    found = axe.violations(page)
    assert [one for one in found if is_ours(one)] == []
    assert [one for one in found if one[1] in ("serious", "critical") and one[0] not in EXCEPTIONS] == []


def is_ours(violation: list[str]) -> bool:
    """Whether a violation lies in the shadow root of one of our components."""
    return OURS in violation[2]


def test_a_period_painted_by_the_browser_breaks_no_rule(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    page.locator(".time .back").click()
    assert axe.violations(page) == []


def test_what_is_wrong_is_found_in_a_component_and_around_it(reader: Reader) -> None:
    page = reader.open("/map?lang=en")
    page.locator(".sentence").evaluate("(one) => { one.style.color = '#ddd'; }")
    page.locator(".time .play").evaluate("(one) => one.removeAttribute('aria-label')")
    page.locator(".time .play").evaluate("(one) => { one.textContent = ''; }")
    page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').append(document.createElement('button'))"
    )
    found = axe.violations(page)
    assert {one[0] for one in found if is_ours(one)} == {"button-name", "color-contrast"}
    assert [one[0] for one in found if not is_ours(one)] == ["button-name"], json.dumps(found)
