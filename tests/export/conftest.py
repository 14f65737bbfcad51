"""The Chromium that the tests of pictures and prints use, and to look at what was made with."""

from collections.abc import Iterator
from functools import cache

import pytest

from components.export.rendering import chromium
from tests.browser import chromium as machine
from tests.browser.conftest import browser

__all__ = ["browser"]


@pytest.fixture(scope="session", autouse=True)
def installed() -> Iterator[None]:
    """The Chromium that the browser tests use."""
    with pytest.MonkeyPatch.context() as patched:
        try:
            patched.setenv("CHROMIUM", machine.path())
        except RuntimeError as error:
            pytest.fail(str(error))
        yield


@pytest.fixture
def fresh(monkeypatch) -> Iterator[None]:
    """No browser is running yet."""
    monkeypatch.setattr(chromium, "_made", cache(chromium._Chromium))
    yield
    chromium._made()._close()
