"""``@pytest.mark.each`` is like ``parametrize``, in one test: a thousand cost more than they look at."""

from collections.abc import Iterable
from itertools import chain, product
from typing import Any, NamedTuple

import pytest

MOST_TOLD = 20
"""Mistakes that a test tells in full."""


class Loop(NamedTuple):
    """The values that a test runs over."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def loop(metafunc: pytest.Metafunc, names: str, values: Iterable[Any]) -> None:
    """Give a test parameters that stand for all values; ``names`` and ``values`` are those of parametrize."""
    split = tuple(name.strip() for name in names.split(","))
    rows = [tuple(value) if len(split) > 1 else (value,) for value in values]
    assert rows, f"{metafunc.definition.nodeid} runs over nothing"
    metafunc.parametrize(split, [pytest.param(*[Loop(split, rows)] * len(split), id=pytest.HIDDEN_PARAM)])


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "each(names, values): one test over all values that tells what fails")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Find the loops that a test is marked with."""
    for mark in metafunc.definition.iter_markers("each"):
        loop(metafunc, *mark.args)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Call a test for every combination of the values of its loops; tell those that fail."""
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    loops = {value.names: value for value in arguments.values() if isinstance(value, Loop)}
    if not loops:
        return None
    mistakes: list[BaseException] = []
    for rows in product(*(value.rows for value in loops.values())):
        values = dict(zip(chain.from_iterable(loops), chain.from_iterable(rows), strict=True))
        try:
            pyfuncitem.obj(**arguments | values)
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001
            error.add_note(f"with {values!r}")
            mistakes.append(error)
    if mistakes:
        raise BaseExceptionGroup(f"{len(mistakes)} cases fail, the first of them:", mistakes[:MOST_TOLD])
    return True
