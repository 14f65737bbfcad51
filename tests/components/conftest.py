"""Every indicator, every way to show it, and the figures of both, drawn once a session."""

from collections.abc import Callable
from functools import cache

import pytest

from components.figure import Figure
from components.figures.charts.trend import trend_figure
from components.figures.maps.choropleth import map_figure
from components.text.strings import LANGS
from components.view import View
from data.dataset import load
from tests.loops import loop


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``key`` runs over all indicators, ``case`` over all their transforms, the language taking turns."""
    indicators = load().indicators
    if "key" in metafunc.fixturenames:
        loop(metafunc, "key", indicators)
    if "case" in metafunc.fixturenames:
        shown = [(key, one) for key, indicator in indicators.items() for one in indicator.transforms]
        cases = [(key, one, LANGS[at % 3]) for at, (key, one) in enumerate(shown)]
        loop(metafunc, "case", cases)


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> str:
    """One language after the other."""
    return request.param


@pytest.fixture(scope="session")
def map_of(dataset) -> Callable[[str, str, str], Figure]:
    """The map of an indicator through a transform in a language, at its latest period."""
    return cache(
        lambda key, transform, lang: map_figure(View(lang=lang, indicator=key, transform=transform), dataset)
    )


@pytest.fixture(scope="session")
def trend_of(dataset) -> Callable[[str, str, str], Figure]:
    """The trend of an indicator through a transform in a language."""
    return cache(
        lambda key, transform, lang: trend_figure(
            View(lang=lang, indicator=key, transform=transform), dataset
        )
    )
