"""What every test may ask for: the project's own data, and property tests that run the same each time."""

from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from data.dataset import Dataset, load
from tests.loops import pytest_configure, pytest_generate_tests, pytest_pyfunc_call

__all__ = ["pytest_configure", "pytest_generate_tests", "pytest_pyfunc_call"]

LONG = ("browser", "export", "test_recipes.py", "test_registry.py", "pages", "components")
"""Folders and files that take longest: begun first, so that none of them is left for the end."""
TOGETHER = {f"tests/components/test_{name}.py" for name in ("choropleth", "sentences", "trend")}
"""Files that look at the same figures, every indicator's: drawn once where one process has them all."""

settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; within a folder the order stays."""

    def rank(item: pytest.Item) -> int:
        return next((LONG.index(part) for part in item.path.parts if part in LONG), len(LONG))

    items.sort(key=rank)


class Scheduling(LoadFileScheduling):  # type: ignore[misc]
    """A process takes a file at a time, and the files that belong together at once."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return min(TOGETHER) if file in TOGETHER else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Share the tests out among processes."""
    return Scheduling(config, log)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The project's data; loading them is a test in itself: any problem in a file fails here."""
    return load()
