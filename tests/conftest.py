"""What every test may ask for: the project's own data, and property tests that run the same each time."""

import pytest
from hypothesis import settings

from data.dataset import Dataset, load
from tests.loops import pytest_configure, pytest_generate_tests, pytest_pyfunc_call

__all__ = ["pytest_configure", "pytest_generate_tests", "pytest_pyfunc_call"]

LONG = ("browser", "export", "pages", "components")
"""Folders whose files take longest: begun first, so that none of them is left for the end."""

settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; within a folder the order stays."""

    def rank(item: pytest.Item) -> int:
        return next((LONG.index(part) for part in item.path.parts if part in LONG), len(LONG))

    items.sort(key=rank)


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The project's data; loading them is a test in itself: any problem in a file fails here."""
    return load()
