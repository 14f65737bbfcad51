"""The app under Streamlit's own tester, run as the server runs it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

APP = Path(__file__).parents[2] / "app.py"


class Navigated(PagesManager):
    """Takes the tester's reset of ``uses_pages_directory``, which would run a page without ``app.py``."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page with a query as a browser of a language would, and run it."""
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", Navigated)

    def open_page(page: str = "overview", locale: str = "en", **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.context = {"locale": locale}
        app.query_params = dict(query)
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        return app.run()

    return open_page


@pytest.fixture
def content() -> Callable[[AppTest], str]:
    """The markup of our component on a page, as the browser gets it."""

    def read(app: AppTest) -> str:
        blocks = [one for one in app.main if one.type == "bidi_component"]
        return "\n".join(json.loads(one.proto.json)["content"] for one in blocks)

    return read
