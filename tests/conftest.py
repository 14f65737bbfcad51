"""What every test may ask for: the project's own data, and property tests that run the same each time."""

import pytest
from hypothesis import settings

from data.dataset import Dataset, load

settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The project's data; loading them is a test in itself: any problem in a file fails here."""
    return load()
