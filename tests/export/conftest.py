"""A Chromium to look at what was made with, and the same one to make it."""

import pytest

from tests.browser import chromium
from tests.browser.conftest import browser

__all__ = ["browser"]


@pytest.fixture(autouse=True)
def printer(monkeypatch):
    """The Chromium that the browser tests use."""
    try:
        monkeypatch.setenv("CHROMIUM", chromium.path())
    except RuntimeError as error:
        pytest.fail(str(error))
